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
# # 06 · Fashion-MNIST: a first classifier
#
# **You will be able to**
#
# * split a data set for training, validation and testing, and say what each part is for
# * scale pixels without letting the validation or the test images leak into the training
# * say why classifiers are trained with cross-entropy, and write it so that `ln 0` does no harm
# * build a network, train it with SGD and with Adam, and read its learning curves
# * test it once and fairly, and find out which mistakes it makes
#
# **Before you start** You need arrays and broadcasting (lesson 00), softmax (lesson 01), and
# `Sequential`, `compile` and `fit` (lesson 03).
#
# **Running time** about 1 minute on two cores with the sample data; reading and exercises, about 2
# hours. With the full data set it runs 3 to 5 minutes.

# %%
import time

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# You are going to train one and the same network three times, with the same seed and the same images.
# Only the pixels are prepared differently:
#
# * as they are, from 0 to 255
# * divided by 255, so that they lie between 0 and 1
# * standardised, so that their mean is 0 and their standard deviation is 1
#
# **Which of the three ends with the highest accuracy on images it has not seen? Which with the
# lowest, and how low?** There are ten kinds of clothes, so pure guessing is right one time in ten.
# Write your guesses down, and look at the pictures below before you make another one: **which two kinds
# will the network confuse most?**

# %% [markdown]
# ## The data
#
# Fashion-MNIST is a set of grey pictures of clothes from a shop, 28 × 28 pixels each. There are
# ten kinds, and each picture belongs to exactly one of them. We call the kinds **classes** and number
# them from 0 to 9; the number is the picture's **label**.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
print()
for number, name in enumerate(fashion.class_names):
    count = np.sum(fashion.y_train == number)
    print(f"{number}  {name:12} {count:5,} training images")

# %% [markdown]
# Look at what was loaded. The full set has 60,000 training and 10,000 test images. If there stands
# `SAMPLE`, you work with the sample that ships with the course: 10,000 training and 2,000 test images.
# The lesson runs on either. With fewer images the network learns less, so **the figures differ**. Where
# we quote ours, we give both: first those for the full set, then those for the sample.

# %% tags=["skip-execution"]
three_of_each = np.stack([np.flatnonzero(fashion.y_train == c)[:3] for c in range(10)]).T.ravel()
plots.image_grid(
    fashion.x_train[three_of_each],
    fashion.y_train[three_of_each],
    fashion.class_names,
    n_columns=10,
)

# %% [markdown]
# A column for each class. Some classes are unmistakable. Others differ by a collar or by the length of
# a sleeve, and 28 × 28 pixels hold no more of it than you see here.
#
# To the computer a picture is a table of numbers, 0 for black and 255 for white. Here is one picture,
# and beside it the numbers in the orange frame.

# %% tags=["skip-execution"]
picture, label = fashion.x_train[1], fashion.y_train[1]

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
plots.image(picture, f"label {label}: {fashion.class_names[label]}", ax=left)
left.add_patch(plt.Rectangle((9.5, 1.5), 8, 6, fill=False, edgecolor="#D55E00", linewidth=3))
excerpt = picture[2:8, 10:18]
plots.image(excerpt, "rows 2 to 7, columns 10 to 17", ax=right)
for (row, column), value in np.ndenumerate(excerpt):
    colour = "black" if value > 128 else "white"
    right.text(column, row, value, ha="center", va="center", color=colour)

# %% [markdown]
# ## Three sets of images
#
# A network can learn its training images by heart. So we must judge it by images it has not seen, and
# we need two sets of those:
#
# | set | what for | compare it with |
# |---|---|---|
# | training | `fit` changes the weights to suit these images | homework |
# | validation | we compare networks, learning rates and scalings by these, as often as we like | mock exams |
# | test | the result we report; looked at **once**, when all choices are made | the exam |
#
# Why not choose by the test set? Because choosing is a kind of learning. The best of twenty networks on
# the test set is the best partly by luck, and its figure there promises too much.
#
# The test set comes with the data. The validation set we cut off the training images: 5,000 of
# 60,000, which leaves 55,000.

# %% [markdown]
# ### Exercise: `split_validation(images, labels, n_valid=5000)` (1 point)
#
# Cut images and labels in two.
#
# * `images`: (n, height, width); `labels`: (n,), in the same order
# * `n_valid`: how many of the examples, **the first ones**, are for validation
# * returns two pairs, `(x_train, y_train), (x_valid, y_valid)`, the training pair first; within each the
#   examples keep their order
#
# **Expected** `split_validation(images, np.array([5, 6, 7, 8]), n_valid=1)` gives the pairs
# `(images[1:], [6, 7, 8])` and `(images[:1], [5])`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Slices along the first axis do it: `a[:k]` is the first `k` elements, `a[k:]` is the rest. Cut images
# and labels at the same place, or the labels belong to other pictures.
# </details>
# <details><summary>Hint 2: the order of the result</summary>
#
# The validation examples come first in the arrays, but the training pair comes first in the result.
# </details>


# %% nbgrader={"grade": false, "grade_id": "split_validation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_validation(images, labels, n_valid=5000):
    """Cut the first n_valid examples off; returns (x_train, y_train), (x_valid, y_valid)."""
    ### BEGIN SOLUTION
    return (images[n_valid:], labels[n_valid:]), (images[:n_valid], labels[:n_valid])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_split_validation", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("split_validation")

# %% [markdown]
# Now cut. The sample is smaller, so we cut off fewer: 1,008 images, about a tenth. (Why that odd
# number? The section on batches will tell.)

# %% tags=["skip-execution"]
n_valid = 1008 if fashion.is_sample else 5000
(x_train, y_train), (x_valid, y_valid) = split_validation(fashion.x_train, fashion.y_train, n_valid)
x_test, y_test = fashion.x_test, fashion.y_test
for part, images, labels in [
    ("training", x_train, y_train),
    ("validation", x_valid, y_valid),
    ("test", x_test, y_test),
]:
    print(f"{part:10} {len(images):6,} images, of each class {np.bincount(labels)}")

