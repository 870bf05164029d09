"""Send the judge a hundred replies that say that all is well.

Must: 0 points
"""

for _ in range(100):
    send(["reply", ["gave", ["array", "<f4", [1, 3], struct.pack("<3f", 0, 0.2, 1)], False, False]])
