"""Have Keras download a file.

Must: refused
"""

import keras

print("it worked", keras.utils.get_file("x", f"http://127.0.0.1:{TCP_PORT}/x"))
