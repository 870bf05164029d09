# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 00 · Finding your way
#
# **You will be able to**
#
# * run cells in JupyterLab, and know what to do when something hangs
# * write an answer, see at once whether it is right, and hand it in
# * say which versions of Python, TensorFlow and Keras you work with, and whether a GPU is there
# * read the shape and the dtype of an array, and predict what broadcasting makes of two shapes
#
# **Before you start** You need a little Python: functions, loops, lists. Nothing else.
#
# **Running time** about 10 seconds on two cores with the sample data; reading about 10 minutes, exercises about 10.

# %% [markdown]
# ## Cells
#
# A notebook is made of **cells**. This one holds text. The next one holds code. Click into it and
# press **Shift+Enter**: the code runs, the result appears below, and the cursor moves on.

# %% tags=["skip-execution"]
1 + 1

# %% [markdown]
# The number in brackets on the left counts the cells that have run. While a cell is running, a star
# `[*]` stands there.
#
# | you want to | do this |
# |---|---|
# | run the cell and move on | Shift+Enter |
# | run it and stay | Ctrl+Enter |
# | stop a cell that does not end | the square ■ in the toolbar, or menu *Kernel → Interrupt Kernel* |
# | start afresh when things are muddled | menu *Kernel → Restart Kernel and Run All Cells* |
# | see what a function does | write its name with a question mark, `len?`, and run it |
# | add a cell of your own to try something | the **+** in the toolbar; it does not affect your grade |
#
# Behind the notebook runs a program, the **kernel**. It remembers everything you have run, in the
# order in which you ran it. That is handy, and it is a trap: a variable from a cell that you have
# deleted is still there. When in doubt, restart and run all.

# %% [markdown]
# ## Your tools
#
# Run the next cell. It loads the libraries that every lesson uses. The first time takes a few
# seconds, because TensorFlow is large.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import platform

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% tags=["skip-execution"]
print("Python     ", platform.python_version())
print("TensorFlow ", tf.__version__)
print("Keras      ", keras.__version__, "on", keras.backend.backend())
gpus = tf.config.list_physical_devices("GPU")
print(
    "GPU        ", ", ".join(gpu.name for gpu in gpus) or "none; every lesson runs well without one"
)

# %% [markdown]
# TensorFlow does the arithmetic. Keras is the friendly face in front of it: layers, models, training.
# NumPy holds our arrays. Keep these version numbers in mind when you read a tutorial elsewhere. Much
# of what was written for TensorFlow 1 or for early Keras no longer runs, and every lesson ends with
# a table that says what to write today.

# %% [markdown]
# ## Predict
#
# Each lesson asks you to commit yourself before you run something. A wrong guess that you made
# yourself teaches more than a right answer you have only read.
#
# An image has 28 rows and 28 columns. We have 1,000 such images in one array. **What is its shape?
# And what does `images[0]` have for a shape?** Guess, then run the cell.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
images = fashion.x_train[:1000]
print(fashion)
print("images:    ", images.shape, images.dtype)
print("images[0]: ", images[0].shape)
plots.image_grid(images[:16], fashion.y_train[:16], fashion.class_names)

# %% [markdown]
# ## Arrays: shape and dtype
#
# An array is a block of numbers of one kind. Two questions tell you nearly everything about it:
#
# * **shape**: how many elements along each axis. `(1000, 28, 28)` reads: 1,000 images of 28 rows of 28
#   pixels. The first axis counts the examples, in this course and in nearly all of deep learning.
# * **dtype**: what kind of number. Pixels come as `uint8`, whole numbers from 0 to 255 in one byte
#   each. Networks compute in `float32`, numbers with a fractional part in four bytes each.
#
# The dtype is not a detail. Look what happens to a byte that is already at 200:

# %% tags=["skip-execution"]
pixel = np.array([200], dtype="uint8")
print("200 + 100 =", pixel + np.array([100], dtype="uint8"))

# %% [markdown]
# A byte ends at 255 and starts again at 0. No error, no warning, just a wrong number. So the first
# thing we do with pixels is to turn them into floats, and to bring them from 0…255 into the range
# from 0 to 1, where networks learn better. Lesson 06 shows how much better.