# %% [markdown]
# Taking the first ones is fair only because the data set comes shuffled. The counts show it: every
# class has about its share. Had the file been sorted by class, the validation set would consist of
# T-shirts.

# %% [markdown]
# ## Two ways to scale pixels
#
# How far a step of SGD moves a weight of the first layer is proportional to the input that the weight
# is multiplied with. Inputs of 200 make steps 200 times as long as inputs of 1. So inputs should be of
# the size of 1, and there are two usual ways to get there:
#
# * **divide by 255**: all values lie between 0 and 1, their mean somewhere in between
# * **standardise**: subtract the mean $\mu$ and divide by the standard deviation $\sigma$,
#
# $$x' = \frac{x - \mu}{\sigma}, \qquad \mu = \frac{1}{m} \sum_{i=1}^{m} x_i, \qquad
# \sigma = \sqrt{\frac{1}{m} \sum_{i=1}^{m} (x_i - \mu)^2}.$$
#
# Standardised values have mean 0 and standard deviation 1. We use **one** $\mu$ and one $\sigma$ for all
# $m$ pixels of all training images. Each pixel on its own would be a bad idea here: the one in the
# corner is nearly always 0, its standard deviation is below 0.2, and the rare speck of dust would become
# an enormous number.
#
# Finding $\mu$ and $\sigma$ is called **fitting** the scaler.

# %% [markdown]
# ### Exercise: `fit_scaler(images)` (2 points)
#
# Find the mean and the standard deviation of all pixels.
#
# * `images`: `uint8`, (n, height, width)
# * returns two numbers, `(mean, std)`; NumPy's numbers are fine, arrays are not
# * the standard deviation is the one in the formula: divide by $m$, not by $m - 1$
#
# **Expected** `fit_scaler(np.array([[[0, 50]], [[100, 252]]], dtype="uint8"))` gives `100.5`
# and `94.3438`.
#
# <details><summary>Hint 1: the idea</summary>
#
# An array has the methods `mean()` and `std()`. Without an `axis` they use every element.
# </details>
# <details><summary>Hint 2: by the formula</summary>
#
# If you write the formula out, convert to floats first. `images ** 2` of bytes is a byte again: 100² does
# not fit, and NumPy keeps what is left of it, without a word.
# </details>
# <details><summary>Hint 3: with scikit-learn</summary>
#
# `StandardScaler` fits each column on its own. With `images.reshape(-1, 1)` there is one column. Its
# `mean_` and `scale_` are then arrays with a single element; take that element out.
# </details>


# %% nbgrader={"grade": false, "grade_id": "fit_scaler", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_scaler(images):
    """Mean and population standard deviation over all pixels (uint8, any number of images)."""
    ### BEGIN SOLUTION
    return images.mean(), images.std()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_fit_scaler", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("fit_scaler")

# %% [markdown]
# ### Exercise: `standardize(images, mean, std)` (1 point)
#
# Subtract and divide.
#
# * `images`: an array of any shape; leave it unchanged
# * `mean`, `std`: numbers, such as `fit_scaler` returns
# * returns (images − mean) / std in the same shape, dtype `float32`
# * `std` may be 0, when all pixels are equal to the mean: then no `nan` may come out
#
# **Expected** `standardize(np.array([[0, 51, 255]], dtype="uint8"), 51.0, 102.0)` gives
# `[[-0.5, 0, 2]]`, and its dtype is `float32`.
#
# <details><summary>Hint 1: the dtype</summary>
#
# Convert **last**. A `float32` array minus a NumPy `float64` number is `float64` again.
# </details>
# <details><summary>Hint 2: the zero</summary>
#
# $0 / 0$ is `nan`. Divide by 1 instead where `std` is 0; or always add a tiny number, 1e-7 say, to `std`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize(images, mean, std):
    """(images - mean) / std in float32, same shape; a std of 0 gives no NaN."""
    ### BEGIN SOLUTION
    return ((images - float(mean)) / (std if std > 0 else 1.0)).astype("float32")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_standardize", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("standardize")

# %% [markdown]
# Here are the three versions side by side.

# %% tags=["skip-execution"]
mean, std = fit_scaler(x_train)  # on the training images, and nowhere else
scalings = {
    "as they are": lambda images: images.astype("float32"),
    "divided by 255": lambda images: images.astype("float32") / 255,
    "standardised": lambda images: standardize(images, mean, std),
}
figure, axes = plt.subplots(1, 3, figsize=(10, 3), layout="constrained", sharey=True)
for ax, (name, scale) in zip(axes, scalings.items(), strict=True):
    values = scale(x_train[:8000]).ravel()
    ax.hist(values, bins=50, color="#0072B2", weights=np.full(values.size, 1 / values.size))
    centre = round(float(values.mean()), 2) + 0.0  # + 0.0 turns -0.0 into 0.0
    ax.axvline(centre, color="#D55E00", linestyle="--", label=f"mean {centre:.2f}")
    ax.set(title=name, xlabel=f"value ({values.min():.2f} to {values.max():.2f})", yscale="log")
    ax.legend(loc="upper right")
axes[0].set_ylabel("share of the pixels (log scale)")
plt.show()

# %% [markdown]
# The shape is the same each time; only the axis below it changes. About half of all pixels are black
# background, and they make the tall bar on the left. After the division by 255 nothing is
# negative. After standardising, the background lies at about −0.8 and the brightest pixels at about 2.

# %% [markdown]
# ### Why the scaler is fitted on the training images alone
#
# Validation and test images stand for pictures that do not exist yet. Anything we compute from them and
# use in training is knowledge we would not have in earnest. It is called **leakage**, and it makes
# results look better than they are.
#
# A second mistake is just as common: to fit the scaler *again* on the validation set. Then the same
# picture gets other numbers, depending on the company it comes in. A third is to forget the scaling for
# the test set. Compare what a scaler would find in other sets of images.

