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
# * test it once and fairly, say how far its accuracy strays, and find out which mistakes it makes
#
# **Before you start** You need arrays and broadcasting (lesson 00), softmax (lesson 01), and
# `Sequential`, `compile` and `fit` (lesson 03).
#
# **Running time** about 1 minute on two cores with the sample data; reading about 50 minutes, exercises about 70.
# The full data set takes longer.

# %%
from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# You are going to train the same network on pictures of clothes, with the pixels prepared in three ways: as they
# are, from 0 to 255; divided by 255; and standardised, so that their mean is 0 and their standard deviation 1.
# There are ten kinds of clothes, so guessing is right one time in ten.

# %% tags=["skip-execution"]
widgets.commit_box(
    "How good does the network become with the pixels as they are, from 0 to 255?",
    {
        "A little worse than with the others": "The network could undo any scaling with its weights. But "
        "training has to find those weights, and here its first steps go too far.",
        "No better than guessing": "The first steps are so long that the weights are thrown far away. You will "
        "see it below.",
        "Better, since nothing has been changed": "Scaling loses nothing. It changes how long the steps of "
        "training are.",
    },
    answer="No better than guessing",
)

# %% [markdown]
# Make a second guess when you have seen the pictures: **which two kinds will the network confuse most?**

# %% [markdown]
# ## The data
#
# Fashion-MNIST is a set of grey pictures of clothes from a shop, 28 × 28 pixels each. There are
# ten kinds, and each picture belongs to exactly one of them. We call the kinds **classes** and number
# them from 0 to 9; the number is the picture's **label**.

# %% tags=["skip-execution"]
fashion = data.load_fashion_mnist()
print(fashion)
print(dict(enumerate(fashion.class_names)))

# %% [markdown]
# Look at what was loaded. The full set has 60,000 training and 10,000 test images. If it says
# `SAMPLE`, you work with the sample that ships with the course: 10,000 training and 2,000 test images.
# The lesson runs on either. With fewer images the network learns less, so **the numbers differ**.

# %% tags=["skip-execution"]
three_of_each = np.stack([np.flatnonzero(fashion.y_train == c)[:3] for c in range(10)]).T.ravel()
few, few_labels = fashion.x_train[three_of_each], fashion.y_train[three_of_each]
plots.image_grid(few, few_labels, fashion.class_names, n_columns=10)

# %% [markdown]
# A column for each class. Some classes are unmistakable. Others differ by a collar or by the length of
# a sleeve, and 28 × 28 pixels show little of that.
#
# To the computer a picture is a table of numbers, 0 for black and 255 for white. Here is one picture,
# and beside it the numbers in the orange frame.

# %% tags=["skip-execution"]
picture, label = fashion.x_train[1], fashion.y_train[1]
plots.pixel_values(
    picture, slice(2, 8), slice(10, 18), f"label {label}: {fashion.class_names[label]}"
)

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
# the test set is the best partly by luck, and its accuracy there promises too much.
#
# The test set comes with the data. We cut the validation set off the training images: 5,000 of
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
# Now cut. The sample is smaller, so we cut off fewer: 1,008 images, about a tenth. That leaves 281 full batches
# of 32 images.

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
# A step of SGD moves a weight of the first layer in proportion to the input that the weight is multiplied
# with. Inputs of 200 make steps 200 times as long as inputs of 1. So inputs should be of
# the size of 1. There are two usual ways to get there:
#
# * **divide by 255**: all values lie between 0 and 1, their mean somewhere in between
# * **standardise**: subtract the mean $\mu$ and divide by the standard deviation $\sigma$,
#
# $$x' = \frac{x - \mu}{\sigma}, \qquad \mu = \frac{1}{m} \sum_{i=1}^{m} x_i, \qquad
# \sigma = \sqrt{\frac{1}{m} \sum_{i=1}^{m} (x_i - \mu)^2}.$$
#
# Standardised values have mean 0 and standard deviation 1. We use **one** $\mu$ and one $\sigma$ for all
# $m$ pixels of all training images. Each pixel on its own would be a bad idea here: the one in the
# corner is nearly always 0, its standard deviation is tiny, and a rare speck of dust would become
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
# * any `std` above 0 divides, one below 1 as well. `std` may be 0, when all pixels are equal to the mean: then
#   neither `nan` nor `inf` may come out
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
# <details><summary>Hint 3: a similar example</summary>
#
# Shares of a total that may be 0: `counts / (total if total > 0 else 1)`.
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
# background, and they make the tall bar on the left. The division by 255 leaves all values between 0 and 1.
# After standardising, the background lies below 0 and the brightest pixels at about 2.