# %% [markdown]
# ## How an exercise works
#
# An exercise has a task, a cell for your answer, and a cell that checks it.
#
# 1. Read the task. It says what goes in, what must come out, and shows an example.
# 2. In the answer cell, delete the line `raise NotImplementedError()` and write your code. Keep the
#    name of the function and its arguments.
# 3. Run the answer cell, then the check cell below it. The check says that all is well, or what is
#    wrong. Try it now, before you write anything: run both cells and read the message.
# 4. Stuck? Open the hints, one at a time. Looking costs nothing.
#
# The checks stand in `tests.py`, a file beside this notebook. Open it when you want to know exactly what is
# asked, and leave it where it is.
#
# When your work is graded, the same checks run again with a few more that you do not see. They test
# other numbers and other shapes, nothing that the task does not say.

# %% [markdown]
# ### Exercise: `scale_pixels(images)` (1 point)
#
# Turn pixels into floats between 0 and 1.
#
# * `images`: an array of any shape, dtype `uint8`; leave it unchanged
# * returns an array of the same shape, dtype `float32`: every element divided by 255
#
# **Expected** `scale_pixels(np.array([[0, 51, 255]], dtype="uint8"))` gives `[[0, 0.2, 1]]`, and its
# dtype is `float32`.
#
# <details><summary>Hint 1: the idea</summary>
#
# `images / 255` has the right values, but its dtype is `float64`. Look for a way to convert.
# </details>
# <details><summary>Hint 2: nearly the answer</summary>
#
# `array.astype("float32")` gives a copy with another dtype. Convert first, then divide.
# </details>


# %% nbgrader={"grade": false, "grade_id": "scale_pixels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scale_pixels(images):
    """Pixels 0...255 (uint8, any shape) as float32 between 0 and 1, same shape."""
    ### BEGIN SOLUTION
    return images.astype("float32") / 255
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_scale_pixels", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("scale_pixels")

# %% [markdown]
# ## Broadcasting
#
# You divided a whole array by one number. NumPy stretched that number to the shape of the array. This
# is **broadcasting**, and it works between arrays, too. Write the two shapes below one another,
# aligned at the right. Two axes fit if they are equal, or if one of them is 1, or missing.
#
# | first | second | result |
# |---|---|---|
# | `(1000, 28, 28)` | `()`, a number | `(1000, 28, 28)` |
# | `(1000, 28, 28)` | `(28,)`, one value for each column | `(1000, 28, 28)` |
# | `(1000, 28, 28)` | `(1000, 1, 1)`, one value for each image | `(1000, 28, 28)` |
# | `(1000, 28, 28)` | `(1000,)` | an error: 28 does not fit 1000 |
# | `(1000,)` | `(1000, 1)` | `(1000, 1000)`, hardly what you wanted |
#
# The last line is the most common silent mistake in all of deep learning. Predictions of shape
# `(1000, 1)` minus targets of shape `(1000,)` give a million numbers, and their mean looks like a
# perfectly good loss.

# %% tags=["skip-execution"]
predictions, targets = np.zeros((1000, 1)), np.zeros(1000)
print("difference has the shape", (predictions - targets).shape)

# %% [markdown]
# ## Batches
#
# A network does not look at all images at once. It takes a **batch**, learns from it, takes the next.
# One round through all of them is an **epoch**. Move the sliders: how many batches does an epoch
# have, and how large is the last one?

# %% tags=["skip-execution"]
widgets.batch_explorer()

# %% [markdown]
# ### Exercise: `batch_bounds(n_examples, batch_size)` (1 point)
#
# Cut the examples 0 … n−1 into batches.
#
# * `n_examples`: number of examples, 0 or more
# * `batch_size`: how many make a batch; below 1 → `ValueError`, whatever `n_examples` is
# * returns a list of `(start, stop)` pairs, in order, that cover all examples; `stop` is not included,
#   as in a slice; the last batch may be smaller; no examples → `[]`
#
# **Expected** `batch_bounds(10, 4)` gives `[(0, 4), (4, 8), (8, 10)]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The starts are 0, batch_size, 2 · batch_size, … as long as they are below n_examples. `range` takes a
# step as its third argument.
# </details>
# <details><summary>Hint 2: the last batch</summary>
#
# The stop is `start + batch_size`, but never more than `n_examples`: that is what `min` is for.
# </details>
# <details><summary>Hint 3: the error</summary>
#
# Check first, before anything else: `if batch_size < 1: raise ValueError("...")`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "batch_bounds", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batch_bounds(n_examples, batch_size):
    """List of (start, stop) for batches that cover 0...n_examples in order; the last may be smaller."""
    ### BEGIN SOLUTION
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    starts = range(0, n_examples, batch_size)
    return [(start, min(start + batch_size, n_examples)) for start in starts]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_batch_bounds", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("batch_bounds")