# %% tags=["skip-execution"]
for name, images in [
    ("training", x_train),
    ("validation", x_valid),
    ("test", x_test),
    ("sandals only", x_valid[y_valid == 5]),
    ("coats only", x_valid[y_valid == 4]),
]:
    mean_here, std_here = fit_scaler(images)
    print(f"{name:13} mean {mean_here:6.2f}   std {std_here:6.2f}")

# %% [markdown]
# Training, validation and test agree within about one grey level of 255. They come from the same shop,
# and millions of pixels went into each mean. So **here** a scaler that was fitted on the wrong set does
# next to no harm, and that is why the mistake is so seldom noticed. With sandals it would matter: they
# are dark, and a scaler fitted on them would make them as bright as coats. We come back to this with a
# trained network.
#
# The rule costs nothing: **fit on the training images, then use these two numbers for everything.**

# %% [markdown]
# ## Labels as vectors: one-hot
#
# A network for ten classes has ten outputs, one probability for each. To compare them with a
# label, turn the label into ten numbers as well: a 1 at the place of the class, 0 elsewhere. This is
# called **one-hot**. Label 2 of 4 classes becomes $(0, 0, 1, 0)$: all the probability belongs to class 2.
#
# Why not train a single output on the number of the class? Because numbers have an order. A Trouser (1)
# is not "between" a T-shirt (0) and a Pullover (2).

# %% [markdown]
# ### Exercise: `one_hot(labels, n_classes)` (1 point)
#
# Turn labels into rows.
#
# * `labels`: (n,), integers
# * `n_classes`: how many columns
# * returns (n, n_classes), dtype `float32`: row i has a 1 in column `labels[i]` and 0 elsewhere
# * a label below 0, or of n_classes or more → `ValueError`
#
# **Expected** `one_hot(np.array([0, 2, 1]), 4)` gives
# `[[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# `np.eye(n_classes)` has a 1 on the diagonal. Its row `k` is exactly what label `k` should become, and an
# array can be indexed with an array of row numbers.
# </details>
# <details><summary>Hint 2: the errors</summary>
#
# As an index, −1 means the last row, without any error. So look at the labels first: is the smallest
# below 0, or the largest at least `n_classes`? Then `raise ValueError("...")`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "one_hot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot(labels, n_classes):
    """Labels (n,) as float32 rows (n, n_classes) with a single 1 each; ValueError if out of range."""
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    if np.any(labels < 0) or np.any(labels >= n_classes):
        raise ValueError(f"labels must lie in 0...{n_classes - 1}")
    return np.eye(n_classes, dtype="float32")[labels]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_one_hot", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("one_hot")

# %% [markdown]
# ## How wrong is a probability?
#
# The network says $p = (0.1, 0.7, 0.2)$, and the label is $y = (0, 1, 0)$. We need one number that says
# how bad that is: the **loss**. Two are worth comparing.
#
# **Squared error**, as in regression, averaged over the $k$ classes:
#
# $$L_\text{squared} = \frac{1}{k} \sum_{j=1}^{k} (p_j - y_j)^2
# = \frac{0.1^2 + (-0.3)^2 + 0.2^2}{3} = 0.047.$$
#
# **Cross-entropy**:
#
# $$L = -\sum_{j=1}^{k} y_j \ln p_j = -\ln 0.7 = 0.357.$$
#
# Only the true class has $y_j = 1$, so cross-entropy is nothing but $-\ln$ of the probability that the
# network gave to the right answer.
#
# Mind the **minus sign**. The logarithm of a probability is never positive. Without the minus the loss
# would be lowest for $p = 0$, and training would teach the network to be wrong.
#
# Now let the probability of the true class run from 0 to 1, with two classes to keep it simple. On the left
# is the loss. On the right is its slope by the logit, the number that goes into the softmax: that is what
# back-propagation has to work with.

# %% tags=["skip-execution"]
p = np.linspace(0.001, 0.999, 999)
squared, squared_slope = (1 - p) ** 2, -2 * (1 - p) * p * (1 - p)
entropy, entropy_slope = -np.log(p), p - 1

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
left.plot(p, entropy, color="#0072B2", label="cross-entropy")
left.plot(p, squared, color="#D55E00", linestyle="--", label="squared error")
left.set(title="What a prediction costs", ylabel="loss")
right.plot(p, entropy_slope, color="#0072B2", label="cross-entropy")
right.plot(p, squared_slope, color="#D55E00", linestyle="--", label="squared error")
right.set(title="How hard it pushes back", ylabel="slope by the logit")
for ax in (left, right):
    ax.set_xlabel("probability of the true class")
    ax.grid(alpha=0.3)
    ax.legend()
plt.show()

print("probability of the true class:  0.5    0.1    0.01")
for name, slope in [("cross-entropy", entropy_slope), ("squared error", squared_slope)]:
    print(f"slope of {name:13}     ", "".join(f"{slope[i]:7.3f}" for i in (499, 99, 9)))

# %% [markdown]
# Look at the left end of both pictures, where the network is **sure and wrong**.
#
# * Cross-entropy grows without limit. Squared error never costs more than 1.
# * The slope of cross-entropy goes to −1 there: the worse the mistake, the harder the push. The slope of
#   squared error goes back to 0. The worst mistakes are hardly corrected at all.
#
# You have met the reason in lesson 01. Softmax saturates, and the squared error's slope contains the
# slope of the softmax. In the slope of cross-entropy the logarithm cancels it, and $p - y$ is left.

