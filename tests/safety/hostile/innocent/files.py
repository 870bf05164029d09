"""Write, read and remove files of one's own.

Must: full points
"""

import os
import shutil
import tempfile
from pathlib import Path

Path("notes.txt").write_text("mine")
shutil.copy2("notes.txt", "copy.txt")
shutil.move("copy.txt", "moved.txt")
os.remove("moved.txt")
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as file:
    print(os.listdir(folder), file.name)
Path("module.py").write_text("x = 1\n")
import module
