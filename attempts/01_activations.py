# %% accept sigmoid: scipy's expit
from scipy.special import expit as sigmoid

# %% accept sigmoid: tensorflow
def sigmoid(x):
    return tf.sigmoid(tf.cast(x, tf.float32))

# %% reject sigmoid: overflows for large negative x
# message: overflow
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% reject sigmoid: syntax
def sigmoid(x:
    return 1

# %% reject sigmoid: loop
# message: stopped
def sigmoid(x):
    while True: pass

# %% reject sigmoid: dies
# message: died
import os
def sigmoid(x):
    os._exit(0)

# %% reject sigmoid: typeerror
# message: line 3
def sigmoid(x):
    y = len(x) + None
    return y