# %% [markdown]
# ### Why the scaler is fitted on the training images alone
#
# Validation and test images stand for pictures that do not exist yet. Anything we compute from them and
# use in training is knowledge we would not have for new pictures. It is called **leakage**, and it makes
# results look better than they are.
#
# Two other mistakes are just as common. One is to fit the scaler *again* on the validation set: then the same
# picture gets other numbers, depending on the pictures beside it. The other is to forget the scaling of the
# test set. Compare what a scaler would find in other sets of images.

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
# Training, validation and test agree within about two grey levels of 255. They come from the same shop,
# and millions of pixels went into each mean. So **here** a scaler that was fitted on the wrong set does
# next to no harm, and the mistake is seldom noticed. With sandals it would matter: they
# are dark, and a scaler fitted on them would make them as bright as coats.
#
# So **fit on the training images, then use these two numbers for everything.**

# %% [markdown]
# ## Labels as vectors: one-hot
#
# A network for ten classes has ten outputs, one probability for each. To compare them with a
# label, turn the label into ten numbers as well: a 1 at the place of the class, 0 elsewhere. This is
# called **one-hot**. Label 2 of 4 classes becomes $(0, 0, 1, 0)$: all the probability belongs to class 2.
#
# Why not train a single output on the number of the class? Because numbers have an order: a Trouser (1) is not
# "between" a T-shirt (0) and a Pullover (2).

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
# <details><summary>Hint 3: a similar example</summary>
#
# Three rows of a table by their numbers: `table[np.array([2, 0, 2])]`.
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
# Only the true class has $y_j = 1$. So cross-entropy is $-\ln$ of the probability that the
# network gave to the right answer.
#
# Mind the **minus sign**. The logarithm of a probability is never positive. Without the minus the loss
# would be lowest for $p = 0$, and training would teach the network to be wrong.
#
# Now let the probability of the true class run from 0 to 1, with two classes to keep it simple. On the left
# is the loss. On the right is its slope with respect to the logit, the number that goes into the softmax:
# back-propagation starts from it.

# %% tags=["skip-execution"]
plots.cross_entropy_and_squared_error()
plt.show()
for p in (0.5, 0.1, 0.01):
    slopes = f"cross-entropy {p - 1:.4f}, squared error {-2 * p * (1 - p) ** 2:.4f}"
    print(f"probability of the true class {p:4}: slope of {slopes}")

# %% [markdown]
# Look at the left end of both plots, where the network is **sure and wrong**.
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
# <details><summary>Hint 3: a similar example</summary>
#
# The mean length of the rows of `v` (n, 3), none of them counted as shorter than 0.1:
# `np.maximum(np.sqrt((v**2).sum(axis=1)), 0.1).mean()`.
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
print(f"yours {cross_entropy(vectors, probabilities):.4f}")
for loss, labels in [
    (keras.losses.CategoricalCrossentropy(), vectors),
    (keras.losses.SparseCategoricalCrossentropy(), class_ids),
]:
    print(f"{loss.name} {float(loss(labels, probabilities)):.4f}")
print(f"ten classes, undecided: ln 10 = {np.log(10):.3f}")

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
# * optimizer: plain SGD with the given `learning_rate`, without momentum, weight decay or clipping
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
x_train_standardised, x_valid_standardised = (standardize(x, mean, std) for x in (x_train, x_valid))
keras.utils.set_random_seed(0)
untrained = build_classifier()
untrained.summary()
loss, accuracy = untrained.evaluate(x_valid_standardised, y_valid, verbose=0)
print(f"validation loss {loss:.2f}, accuracy {accuracy:.2f}")

# %% [markdown]
# It guesses. The loss is above $\ln 10$: random weights are not undecided, they prefer classes at random.