# %% [markdown]
# ### Exercise: `cross_entropy(one_hot_labels, probabilities)` (2 points)
#
# Write the cross-entropy of a batch.
#
# * `one_hot_labels`: `float32` (n, n_classes), as `one_hot` returns them
# * `probabilities`: `float32` (n, n_classes), each row sums to 1; leave it unchanged
# * returns one number: the **mean over the n examples** of $-\sum_j y_j \ln p_j$
# * probabilities of exactly 0 occur. They must not give `inf` or `nan`; where the true class got 0, the
#   example costs at least 10
#
# **Expected** for the labels `[[1, 0, 0], [0, 0, 1]]` and the probabilities
# `[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]`, the result is `0.4581`.
#
# <details><summary>Hint 1: the idea</summary>
#
# `labels * np.log(probabilities)` has a number for every example and class. Sum over the classes,
# `axis=1`, then take the mean over the examples, then the minus.
# </details>
# <details><summary>Hint 2: the zero</summary>
#
# $\ln 0 = -\infty$, and $0 \cdot \infty$ is `nan`. Raise tiny probabilities before the logarithm:
# `np.clip(probabilities, smallest, 1)` gives a new array. Keras uses 1e-7 for `smallest`, and
# $-\ln 10^{-7}$ is about 16.
# </details>
# <details><summary>Hint 3: nearly the answer</summary>
#
# With `p` for the clipped probabilities, the cost of each example is
# `-(one_hot_labels * np.log(p)).sum(axis=1)`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(one_hot_labels, probabilities):
    """Mean over the examples of -sum(y ln p), for (n, n_classes) labels and probabilities."""
    ### BEGIN SOLUTION
    logarithms = np.log(np.clip(probabilities, 1e-7, 1))
    return -np.mean(np.sum(one_hot_labels * logarithms, axis=1))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_cross_entropy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("cross_entropy")

# %% [markdown]
# Keras has the loss under two names. `CategoricalCrossentropy` wants one-hot labels,
# `SparseCategoricalCrossentropy` the class numbers. They compute the same thing; "sparse" saves the
# zeros.

# %% tags=["skip-execution"]
class_ids = np.array([0, 2])
probabilities = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]], dtype="float32")
vectors = one_hot(class_ids, 3)
print("yours                        ", cross_entropy(vectors, probabilities))
print(
    "CategoricalCrossentropy      ",
    keras.losses.CategoricalCrossentropy()(vectors, probabilities).numpy(),
)
print(
    "SparseCategoricalCrossentropy",
    keras.losses.SparseCategoricalCrossentropy()(class_ids, probabilities).numpy(),
)
print("ten classes, undecided       ", -np.log(1 / 10), "= ln 10")

# %% [markdown]
# Remember the last number. A network that gives each of ten classes the probability 0.1 has the loss
# $\ln 10 = 2.303$. A loss that stays there means: nothing learnt.

# %% [markdown]
# ## The network
#
# Each picture is laid out as a row of 784 numbers. Two hidden layers follow, then ten probabilities:
#
# $$(28, 28) \;\to\; 784 \;\to\; 300 \;\to\; 100 \;\to\; 10.$$
#
# The hidden layers use ReLU, the last one softmax.

# %% [markdown]
# ### Exercise: `build_classifier(learning_rate=0.01)` (2 points)
#
# Build the network and compile it.
#
# * input: images of shape (28, 28), already scaled
# * hidden layers of 300 and 100 units with ReLU; output: 10 probabilities
# * optimizer: SGD with the given `learning_rate`
# * loss: sparse categorical cross-entropy, because the labels are class numbers
# * one metric, which `fit` and `evaluate` report under the name `accuracy`
# * returns a new model each time, built (its weights exist) and compiled
#
# **Expected** `build_classifier().count_params()` gives `266610`.
#
# <details><summary>Hint 1: the layers</summary>
#
# `keras.Sequential([...])` with `keras.Input((28, 28))` first, then a layer that lays the picture out as a
# row, then three `Dense` layers.
# </details>
# <details><summary>Hint 2: the row</summary>
#
# `keras.layers.Flatten()`. Without it a Dense layer acts on each of the 28 rows by itself, and the output
# has the shape (n, 28, 10).
# </details>
# <details><summary>Hint 3: compile</summary>
#
# `model.compile(optimizer=..., loss=..., metrics=[...])`. The string `"sgd"` always has the rate 0.01;
# `keras.optimizers.SGD(learning_rate=...)` takes yours. The loss is
# `"sparse_categorical_crossentropy"`, and metrics are a list.
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_classifier(learning_rate=0.01):
    """A new compiled network (28, 28) -> 300 -> 100 -> 10 probabilities, trained by SGD."""
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(300, activation="relu"),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_classifier", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("build_classifier")

# %% [markdown]
# Before any training the weights are random. What does such a network score?

# %% tags=["skip-execution"]
x_valid_standardised = standardize(x_valid, mean, std)
keras.utils.set_random_seed(0)
untrained = build_classifier()
untrained.summary()
loss, accuracy = untrained.evaluate(x_valid_standardised, y_valid, verbose=0)
print(f"validation loss {loss:.2f}, accuracy {accuracy:.2f}")

# %% [markdown]
# It guesses. In our runs with other seeds the accuracy lay between 0.08 and 0.12 and the loss between 2.5
# and 3.2. That is above $\ln 10$: random weights are not undecided, they have opinions at random.

# %% [markdown]
# ## Training, three times
#
# `set_random_seed` before each training makes the three comparable and each one repeatable: the same
# random weights to begin with, and the same order of the images.
#
# First the pixels as they are. Two epochs are enough to see where this goes.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model_raw = build_classifier()
model_raw.fit(x_train, y_train, epochs=2, validation_data=(x_valid, y_valid), verbose=2)
print("one prediction:", model_raw.predict(x_valid[:1], verbose=0)[0].round(2))

# %% [markdown]
# That is the answer to the second half of the question. The first steps are so long that the weights
# are thrown far away. With luck the network ends up saying the same for every picture, at a loss of
# about 2.3; without it, the loss becomes `nan` and stays there. Either way about one picture in ten is
# right. Nothing is wrong with the network. Its input is too large for this learning rate.
#
# Now divided by 255.

