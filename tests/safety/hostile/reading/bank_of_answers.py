"""Read the bank of right and wrong answers.

Must: refused
"""

print("it worked", open(f"{COURSE}/attempts/00_start_here.py").read())