# %% [markdown]
# ## Training, three times
#
# `set_random_seed` before each training makes the three comparable and each one repeatable. All begin with the same
# random weights and see the images in the same order.
#
# First the pixels as they are. Two epochs are enough to see what happens.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(0)
model_raw = build_classifier()
model_raw.fit(x_train, y_train, epochs=2, validation_data=(x_valid, y_valid), verbose=2)
print("one prediction:", model_raw.predict(x_valid[:1], verbose=0)[0].round(2))

# %% [markdown]
# The first steps are so long that the weights are thrown far away. Either the network ends up saying the same for
# every picture, at a loss near $\ln 10$, or the loss becomes `nan` and stays there. In both cases about one picture
# in ten is right. Nothing is wrong with the network. Its input is too large for this learning rate.
#
# Now divided by 255, and standardised.

# %% tags=["skip-execution"]
histories, trained = {}, {}
for name in ("divided by 255", "standardised"):
    scale = scalings[name]
    keras.utils.set_random_seed(0)
    trained[name] = build_classifier()
    histories[name] = trained[name].fit(
        scale(x_train), y_train, epochs=10, validation_data=(scale(x_valid), y_valid), verbose=2
    )
    print()
plots.compare_curves(histories).set_title("Same network, same seed, other pixels")
plt.show()

# %% [markdown]
# Each line is an epoch. The names with `val_` belong to the validation images. The others are averages over the
# epoch, during which the network still changed.
#
# ### One thing at a time
#
# Standardised pixels are ahead. They differ from the others in two ways: they are larger, and they lie on both
# sides of 0. Which of the two helps? Change one thing at a time, with three seeds each. The first 8,992 training
# images and three epochs will do.

# %% tags=["skip-execution"]
print("subtracted  divided by  validation accuracy, three seeds")
for shift, divisor in [(0, 255), (mean, 255), (0, std), (mean, std)]:
    accuracies = []
    for seed in range(3):
        keras.utils.set_random_seed(seed)
        small = build_classifier()
        small.fit(standardize(x_train[:8992], shift, divisor), y_train[:8992], epochs=3, verbose=0)
        scores = small.evaluate(standardize(x_valid, shift, divisor), y_valid, verbose=0)
        accuracies.append(scores[1])
    print(f"{shift:10.1f} {divisor:11.1f}  ", "  ".join(f"{a:.3f}" for a in accuracies))

# %% [markdown]
# Compare each row with the first, seed by seed. On the sample, dividing by the smaller number helped all three seeds.
# Subtracting the mean alone helped less, and not every seed. Both together were best. So here the **size** of the inputs
# matters at least as much as their sign. The initial weights of Keras are made for inputs of the size of 1. Smaller inputs
# make smaller outputs in every layer, and shorter steps.

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
#   images.

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
    verbose=0,
)
figure, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.8), layout="constrained")
plots.compare_curves(histories, "val_accuracy", ax=left)
plots.compare_curves(histories, "val_loss", ax=right)
plt.show()

# %% tags=["skip-execution"]
plots.learning_curves(histories["standardised, Adam"], "Adam, standardised pixels")

# %% [markdown]
# Adam is ahead after one epoch. After ten, its validation accuracy is about that of SGD. What went up is the
# **training** accuracy.
#
# The loss tells more than the accuracy. The validation loss of Adam falls for a few epochs and then rises
# again, while the accuracy moves little. The network does not make many more mistakes. But it becomes
# surer of those it makes, and cross-entropy punishes exactly that. You will meet those mistakes below.

# %% [markdown]
# ## How far an accuracy strays
#
# A network gets 8 of 10 images right. Its accuracy on these ten is 0.8. But other ten images from the same
# shop might have given 0.7 or 0.9. How far is an accuracy $a$, measured on $n$ images, usually from the share that the network
# would get right of all such images? About one **standard error**:
#
# $$s = \sqrt{\frac{a\,(1 - a)}{n}}.$$
#
# For 8 of 10 that is 0.126. In about 19 of 20 cases the distance is less than $z = 1.96$ standard errors. A range made
# so that it holds the true share in 19 of 20 cases is a **95 % confidence interval**.
#
# The plain range $a \pm z s$ has a flaw. For 5 of 5 it says "1, give or take 0", as if five images could prove perfection.
# Wilson's interval takes all true shares $p$ for which the accuracy seen is at most $z$ of *their* standard errors away. It comes out as
# centre − half width to centre + half width, with
#
# $$\text{centre} = \frac{a + \frac{z^2}{2n}}{1 + \frac{z^2}{n}}, \qquad
# \text{half width} = \frac{z}{1 + \frac{z^2}{n}} \sqrt{\frac{a\,(1 - a)}{n} + \frac{z^2}{4n^2}}.$$

