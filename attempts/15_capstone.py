# %% accept build_and_train: scaled outside, the scaling put in front afterwards, logits
def build_and_train(x_train, y_train, x_valid, y_valid):
    prepared = x_train.reshape(-1, 784).astype("float32") / 255 - 0.3
    network = keras.Sequential([keras.Input((784,))])
    for units in [200, 100]:
        network.add(keras.layers.Dense(units, use_bias=False))
        network.add(keras.layers.BatchNormalization())
        network.add(keras.layers.Activation("relu"))
        network.add(keras.layers.Dropout(0.25))
    network.add(keras.layers.Dense(10))
    n_epochs = 18
    rate = keras.optimizers.schedules.CosineDecay(2e-3, n_epochs * 79)
    network.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        steps_per_execution=32,
    )
    network.fit(prepared, y_train, batch_size=128, epochs=n_epochs, verbose=0)
    prepare = [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Rescaling(1 / 255, -0.3),
    ]
    return keras.Sequential([*prepare, network])


# %% accept build_and_train: convolutional layers, functional API, one-hot labels
def build_and_train(x_train, y_train, x_valid, y_valid):
    inputs = keras.Input((28, 28))
    x = keras.layers.Reshape((28, 28, 1))(keras.layers.Rescaling(1 / 255)(inputs))
    for n in (12, 24):
        x = keras.layers.Conv2D(n, 3, activation="relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Dropout(0.2)(keras.layers.Flatten()(x))
    x = keras.layers.Dense(64, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))
    rate = keras.optimizers.schedules.CosineDecay(3e-3, 7 * 157)
    model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, keras.utils.to_categorical(y_train, 10), epochs=7, batch_size=64, verbose=2)
    return model


# %% accept build_and_train: mirrored copies, early stopping on the validation images, a subclass
def build_and_train(x_train, y_train, x_valid, y_valid):
    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = [keras.layers.Dense(256, "relu"), keras.layers.Dense(128, "relu")]
            self.norms = [keras.layers.BatchNormalization() for _ in self.hidden]
            self.drop = keras.layers.Dropout(0.3)
            self.out = keras.layers.Dense(10, "softmax")

        def call(self, images, training=None):
            x = keras.ops.reshape(keras.ops.cast(images, "float32") / 127.5 - 1, (-1, 784))
            for dense, norm in zip(self.hidden, self.norms):
                x = self.drop(norm(dense(x), training=training), training=training)
            return self.out(x)

    model = Classifier()
    x = np.concatenate([x_train, x_train[:, :, ::-1]])
    y = np.concatenate([y_train, y_train])
    rate = keras.optimizers.schedules.CosineDecay(2e-3, 12 * 157)
    model.compile(
        keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    stop = keras.callbacks.EarlyStopping("val_loss", patience=6, restore_best_weights=True)
    model.fit(
        x, y, batch_size=128, epochs=12, validation_data=(x_valid, y_valid), callbacks=[stop]
    )
    return model


# %% accept build_and_train: no Keras in what is returned, three networks that vote
def build_and_train(x_train, y_train, x_valid, y_valid):
    import warnings

    mean, std = x_train.mean(), x_train.std()

    def standardise(images):
        return (images.astype("float32") - mean) / std

    networks = []
    for seed in range(3):
        network = keras.Sequential(
            [
                keras.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(200, "relu"),
                keras.layers.Dropout(0.4),
                keras.layers.Dense(10, "softmax"),
            ]
        )
        network.compile(
            keras.optimizers.Adam(keras.optimizers.schedules.PolynomialDecay(2e-3, 12 * 79, 1e-5)),
            "sparse_categorical_crossentropy",
            steps_per_execution=16,
        )
        network.fit(standardise(x_train), y_train, batch_size=128, epochs=12, verbose=0)
        networks.append(network)
    warnings.warn("a committee")

    class Committee:
        def predict(self, images, verbose="auto"):
            x = standardise(np.asarray(images))
            return sum(network.predict(x, verbose=verbose) for network in networks) / 3

    return Committee()


# %% reject build_and_train: scaled for the training only
# message: as they come, from 0 to 255
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit((x_train - 72.9) / 90.0 / 255 + 1, y_train, batch_size=128, epochs=1, verbose=0)
    return model


# %% reject build_and_train: no hidden layer, so half of the points
# message: 4 of 8 points
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, batch_size=128, epochs=15, verbose=0)
    return model


# %% reject build_and_train: raw pixels
# message: The unseen accuracy is 0.
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, "relu"),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, epochs=1, verbose=0)
    return model


# %% reject build_and_train: built, never trained
# message: points begin at 0.70
def build_and_train(x_train, y_train, x_valid, y_valid):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(10, "softmax"),
        ]
    )


# %% reject build_and_train: returns the History
# message: gave a History, which has no method predict
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model.fit(x_train[:100], y_train[:100], verbose=0)


# %% reject build_and_train: forgets to return
# message: gave None. Does it end with `return model`?
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(x_train[:100], y_train[:100], verbose=0)


# %% reject build_and_train: one output, as for a number
# message: Expected (3000, 10): a score for each class.
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(1)]
    )
    model.compile("sgd", "mse")
    model.fit(x_train[:100] / 255, y_train[:100], verbose=0)
    return model


# %% reject build_and_train: wants flat pictures
# message: does not take uint8 images of shape (n, 28, 28)
def build_and_train(x_train, y_train, x_valid, y_valid):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Dense(64, "relu"),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x_train[:200].reshape(-1, 784), y_train[:200], verbose=0)
    return model


# %% reject build_and_train: trained beforehand on images loaded by itself, with their own numbers
# message: points begin at 0.70
def build_and_train(x_train, y_train, x_valid, y_valid):
    found = data.load_fashion_mnist(data.SHIPPED_FOLDER)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(128, "relu"),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(found.x_train, found.y_train, batch_size=128, epochs=2, verbose=0)
    return model


# %% reject build_and_train: scales the caller's array in place
# message: changes its argument in place
def build_and_train(x_train, y_train, x_valid, y_valid):
    x_train //= 2
    model = keras.Sequential(
        [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(x_train[:100], y_train[:100], verbose=0)
    return model


# %% reject build_and_train: far beyond the budget (by a clock put forward, so that nobody has to wait)
# message: 30 s are the budget
def build_and_train(x_train, y_train, x_valid, y_valid):
    clock = time.process_time
    time.process_time = lambda: clock() + 46
    return keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)])
