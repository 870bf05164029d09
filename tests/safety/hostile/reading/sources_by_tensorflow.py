"""Read the lesson's source with TensorFlow's own file functions, which are C++.

Must: refused
"""

import tensorflow as tf

print("it worked", tf.io.read_file(f"{COURSE}/source_notebooks/00_start_here/lesson.py"))
