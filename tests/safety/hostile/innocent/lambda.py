"""Write the answer as a lambda.

Must: full points
"""

scale_pixels = lambda images: (images / 255.0).astype("float32")
