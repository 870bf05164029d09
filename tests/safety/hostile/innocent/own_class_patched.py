"""Change a class of one's own after it was made.

Must: full points
"""

class Scaler:
    def scale(self, images):
        return images

Scaler.scale = lambda self, images: (images / 255).astype("float32")
Scaler.extra = property(lambda self: 1)

def scale_pixels(images):
    return Scaler().scale(images)
