"""Read the lesson's source, with its solutions and hidden tests.

Must: refused
"""

from pathlib import Path

for path in Path(COURSE).glob("source_notebooks/*/lesson.py"):
    print("it worked", path.read_text())
print("it worked", open(f"{COURSE}/course/source/00_start_here/00_start_here.ipynb").read())
