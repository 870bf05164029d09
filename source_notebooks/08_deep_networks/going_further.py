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
# # 08 · Going further: one change at a time
#
# Five comparisons that the lesson has no room for: what remedies do in a plane, normalisation
# before or after the activation, two kinds of dropout for SELU, what penalties do to weights, and training
# with augmentation. Each changes one thing and leaves the rest as it is. Nothing here is graded, and it needs
# nothing of the lesson's notebook.

# %%
from helpers import data, plots  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## Remedies in a plane
#
# A plane shows what a remedy does. Here are sixty points of two half moons, with noise, and a network with two
# layers of 128 units. That is far more weights than points.

# %%
rng = np.random.default_rng(2)
label = np.arange(60) % 2
angle = rng.uniform(0, np.pi, 60)
moons = np.stack([np.cos(angle), np.sin(angle)], axis=1)
moons[label == 1] = [1.0, 0.4] - moons[label == 1]
moons += rng.normal(0, 0.3, moons.shape)

figure, axes = plt.subplots(1, 3, figsize=(13, 3.8), layout="constrained")
for ax, (name, penalty, rate) in zip(
    axes,
    [("no remedy", None, 0), ("L2", keras.regularizers.L2(0.01), 0), ("dropout 0.5", None, 0.5)],
):
    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((2,))])
    for _ in range(2):
        network.add(keras.layers.Dense(128, "relu", kernel_regularizer=penalty))
        network.add(keras.layers.Dropout(rate))
    network.add(keras.layers.Dense(1, "sigmoid"))
    network.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", steps_per_execution=25)
    network.fit(
        np.tile(moons, (25, 1)), np.tile(label, 25), batch_size=60, epochs=16, verbose=0
    )  # 400 steps
    plots.decision_boundary(network.predict_on_batch, moons, label, ax).set_title(name)
plt.show()

# %% [markdown]
# Blue is class 0, orange class 1, and the black line is the border. The borders differ most where there are
# no points. They differ in how sure the network is. Without a remedy, and with dropout, the colours are full
# right up to the line, even where the classes nearly touch. L2 keeps the weights small, so the probability
# changes slowly: a pale band of doubt lies along the border.

# %% [markdown]
# ## The data and the trainings
#
# As in the lesson: 8,992 training images, standardised.

# %%
fashion = data.load_fashion_mnist()
n_valid = 1008 if fashion.is_sample else 5000
training_images = fashion.x_train[n_valid:]
mean, std = training_images.mean(), training_images.std()
x_few = ((training_images[:8992] - mean) / std).astype("float32")
x_valid = ((fashion.x_train[:n_valid] - mean) / std).astype("float32")
y_few, y_valid = fashion.y_train[n_valid:][:8992], fashion.y_train[:n_valid]


def dense_stack(n_layers, width, activation, initializer, norm=None, drop=None, penalty=None):
    """A stack of dense layers; norm: "before" or "after" the activation; drop: a layer before the output."""
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(
            keras.layers.Dense(width, kernel_initializer=initializer, kernel_regularizer=penalty)
        )
        if norm == "before":
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Activation(activation))
        if norm == "after":
            model.add(keras.layers.BatchNormalization())
    if drop is not None:
        model.add(drop)
    model.add(keras.layers.Dense(10, "softmax"))
    return model


def train(make, optimizer, epochs):
    """Train the network that make() returns, always from the same seed; returns (model, History)."""
    keras.utils.set_random_seed(0)
    model = make()
    model.compile(
        optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=16
    )
    history = model.fit(
        x_few,
        y_few,
        batch_size=64,
        epochs=epochs,
        validation_data=(x_valid, y_valid),
        verbose=0,
    )
    return model, history


def show_last(histories):
    """Print what each training has reached in its last epoch."""
    for name, history in histories.items():
        last = {key: values[-1] for key, values in history.history.items()}
        print(
            f"{name:20} accuracy: training {last['accuracy']:.3f}, validation {last['val_accuracy']:.3f}"
            f"   validation loss {last['val_loss']:.3f}"
        )


# %% [markdown]
# ## Normalisation before or after the activation?
#
# The inventors of batch normalisation put it between the matrix product and the activation. Others put it
# after the activation. In the former case the bias of the dense layer could go: subtracting the mean removes
# it at once, and `beta` takes its place.

# %%
places = {
    f"norm {place}": train(
        lambda place=place: dense_stack(20, 100, "relu", "glorot_uniform", norm=place),
        keras.optimizers.SGD(0.02),
        epochs=10,
    )[1]
    for place in ("before", "after")
}
show_last(places)
plots.compare_curves(places).set_title("Twenty layers of ReLU, two places for normalisation")
plt.show()

# %% [markdown]
# | validation accuracy after ten epochs, several seeds | |
# |---|---|
# | normalised after the activation | 0.74 to 0.81 |
# | normalised before it | 0.78 to 0.81 |
#
# The two overlap, and no rule holds everywhere. Try both on your problem.

# %% [markdown]
# ## Dropout for SELU
#
# Dropout sets values to 0 and stretches the others. The mean stays, but the variance grows, and SELU's balance
# is lost. **AlphaDropout** does not set values to 0, but to the lowest value that SELU can give,
# $-\lambda\alpha = -1.758$. Then it shifts and scales everything so that mean and variance are kept.

