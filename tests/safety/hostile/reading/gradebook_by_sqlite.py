"""Open the gradebook with C code, past Python's own `open`.

Must: refused
"""

import sqlite3

connection = sqlite3.connect(f"file:{COURSE}/course/gradebook.db?mode=ro", uri=True)
print("it worked", connection.execute("select * from student").fetchall())
