"""Answer what has not been asked yet.

Must: 0 points
"""

send(["reply", ["gave", True, False, False]])