# %%
keras.utils.set_random_seed(0)
normal = np.random.default_rng(0).normal(size=(1000, 100)).astype("float32")
values = keras.activations.selu(normal)
for kind in (keras.layers.Dropout, keras.layers.AlphaDropout):
    after = keras.ops.convert_to_numpy(kind(0.5)(values, training=True))
    print(f"{kind.__name__:13} mean {after.mean():5.2f}  variance {after.var():4.2f}")

# %% [markdown]
# Which of the two is better for a network? A common way to compare is this: take the network with ReLU and
# normalisation, then one with SELU and AlphaDropout, and say that dropout has made the difference. But then
# **three** things have changed: activation, normalisation and dropout. Nobody can tell which of them did it.
# So here only the dropout layer changes.

# %%
drops = {
    "SELU, no dropout": lambda: None,
    "SELU, Dropout": lambda: keras.layers.Dropout(0.5),
    "SELU, AlphaDropout": lambda: keras.layers.AlphaDropout(0.5),
}
dropped = {
    name: train(
        lambda drop=drop: dense_stack(20, 100, "selu", "lecun_normal", drop=drop()),
        keras.optimizers.SGD(0.02),
        epochs=10,
    )[1]
    for name, drop in drops.items()
}
show_last(dropped)
plots.curve_panels(dropped, n_columns=3)

# %% [markdown]
# | several seeds | training accuracy | validation accuracy | validation loss |
# |---|---|---|---|
# | no dropout | 0.89 to 0.90 | 0.80 to 0.84 | 0.48 to 0.67 |
# | with Dropout | 0.87 to 0.88 | 0.82 to 0.85 | 0.42 to 0.53 |
# | with AlphaDropout | 0.87 to 0.88 | 0.82 to 0.85 | 0.72 to 0.95 |
#
# Either dropout costs training accuracy and gains about a point on new images on average, less than the seeds
# differ. Between the two the accuracy makes no difference here. In the loss plain dropout is clearly better:
# the network with AlphaDropout is too sure of its mistakes.
#
# The theory speaks for AlphaDropout. But here dropout stands right before the output, where no further SELU
# layer needs the balance. That may be why it gains nothing.

# %% [markdown]
# ## What penalties do to weights

# %%
penalties = {
    "no penalty": None,
    "L2": keras.regularizers.L2(0.001),
    "L1": keras.regularizers.L1(0.0001),
}
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
for (name, penalty), style, colour in zip(penalties.items(), ("-", "--", ":"), plots.COLOURS):
    model, _ = train(
        lambda penalty=penalty: dense_stack(3, 256, "relu", "he_normal", penalty=penalty),
        "adam",
        epochs=10,
    )
    weights = np.concatenate([w.numpy().ravel() for w in model.weights if w.name == "kernel"])
    tiny = np.mean(np.abs(weights) < 0.001)
    print(
        f"{name:10} {tiny:4.0%} of the weights are smaller than 0.001; largest {np.abs(weights).max():.2f}"
    )
    ax.hist(
        weights, bins=np.linspace(-0.25, 0.25, 101), histtype="step", color=colour, linestyle=style,
        linewidth=2, density=True, label=name,
    )  # fmt: skip
ax.set(xlabel="weight", ylabel="density (log scale)", yscale="log")
ax.legend()
plt.show()

# %% [markdown]
# Both penalties make weights small. L1 pushes many of them next to 0: the narrow peak in the middle is its
# mark. The weights that are left do the work.

# %% [markdown]
# ## Training with augmentation
#
# The augmenting layers stand at the front of the network. They want images with a channel axis, so a `Reshape`
# comes first.


# %%
def augmented(*layers):
    """Three layers of 256 behind these layers, which take images (n, 28, 28, 1)."""
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Reshape((28, 28, 1)),
            *layers,
            keras.layers.Reshape((28, 28)),
            dense_stack(3, 256, "relu", "he_normal"),
        ]
    )


flipped_and_moved = [
    keras.layers.RandomFlip("horizontal"),
    keras.layers.RandomTranslation(0.05, 0.05),
    keras.layers.RandomRotation(0.02),
]
augmentations = {}
for name, layers in {
    "no augmentation": [],
    "flip": [keras.layers.RandomFlip("horizontal")],
    "flip, shift, turn": flipped_and_moved,
}.items():
    _, augmentations[name] = train(lambda layers=layers: augmented(*layers), "adam", epochs=10)
show_last(augmentations)
plots.curve_panels(augmentations, "accuracy", n_columns=3)

# %% [markdown]
# With augmentation the gap is nearly gone, but the validation accuracy hardly rises. Why not?
#
# * A dense layer knows nothing of neighbourhood. To it a shirt shifted by two pixels is a completely different
#   set of numbers, and it has to learn each position for itself. Ten epochs are few for that.
# * Fashion-MNIST is tidy. The pictures are centred, and nearly all shoes point to the left, in the test set as
#   well. The network learns to read shifted pictures and mirrored shoes that nobody will show it.
#
# Augmentation pays when the images met later really vary in that way, and with networks made for pictures.