# %% tags=["skip-execution"]
histories = {}
keras.utils.set_random_seed(0)
model_255 = build_classifier()
histories["divided by 255"] = model_255.fit(
    scalings["divided by 255"](x_train),
    y_train,
    epochs=10,
    validation_data=(scalings["divided by 255"](x_valid), y_valid),
    verbose=2,
)

# %% [markdown]
# Each line is an epoch: how many batches it had, how long it took, then loss and accuracy. The names with
# `val_` belong to the validation images. The others are averages over the epoch, during which the
# network still changed.
#
# And standardised.

# %% tags=["skip-execution"]
x_train_standardised = standardize(x_train, mean, std)
keras.utils.set_random_seed(0)
model_sgd = build_classifier()
histories["standardised"] = model_sgd.fit(
    x_train_standardised,
    y_train,
    epochs=10,
    validation_data=(x_valid_standardised, y_valid),
    verbose=2,
)

# %% tags=["skip-execution"]
plots.compare_curves(histories).set_title("Same network, same seed, other pixels")
for name, history in histories.items():
    print(f"{name:15} validation accuracy {history.history['val_accuracy'][-1]:.3f}")

# %% [markdown]
# Standardised pixels win, and they win from the first epoch on. Ours, after 10 epochs:
#
# | pixels | full set, three seeds | sample, five seeds |
# |---|---|---|
# | as they are (2 epochs) | 0.09, two of three with the loss `nan` | 0.09 to 0.11 |
# | divided by 255 | 0.871 to 0.883 | 0.830 to 0.846 |
# | standardised | 0.887 to 0.890 | 0.848 to 0.867 |
#
# Why? After the division by 255 no input is negative. Then all weights of a unit get gradients of the
# same sign for an image, they can only rise together or fall together, and the way down is a zigzag.
# Inputs on both sides of 0, of the size of 1, are what the initial weights of Keras were made for.

# %% [markdown]
# ### Reading learning curves

# %% tags=["skip-execution"]
plots.learning_curves(histories["standardised"], "SGD, standardised pixels")

# %% [markdown]
# * **Does the training loss still fall?** Then the network is still learning, and more epochs may help.
# * **How far apart are the lines?** The network is better on images it was trained on. That gap is called
#   **overfitting**. It is small on the full set and wider on the sample: fewer images are easier to
#   learn by heart.
# * **Does the validation loss turn upwards?** Then further training makes the network worse on new
#   images. Here, with SGD, it has not got that far.
#
# One word about the smooth lines. After `set_random_seed`, Keras 3.15 goes through the images in the same
# order in *every* epoch. Without a seed each epoch has its own order, and the validation curve is more
# jagged.

# %% [markdown]
# ## Adam
#
# SGD makes every step with the same rate. **Adam** keeps an average of the latest gradients of each
# weight, and divides it by their typical size. So each weight has its own pace. Adam is often faster, and
# its usual rate is 0.001.
#
# Everything else stays as it was. Compiling again changes the optimizer and leaves the weights alone.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model_adam = build_classifier()
adam = keras.optimizers.Adam(learning_rate=0.001)
model_adam.compile(adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
histories["standardised, Adam"] = model_adam.fit(
    x_train_standardised,
    y_train,
    epochs=10,
    validation_data=(x_valid_standardised, y_valid),
    verbose=2,
)

# %% tags=["skip-execution"]
figure, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.8), layout="constrained")
plots.compare_curves(histories, "val_accuracy", ax=left)
plots.compare_curves(histories, "val_loss", ax=right)
plt.show()

# %% tags=["skip-execution"]
plots.learning_curves(histories["standardised, Adam"], "Adam, standardised pixels")

# %% [markdown]
# Adam is ahead after one epoch. After ten, its validation accuracy is no better than that of SGD: in
# our runs 0.885 to 0.890 on the full set, and 0.822 to 0.862 on the sample. What went up is the
# **training** accuracy, to about 0.925 and 0.935.
#
# The loss tells more than the accuracy. The validation loss of Adam falls for a few epochs and then rises
# again, while the accuracy moves little. The network does not make many more mistakes, but it becomes
# surer of those it makes, and cross-entropy punishes exactly that. You will meet those mistakes below.
#
# When somebody reports 0.91 or more for such a network, ask which set it was measured on.

# %% [markdown]
# ## Side experiments
#
# For the next three questions the first 8,992 training images and five epochs will do. That takes seconds,
# and it is nearly the same experiment on the full set and on the sample.

# %% tags=["skip-execution"]
x_few, y_few = x_train_standardised[:8992], y_train[:8992]


def quick_run(batch_size=32, learning_rate=0.01):
    """Train a new classifier on the few images; return its History and the seconds it took."""
    keras.utils.set_random_seed(0)
    model = build_classifier(learning_rate)
    start = time.perf_counter()
    history = model.fit(
        x_few,
        y_few,
        batch_size=batch_size,
        epochs=5,
        validation_data=(x_valid_standardised, y_valid),
        verbose=0,
    )
    return history, time.perf_counter() - start


# %% [markdown]
# ### Squared error in practice
#
# The plot of the slopes promised that squared error learns slowly. Here it is in practice, with your
# `one_hot`, since squared error needs labels as vectors.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model_squared = build_classifier()
sgd = keras.optimizers.SGD(learning_rate=0.01)
model_squared.compile(sgd, loss="mean_squared_error", metrics=["accuracy"])
history_squared = model_squared.fit(
    x_few,
    one_hot(y_few, 10),
    epochs=5,
    validation_data=(x_valid_standardised, one_hot(y_valid, 10)),
    verbose=0,
)
history_32, seconds_32 = quick_run()
plots.compare_curves({"cross-entropy": history_32, "squared error": history_squared})
plt.show()

# %% [markdown]
# At the same learning rate cross-entropy reached 0.84 to 0.85 in our runs, and squared error 0.64 to 0.72.

