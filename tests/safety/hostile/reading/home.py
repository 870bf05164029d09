"""Read a file in the grader's home folder.

Must: refused
"""

print("it worked", open(f"{HOME}/secret.txt").read())