# %% [markdown]
# ### Exercise: `accuracy_interval(n_correct, n, z=1.96)` (2 points)
#
# Write Wilson's interval.
#
# * `n_correct`: how many of the examples are right; `n`: how many examples there are
# * `z`: how many standard errors wide the interval is on either side
# * returns the pair `(low, high)`, shares between 0 and 1, by the two formulas above
# * n below 1 → `ValueError`
#
# **Expected** `accuracy_interval(8, 10)` gives `(0.4902, 0.9433)`, and `accuracy_interval(5, 5)` gives
# `(0.5655, 1.0)`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute $a$, the centre and the half width one after another, each in a line of its own. Compare each
# with what you get by hand for 8 of 10: the centre is 0.7167.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.sqrt` takes the root. Mind the brackets: `z**2 / (2 * n)` is not `z**2 / 2 * n`. The denominator
# belongs to the centre and to the half width.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The usual interval for a mean `m` with standard error `s`, refused for an impossible s:
# `if s < 0: raise ValueError("s must not be negative")`, then `return m - z * s, m + z * s`.
# </details>


# %% nbgrader={"grade": false, "grade_id": "accuracy_interval", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_interval(n_correct, n, z=1.96):
    """Wilson's interval (low, high) for a share, of which n_correct of n were counted."""
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}")
    accuracy = n_correct / n
    centre = (accuracy + z**2 / (2 * n)) / (1 + z**2 / n)
    inside = accuracy * (1 - accuracy) / n + z**2 / (4 * n**2)
    half = z * np.sqrt(inside) / (1 + z**2 / n)
    return centre - half, centre + half
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_accuracy_interval", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("accuracy_interval")

# %% tags=["skip-execution"]
candidates = {"SGD": trained["standardised"], "Adam": model_adam}
is_right = {}
for name, candidate in candidates.items():
    is_right[name] = candidate.predict(x_valid_standardised, verbose=0).argmax(axis=1) == y_valid
    n_right = np.count_nonzero(is_right[name])
    low, high = accuracy_interval(n_right, len(y_valid))
    print(
        f"{name:4} validation accuracy {n_right / len(y_valid):.3f}, interval {low:.3f} to {high:.3f}"
    )

# %% [markdown]
# ### Two classifiers on the same images
#
# Each interval allows for easy and difficult sets of images. But here both networks saw **the same** images. Where both
# are right or both are wrong, nothing speaks for either. Only the images on which they differ count. This is a
# **paired comparison**; for right and wrong it is called McNemar's test.
#
# Let $b$ images be right for SGD only and $c$ for Adam only. If both networks are equally good, each of these $b + c$ images falls to
# either side like a coin. Then $b - c$ is 0 give or take $\sqrt{b + c}$, its standard error. A difference of more than
# about two of them is more than chance.

# %% tags=["skip-execution"]
b = np.count_nonzero(is_right["SGD"] & ~is_right["Adam"])
c = np.count_nonzero(is_right["Adam"] & ~is_right["SGD"])
print(f"right for SGD only {b}, for Adam only {c}: {(b - c) / np.sqrt(b + c):+.1f} standard errors")

# %% [markdown]
# This speaks of these two networks. Another seed gives two other networks, so whoever compares the *methods* repeats
# both with several seeds.

# %% [markdown]
# ## The test, once
#
# All choices are made by now, except one: SGD or Adam? We take the one with the higher validation accuracy, even if it
# leads by chance. Only then do we touch the test images. They are scaled with the mean and the standard
# deviation **of the training images**. A function for it stands ready, but it needs mending.