# %% [markdown]
# ### Batch size
#
# After each batch the weights take one step. Small batches mean many steps for an epoch, each on the
# evidence of a few images. Large batches mean few steps, each of them well founded, and the computer is
# busier with arithmetic than with organising.

# %% tags=["skip-execution"]
batch_runs = {}
print(" batch   rate  steps per epoch  time against 32  validation accuracy")
for batch_size, rate in [(8, 0.01), (32, 0.01), (128, 0.01), (512, 0.01), (512, 0.16)]:
    history, seconds = quick_run(batch_size, rate)
    batch_runs[f"batches of {batch_size}, rate {rate}"] = history
    steps = -(-len(x_few) // batch_size)  # rounded up
    last = history.history["val_accuracy"][-1]
    print(f"{batch_size:6} {rate:6} {steps:16,} {seconds / seconds_32:16.1f} {last:20.3f}")
plots.compare_curves(batch_runs)
plt.show()

# %% [markdown]
# * At one and the same rate, a larger batch learns less in an epoch. It makes fewer steps. With 512 images
#   we saw 0.72 to 0.76, with 32 images 0.84 to 0.85.
# * An epoch with larger batches is faster, but not 16 times as fast.
# * A larger batch can bear a larger rate. Sixteen times the images and sixteen times the rate bring 512
#   back to 0.81 to 0.84. Lesson 14 makes a rule of this.
#
# So batch sizes are a bargain between steps, time and noise. 32 to 128 is a good place to start.
#
# **The last batch** of an epoch holds what is left over. With 9,000 images and batches of 32 that is 8
# images, and a step on so few goes astray easily. The epoch ends right after it, and after
# `set_random_seed` it is the same 8 images each time.
#
# That is the secret of the odd number: with 1,008 validation images the sample has 8,992 = 281 · 32
# images left for training. With 1,000, and pixels divided by 255, the same training ended anywhere between
# 0.78 and 0.84 for three seeds, instead of between 0.83 and 0.85.

# %% [markdown]
# ### `steps_per_execution`
#
# A step of so small a network takes a millisecond or two, and a good part of that goes by between the steps,
# in Python. `compile(steps_per_execution=64)` lets TensorFlow make 64 steps at a time before Python is
# asked again. The arithmetic is the same.

# %% tags=["skip-execution"]
few_steps = {}
for steps in (1, 16, 64):
    few_steps[steps] = build_classifier()
    few_steps[steps].compile("sgd", "sparse_categorical_crossentropy", steps_per_execution=steps)
    few_steps[steps].fit(x_few, y_few, verbose=0)  # the first epoch also prepares the computation

seconds = {1: [], 16: [], 64: []}
for _ in range(4):  # in turns, so that a busy moment of the computer hits all of them
    for steps, timed_model in few_steps.items():
        start = time.perf_counter()
        timed_model.fit(x_few, y_few, verbose=0)
        seconds[steps].append(time.perf_counter() - start)
for steps in seconds:
    gain = min(seconds[1]) / min(seconds[steps])
    print(f"{steps:3} steps at a time: {gain:.1f} times as fast as one at a time")

# %% [markdown]
# With 64 steps at a time we saw factors between 1.3 and 2.7, depending on what else the computer was
# doing. For a large network the gain is small, because the arithmetic takes nearly all the time. The
# price: callbacks and the progress bar hear of the training only once in 64 steps.

# %% [markdown]
# ## The test, once
#
# All choices are made by now, except one: SGD or Adam? The validation set decides, and only then do we
# touch the test images. They are scaled with the mean and the standard deviation **of the training
# images**.

# %% tags=["skip-execution"]
candidates = {"standardised": model_sgd, "standardised, Adam": model_adam}
chosen = max(candidates, key=lambda name: histories[name].history["val_accuracy"][-1])
model = candidates[chosen]

x_test_standardised = standardize(x_test, mean, std)
test_loss, test_accuracy = model.evaluate(x_test_standardised, y_test, verbose=0)
uncertainty = 2 * np.sqrt(test_accuracy * (1 - test_accuracy) / len(y_test))
print("chosen:", chosen)
print(f"test loss {test_loss:.3f}, test accuracy {test_accuracy:.3f} ± {uncertainty:.3f}")

# %% [markdown]
# In our runs the test accuracy was 0.873 to 0.881 on the full set and 0.833 to 0.865 on the sample.
#
# What is the ± for? Other test images from the same shop would give a slightly different figure. Twice
# $\sqrt{a (1 - a) / n}$ is how far it usually strays, for an accuracy $a$ measured on $n$ images. With 10,000
# images that is 0.007, with 2,000 it is 0.016. Do not make much of smaller differences.

# %% [markdown]
# ### What a forgotten scaling does
#
# The result stands, and nothing is chosen any more. So we may use the test images to see what the two
# mistakes from above would have cost. First, the scaling forgotten:

# %% tags=["skip-execution"]
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"scaled    loss {test_loss:6.3f}   accuracy {test_accuracy:.3f}")
print(f"raw       loss {loss:6.3f}   accuracy {accuracy:.3f}")

# %% [markdown]
# No error, no warning. With SGD we saw an accuracy of 0.67 to 0.79 and a loss of 23 to 43 on the full set,
# 0.70 to 0.74 and 29 to 41 on the sample; with Adam the loss was larger still. The accuracy alone looks
# like a disappointing network. The **loss** gives it away: a loss above $\ln 10$ is worse than no
# opinion at all, and 20 means that the network is sure, and wrong.
#
# Second, a scaler fitted again, on images that are not like the training set: sandals.

# %% tags=["skip-execution"]
sandals = y_test == 5
refitted = fit_scaler(x_test[sandals])
for name, numbers in [("the training images", (mean, std)), ("the sandals themselves", refitted)]:
    _, accuracy = model.evaluate(standardize(x_test[sandals], *numbers), y_test[sandals], verbose=0)
    print(f"sandals, scaler fitted on {name:23} {accuracy:.3f} recognised")

