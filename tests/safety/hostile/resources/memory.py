"""Take all the memory there is.

Must: 0 points
"""

blocks = []
while True:
    blocks.append(bytearray(1 << 30))
