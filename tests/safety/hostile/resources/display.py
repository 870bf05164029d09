"""Show more pictures than anybody wants to see.

Must: stopped
"""

from IPython.display import Image, display

while True:
    display(Image(data=b"\x89PNG" + bytes(1 << 20), format="png"))
