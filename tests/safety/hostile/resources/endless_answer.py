"""Never end when the test calls the answer.

Must: stopped
"""

def scale_pixels(images):
    while True:
        pass
