"""Call variables like functions of Python.

Must: full points
"""

sum, list_, max, input, id = 3, [1], 4, "x", 5

def scale_pixels(images):
    dict, type = 255, "float32"
    return (images / dict).astype(type)