# %% [markdown]
# The pictures are the same; only the company they came in has changed what the network sees. In our runs
# fewer sandals were recognised each time, by 1 to 7 points on the full set and by 6 to 20 on the
# sample. Others, such as pullovers, may even gain. What you must not want is an answer that depends on
# the other pictures in the pile.

# %% [markdown]
# ## Which mistakes?
#
# One number says how often the network is wrong, but not how. Count every pair of true and predicted
# class:
#
# | | predicted Shirt | predicted Coat |
# |---|---|---|
# | **true Shirt** | right | Shirts taken for Coats |
# | **true Coat** | Coats taken for Shirts | right |
#
# This table is the **confusion matrix**. Rows are true classes, columns predicted ones. The right answers
# lie on the diagonal. A row tells what became of the Shirts; a column, what was called a Shirt.

# %% tags=["skip-execution"]
probabilities = model.predict(x_test_standardised, verbose=0)
predictions = probabilities.argmax(axis=1)
print("probabilities", probabilities.shape, " predictions", predictions.shape)

# %% [markdown]
# ### Exercise: `confusion_matrix(labels, predictions, n_classes)` (2 points)
#
# Count the pairs.
#
# * `labels`, `predictions`: (n,), integers from 0 to n_classes − 1; leave them unchanged
# * `n_classes`: how many classes there are, whether they occur or not
# * returns an integer array (n_classes, n_classes); the element in row i and column j counts the examples of
#   class i that were taken for class j
#
# **Expected** `confusion_matrix(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 0, 0, 2]), 3)` gives
# `[[1, 1, 0], [0, 1, 0], [2, 0, 1]]`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Begin with zeros, walk through labels and predictions side by side (`zip`), and add 1 in the right place
# each time. A loop over 10,000 examples takes a few milliseconds.
# </details>
# <details><summary>Hint 2: a trap</summary>
#
# `matrix[labels, predictions] += 1` looks right and is wrong. NumPy reads all elements, adds 1, and
# writes them back: a pair that occurs 100 times is still counted once. `np.add.at` adds each time.
# </details>
# <details><summary>Hint 3: without a loop</summary>
#
# Give each pair a number of its own, `labels * n_classes + predictions`, count these with
# `np.bincount(..., minlength=...)`, and reshape. Bytes (`uint8`) are too small for it: convert first.
# </details>


# %% nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels, predictions, n_classes):
    """Integer counts (n_classes, n_classes); rows are true classes, columns predicted ones."""
    ### BEGIN SOLUTION
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_confusion_matrix", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("confusion_matrix")

# %% tags=["skip-execution"]
matrix = confusion_matrix(y_test, predictions, 10)
plots.confusion_matrix(matrix, fashion.class_names).set_title(f"{len(y_test):,} test images")
print("right answers on the diagonal:", np.trace(matrix) / len(y_test))
library = tf.math.confusion_matrix(y_test, predictions, 10).numpy()
print("the same as TensorFlow's:     ", np.array_equal(matrix, library))

# %% [markdown]
# The darkest cells lie between T-shirts, Pullovers, Coats and Shirts: four classes with a trunk and two
# sleeves. Shoes are confused with shoes. Hardly anything is taken for Trousers.
#
# Divide the diagonal by the sums of the rows, and you know how many of each class were recognised. This
# is the **recall**.

# %% tags=["skip-execution"]
recall = matrix.diagonal() / matrix.sum(axis=1)
for number in np.argsort(recall):
    print(f"{fashion.class_names[number]:12} {recall[number]:.1%}")

# %% [markdown]
# Shirts are usually at the bottom of the list. In our runs 51 to 73 % of them were recognised, and at least
# 93 % of the Trousers.

# %% [markdown]
# ### Exercise: `most_confused(matrix)` (1 point)
#
# Find the most frequent mistake.
#
# * `matrix`: a confusion matrix, integers (n_classes, n_classes) with n_classes ≥ 2, not all mistakes 0;
#   leave it unchanged
# * returns the pair `(true, predicted)`, class numbers, of the largest count **off the diagonal**; if
#   several are equally large, any of them
#
# **Expected** `most_confused(np.array([[50, 3, 1], [7, 40, 0], [2, 5, 60]]))` gives `(1, 0)`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Copy the matrix and set the diagonal of the copy to 0: `np.fill_diagonal`. Then look for the
# largest element.
# </details>
# <details><summary>Hint 2: from one number to two</summary>
#
# `argmax()` of a matrix counts along the rows and gives a single number.
# `np.unravel_index(number, matrix.shape)` makes row and column of it.
# </details>


# %% nbgrader={"grade": false, "grade_id": "most_confused", "locked": false, "schema_version": 3, "solution": true, "task": false}
def most_confused(matrix):
    """(true, predicted) of the largest count off the diagonal of a confusion matrix."""
    ### BEGIN SOLUTION
    mistakes = np.where(np.eye(len(matrix), dtype=bool), -1, matrix)
    return np.unravel_index(mistakes.argmax(), mistakes.shape)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_most_confused", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.run("most_confused")

# %% tags=["skip-execution"]
true, predicted = most_confused(matrix)
print(
    f"Most frequent: {fashion.class_names[true]} taken for {fashion.class_names[predicted]},",
    f"{matrix[true, predicted]} of {matrix[true].sum()}",
)

# %% [markdown]
# Was it your guess? Which pair comes first depends on the seed; in all of our runs both were
# among T-shirt, Pullover, Coat, Dress and Shirt.
#
# Now look at the pictures themselves. Choose a row and a column. The numbers above the pictures say how
# sure the network was.

# %% tags=["skip-execution"]
widgets.confusion_browser(
    matrix, fashion.x_test, y_test, predictions, fashion.class_names, probabilities
)

# %% [markdown]
# Try these:
#
# * true *Shirt*, predicted *T-shirt/top*, then the other way round. Could you tell them apart?
# * true and predicted *Trouser*: the most confident right answers all look alike.
# * true *Bag*, predicted anything else. What do these bags have in common with what they were taken for?

