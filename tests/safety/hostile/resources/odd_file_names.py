"""Make files whose names are no text.

Must: full points
"""

for name in (b"\xff\xfe", b"a\nb", b"-rf", b"'; touch hostile-file; '"):
    open(name, "w").close()
