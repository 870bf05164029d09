"""Have a cell that fails, below the answer.

Must: full points
"""

print(undefined_name)