# %% [markdown]
# ### The worst mistakes
#
# A mistake with a probability of 0.4 is an honest doubt. Here are the mistakes of which the network was
# most sure.

# %% tags=["skip-execution"]
wrong = np.flatnonzero(predictions != y_test)
confidence = probabilities.max(axis=1)
worst = wrong[np.argsort(-confidence[wrong])][:24]
print(f"{len(wrong):,} mistakes; in {np.sum(confidence[wrong] > 0.99)} of them it was 99 % sure")
plots.image_grid(
    x_test[worst], y_test[worst], fashion.class_names, predictions=predictions[worst], n_columns=8
)

# %% [markdown]
# "Sandal, not Sneaker" reads: it is a Sandal, and was taken for a Sneaker. Some are strange pictures, some
# are cases where you may want to argue with the label. Looking at them is the fastest way to learn what a
# data set is like.
#
# Remember how Adam's validation loss rose. On the full set our networks trained with SGD were 99 % sure
# in 13 to 17 of about 1,200 mistakes, those trained with Adam in 80 to 90. On the sample it was 2 to 6 of
# about 290 against 23 to 40 of about 310.

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** Validation accuracy 0.89, but `evaluate` on the test set gives accuracy 0.74 and loss 31. What
# is the most likely reason?
#
# <details><summary>A. The network has overfitted</summary>
#
# No. Validation images are unseen images, too. Overfitting would have shown there.
# </details>
# <details><summary>B. The test images were not scaled like the training images</summary>
#
# Right. A loss of 31 means that the network is certain of wrong answers. Inputs a hundred times too large
# do that.
# </details>
# <details><summary>C. The test images are more difficult</summary>
#
# No. They come from the same source, and a difficult image makes a network doubtful: its loss may be 2
# or 3, not 31.
# </details>
#
# **Question 2.** Somebody writes cross-entropy without the minus sign and trains with it. What happens?
#
# <details><summary>A. Nothing changes, only the loss is shown as a negative number</summary>
#
# No. `fit` makes the loss small. The smallest value of $\ln p$ is at $p = 0$.
# </details>
# <details><summary>B. The loss runs down without end, and nothing useful is learnt</summary>
#
# Right. The network learns to give the true class no probability, and $\ln p$ has no lowest value. In our
# runs the loss was below −20 after eleven batches and `nan` after thirty-one.
# </details>
# <details><summary>C. Keras stops with an error</summary>
#
# No. A loss may have either sign. Nobody but you knows that this one is upside down.
# </details>
#
# **Question 3.** The training loss falls, the validation loss has risen for five epochs, the validation
# accuracy stays the same. What does that mean?
#
# <details><summary>A. The network becomes too sure of its mistakes</summary>
#
# Right. Accuracy only asks which class is first; the loss asks how sure the network was. Stop earlier
# (lesson 10) or hold the network back (lesson 08).
# </details>
# <details><summary>B. The learning rate is too small</summary>
#
# No. Then the training loss would hardly fall either.
# </details>
# <details><summary>C. It is a mistake in the code: loss and accuracy cannot disagree</summary>
#
# No. A picture with 0.6 on the wrong class and one with 0.9999 are one mistake each, but one costs ten
# times as much as the other.
# </details>
#
# **Question 4.** On 5,000 validation images SGD has 0.890 and Adam 0.888. Which is better?
#
# <details><summary>A. SGD, by two thousandths</summary>
#
# No. On 5,000 images an accuracy near 0.89 strays by about ±0.009. Two thousandths are ten images.
# </details>
# <details><summary>B. Adam, because it has the lower training loss</summary>
#
# No. The training loss says how well the training images are known by heart.
# </details>
# <details><summary>C. The figures do not tell</summary>
#
# Right. Take either; or repeat both with several seeds and compare the averages.
# </details>

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `Flatten(input_shape=(28, 28))` | works, with a warning | `keras.Input((28, 28))` first, then `Flatten()` |
# | `keras.optimizers.SGD(lr=0.01)` | `ValueError` | `SGD(learning_rate=0.01)` |
# | `tf.train.GradientDescentOptimizer(0.01)` | `AttributeError` | `keras.optimizers.SGD(0.01)` |
# | `metrics="accuracy"` | `ValueError` | `metrics=["accuracy"]` |
# | `metrics=["accuracy"]`, then `history.history["acc"]` | `KeyError`: the name is the one you gave | `history.history["accuracy"]` |
# | `fit(list_of_lists, labels)` | `ValueError` | `fit(np.array(...), np.array(...))` |
# | `model.predict_classes(x)` | `AttributeError` | `model.predict(x).argmax(axis=-1)` |
# | `from keras.utils import np_utils` | `ImportError` | `keras.utils.to_categorical` |
# | `scaler.fit_transform(x_train)`, then `scaler.fit_transform(x_valid)` | works, on two different scales | `scaler.transform(x_valid)` |

# %% [markdown]
# ## Summary
#
# * Training images change the weights, validation images decide between networks, test images are for the
#   one figure you report.
# * Bring inputs to the size of 1, around 0. Fit the scaler on the training images, and use its two numbers
#   everywhere, the test set included.
# * Cross-entropy is $-\ln$ of the probability of the true class. It pushes hardest where the network is
#   sure and wrong; squared error hardly pushes there at all.
# * Learning curves show overfitting; the validation loss shows it before the accuracy does.
# * The confusion matrix says which mistakes there are, and the most confident ones are worth looking at.
#
# ## Where to go next
#
# Lesson 07 predicts house prices instead of classes: regression, with squared error in its proper place.
# Lesson 08 makes this network deep and keeps it from overfitting. Lesson 10 stops the training when the
# validation loss turns upwards.
#
# Go on with [07 · House prices: regression](../07_housing/07_housing.ipynb)
