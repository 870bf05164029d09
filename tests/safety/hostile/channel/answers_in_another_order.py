"""Keep replies back, and give each question the reply of the one before.

Must: 0 points
"""

last = []


def scale_pixels(images):
    last.append((images / 255).astype("float32"))
    return last[-2] if len(last) > 1 else last[0] * 0
