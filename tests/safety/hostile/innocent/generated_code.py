"""Run code from text.

Must: full points
"""

exec("def scale_pixels(images):\n    return (images / 255).astype('float32')")
print(eval("1 + 1"), compile("1", "x", "eval"))
