"""Print for ever.

Must: stopped
"""

while True:
    print("x" * 1000)
