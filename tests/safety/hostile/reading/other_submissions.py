"""Read what another student has handed in.

Must: refused
"""

print("it worked", open(f"{COURSE}/course/submitted/honest-honest/00_start_here/00_start_here.ipynb").read())
