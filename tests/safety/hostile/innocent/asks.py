"""Ask for input, which nobody can give.

Must: full points
"""

name = input("Your name? ")