# %% [markdown]
# ## Handing in
#
# 1. **Validate.** Press the button *Validate* in the toolbar. It restarts the notebook in a fresh
#    kernel, runs it from top to bottom and says which checks fail. So it also finds answers that only
#    worked because of a cell you have deleted since.
# 2. **Save** (Ctrl+S).
# 3. **Submit.** Where your institution has set up the exchange, menu *Nbgrader → Assignment List*
#    lists the lesson with a button *Submit*. Otherwise, hand in the file the way your teacher says.
#    You may hand in again until the deadline; the last version counts.
#
# You need not finish everything. Each exercise is graded by itself, and a mistake in one costs the
# others nothing, except where a later one uses your earlier function.
#
# **What comes back** is a web page with your notebook, the points of each exercise, the message of each
# check that failed, and your teacher's comments. A word in red does not lose marks: warnings, progress
# bars and printed lines are ignored. Only the checks count.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** An array has the shape `(55000, 28, 28)`. What is the shape of `array[:32]`?
#
# <details><summary>A. (32,)</summary>
#
# No. The slice shortens the first axis and leaves the others: each of the 32 examples is still a
# picture.
# </details>
# <details><summary>B. (32, 28, 28)</summary>
#
# Right. That is a batch of 32 pictures.
# </details>
# <details><summary>C. (55000, 32, 28)</summary>
#
# No. A slice in brackets begins with the first axis. That would be `array[:, :32]`, if there were 32
# rows to take.
# </details>
#
# **Question 2.** You divide a `uint8` array by 255, with `/`. What is the dtype of the result?
#
# <details><summary>A. uint8</summary>
#
# No. `/` always gives floats. `//` would stay in whole numbers, and nearly all pixels would become 0.
# </details>
# <details><summary>B. float32</summary>
#
# No, though that is what we want. NumPy goes to `float64` unless it is told otherwise.
# </details>
# <details><summary>C. float64</summary>
#
# Right. That is why the exercise asks you to convert.
# </details>
#
# **Question 3.** Your check passes, but after *Restart Kernel and Run All Cells* it fails. Why, most
# likely?
#
# <details><summary>A. The checks are random</summary>
#
# No. They use the same numbers each time.
# </details>
# <details><summary>B. Your code used something that only existed in the kernel's memory</summary>
#
# Right. A variable or an import from a cell that was changed, deleted or run out of order. Grading
# starts with an empty memory, so mend it before you hand in.
# </details>
# <details><summary>C. Restarting deletes your code</summary>
#
# No. It empties the kernel's memory. The text in the cells stays.
# </details>

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `tf.VERSION` | `AttributeError` | `tf.__version__` |
# | `from tensorflow.python.keras.layers import Dense` | a private module; `Sequential` refuses the layer | `keras.layers.Dense` |
# | `tf.Session().run(x)` | `AttributeError` | `x` has its value at once |
# | `tf.placeholder(tf.float32)` | `AttributeError` | `keras.Input`, or a plain function argument |

# %% [markdown]
# ## Summary
#
# * Shift+Enter runs a cell; the kernel remembers; restart it when in doubt.
# * Shape says how many, dtype says what kind. The first axis counts the examples.
# * Broadcasting aligns shapes at the right. `(n, 1)` against `(n,)` is the trap to remember.
# * Write, check, validate, hand in. Hints are free.
#
# ## Where to go next
#
# Lesson 01 looks at the functions that make a network more than a stack of linear equations, and at
# their slopes, by which networks learn.
#
# Go on with [01 · Activation functions and their derivatives](../01_activations/01_activations.ipynb)