# %% [markdown]
# ### Exercise: `repair_evaluation(model, x_train, x_test, y_test)` (2 points)
#
# The function below should say how many of the test images a trained model gets right. It runs, and it is wrong.
# Somebody who used it reports: *a network that was never trained gets about 0.9, and a good one hardly more.
# The result for the dark images is far off even so, and it depends on which other images I
# hand over with them.* Mend it.
#
# * `model`: it was trained on images that were standardised with the mean and the standard deviation of all
#   pixels of `x_train`, as in this lesson; `model.predict(images)` gives (n, k), a number for each class.
#   The largest number of a row is the model's answer. It comes back as it was
# * `x_train`, `x_test`: raw images, `uint8` (n, height, width); `y_test`: (n,), class numbers
# * returns the accuracy on `x_test`, a float between 0 and 1
#
# **Expected** for 60 images, of which the model gets 45 right, the result is 0.75. An untrained network with
# ten classes gets about 0.1.
#
# <details><summary>Hint 1: the idea</summary>
#
# Each complaint has a cause of its own. Print what each line makes of the first image: its smallest and its
# largest value, and the shape.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.uint8(3) - np.uint8(5)` is 254: a byte cannot be negative. Which line subtracts, and in which dtype?
# And how many numbers does the last line take the mean of?
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# The share of rows whose smallest element stands in column 0:
# `np.mean(table.argmin(axis=1) == 0)`. It is a mean of one truth value for each row.
# </details>


# %% nbgrader={"grade": false, "grade_id": "repair_evaluation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repair_evaluation(model, x_train, x_test, y_test):
    """Accuracy on the raw images x_test of a model trained on standardised x_train: a float."""
    ### BEGIN SOLUTION
    scaled = x_test.astype("float32") - float(x_train.mean())
    scaled /= float(x_train.std())
    predictions = np.argmax(model.predict(scaled, verbose=0), axis=1)
    return np.count_nonzero(predictions == y_test) / len(y_test)
    ### HANDED OUT INSTEAD
    # mean, std = x_test.mean(), x_test.std()
    # scaled = (x_test - mean.astype(x_test.dtype)) / std
    # probabilities = model.predict(scaled, verbose=0)
    # is_class = np.eye(probabilities.shape[1])[y_test]
    # return float(np.mean((probabilities > 0.5) == is_class))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_repair_evaluation", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.run("repair_evaluation")

# %% tags=["skip-execution"]
chosen = max(candidates, key=lambda name: is_right[name].mean())
model = candidates[chosen]
test_accuracy = repair_evaluation(model, x_train, x_test, y_test)
low, high = accuracy_interval(round(test_accuracy * len(y_test)), len(y_test))
print(f"{chosen}: test accuracy {test_accuracy:.3f}, 95 % interval {low:.3f} to {high:.3f}")

# %% [markdown]
# ### What a forgotten scaling does
#
# The result stands, and nothing is chosen any more. So we may use the test images to see what happens when their scaling is
# forgotten.

# %% tags=["skip-execution"]
x_test_standardised = standardize(x_test, mean, std)
for name, images in [("scaled", x_test_standardised), ("raw", x_test)]:
    loss, accuracy = model.evaluate(images, y_test, verbose=0)
    print(f"{name:6}  loss {loss:6.3f}   accuracy {accuracy:.3f}")

# %% [markdown]
# No error, no warning. The accuracy alone looks like a disappointing network. The **loss** gives it away: a loss far above
# $\ln 10$ means that the network is sure, and wrong.

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
# lie on the diagonal.

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
# Give each pair a number of its own. For a day and an hour that is `24 * day + hour`: `np.bincount(numbers, minlength=168)`
# counts them, and `reshape(7, 24)` makes a table. Bytes (`uint8`) are too small for such numbers: convert first.
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
# Shirts are usually at the bottom of the list, and Trousers near its end.

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
# <details><summary>Hint 3: a similar example</summary>
#
# The place of the smallest element of a table: `np.unravel_index(table.argmin(), table.shape)`. Here the diagonal must be
# out of the way first.
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
# Was it your guess? Which pair comes first depends on the seed.
#
# Now look at the pictures themselves. Choose a row and a column. The numbers above the pictures say how
# sure the network was.

# %% tags=["skip-execution"]
widgets.confusion_browser(
    matrix, fashion.x_test, y_test, predictions, fashion.class_names, probabilities
)

# %% [markdown]
# Try true *Shirt*, predicted *T-shirt/top*, then the other way round. Could you tell them apart?

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
# "Sandal, not Sneaker" reads: it is a Sandal, and was taken for a Sneaker. Some are strange pictures. With others
# you may want to argue with the label. Looking at them shows what a data set is like.

# %% [markdown]
# ## Check your understanding
#
# Commit first. The explanations appear when you do.
#
# **Question 1.** A test that goes wrong

# %% tags=["skip-execution"]
widgets.commit_box(
    "Validation accuracy 0.89, but on the test set accuracy 0.74 and loss 31. What is the most likely reason?",
    {
        "The network has overfitted": "Validation images are unseen images, too. Overfitting would have shown there.",
        "The test images were not scaled": "A loss of 31 means that the network is certain of wrong answers. Inputs "
        "a hundred times too large do that.",
        "The test images are more difficult": "A difficult image makes a network doubtful. Its loss may be 2 or 3, not 31.",
    },
    answer="The test images were not scaled",
)

# %% [markdown]
# **Question 2.** Cross-entropy upside down

# %% tags=["skip-execution"]
widgets.commit_box(
    "Somebody forgets the minus sign of cross-entropy, clips p at 1e-7 as you did, and trains. What happens?",
    {
        "The same as ever, with negative numbers for losses": "`fit` makes the loss small, and `ln p` is smallest where p is "
        "smallest.",
        "The network learns to give the true class nothing": "The loss falls until p reaches the clip, and stays near "
        "`ln 1e-7`, about -16. Without a clip it would fall without end.",
        "Keras stops with an error, as losses are positive": "A loss may have either sign. Keras cannot know that this one is "
        "upside down.",
    },
    answer="The network learns to give the true class nothing",
)

# %% [markdown]
# **Question 3.** Two curves that disagree

# %% tags=["skip-execution"]
widgets.commit_box(
    "The training loss falls. The validation loss has risen for five epochs, at the same validation accuracy. Why?",
    {
        "The network becomes too sure of its mistakes": "Accuracy asks which class is first, the loss how sure the network "
        "was. Stop earlier (lesson 10) or hold the network back (lesson 08).",
        "The learning rate is too small for this network": "Then the training loss would hardly fall either.",
        "Loss or accuracy must be computed wrongly": "A picture with 0.6 on the wrong class and one with 0.9999 are one mistake "
        "each, but the second costs far more.",
    },
    answer="The network becomes too sure of its mistakes",
)

# %% [markdown]
# **Question 4.** A paired comparison

# %% tags=["skip-execution"]
widgets.commit_box(
    "On the same 5,000 images one network has 0.890, the other 0.880. They differ on 60 images. What does that say?",
    {
        "Nothing: both intervals are wider than 0.01": "They allow for other images. But the images are the same, so only those "
        "on which the networks differ count.",
        "The first network is better on such images": "It is right on 50 images more: 55 against 5. The standard error of the "
        "difference is the root of 60, about 8, and 50 is more than six of them.",
        "The first kind of network is the better one": "That takes several seeds of each. These are two networks.",
    },
    answer="The first network is better on such images",
)

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
#   one accuracy you report, with its confidence interval.
# * Compare two classifiers on the same images: only those on which they differ count.
# * Bring inputs to the size of 1, around 0. Fit the scaler on the training images, and use its two numbers
#   everywhere, the test set included.
# * Cross-entropy is $-\ln$ of the probability of the true class. It pushes hardest where the network is
#   sure and wrong; squared error hardly pushes there at all.
# * Learning curves show overfitting; the validation loss shows it before the accuracy does.
# * The confusion matrix says which mistakes there are, and the most confident ones are worth looking at.
#
# ## Where to go next
#
# [Going further](going_further/06_fashion_mnist_going_further.ipynb) measures squared error, batch sizes and
# `steps_per_execution`, and shows which loss belongs to which task.
#
# Lesson 07 predicts house prices instead of classes: regression, with squared error in its proper place.
# Lesson 08 makes this network deep and keeps it from overfitting. Lesson 10 stops the training when the
# validation loss turns upwards.
#
# Go on with [07 · House prices: regression](../07_housing/07_housing.ipynb)
