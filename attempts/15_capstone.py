# %% accept build_and_train: embeddings and numbers, everything in one model, trained on the raw dict, early stopping
def build_and_train(train, valid):
    columns, labels = train
    inputs, parts = {}, []
    for name in columns:
        if columns[name].dtype == object:
            inputs[name] = keras.Input((), dtype="string", name=name)
            lookup = keras.layers.StringLookup()
            lookup.adapt(columns[name])
            n = lookup.vocabulary_size()
            parts.append(keras.layers.Embedding(n, 8)(lookup(inputs[name])))
        else:
            inputs[name] = keras.Input((1,), name=name)
            if name == "fnlwgt":
                continue
            bins = np.unique(np.quantile(columns[name][columns[name] > 0], np.linspace(0, 1, 30)))
            to_bin = keras.layers.Discretization(bin_boundaries=[float(b) - 0.5 for b in bins])
            parts.append(
                keras.layers.Flatten()(
                    keras.layers.Embedding(len(bins) + 1, 8)(to_bin(inputs[name]))
                )
            )
    h = keras.layers.Concatenate()(parts)
    for units in (64, 32):
        h = keras.layers.Dense(units, activation="relu")(h)
        h = keras.layers.Dropout(0.3)(h)
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(h))
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(4e-3, 10 * 79)),
        "binary_crossentropy",
        metrics=["accuracy"],
    )
    stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    model.fit(
        tf.data.Dataset.from_tensor_slices((columns, labels)).shuffle(20_000).batch(256),
        validation_data=tf.data.Dataset.from_tensor_slices(valid).batch(1000),
        epochs=10,
        callbacks=[stop],
        verbose=2,
    )
    return model


# %% accept build_and_train: prepared with NumPy for the training, the same again as layers, logits and a sigmoid behind
def build_and_train(train, valid):
    columns, labels = train
    words = {n: sorted(set(v)) for n, v in columns.items() if v.dtype == object}
    cuts = {
        n: np.unique(np.quantile(v[v > 0], np.linspace(0, 1, 40), method="nearest"))
        for n, v in columns.items()
        if n not in words and n != "fnlwgt"
    }

    def one_hot(numbers, n):
        return np.eye(n, dtype="float32")[numbers]

    parts = [one_hot(np.searchsorted(words[n], columns[n].tolist()), len(words[n])) for n in words]
    parts += [
        one_hot(np.searchsorted(c, columns[n], side="right"), len(c) + 1) for n, c in cuts.items()
    ]
    x = np.concatenate(parts, axis=1)
    network = keras.Sequential([keras.Input((x.shape[1],))])
    for units in (128, 64):
        network.add(keras.layers.Dense(units, "relu"))
        network.add(keras.layers.Dropout(0.4))
    network.add(keras.layers.Dense(1))
    network.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, 12 * 79)),
        keras.losses.BinaryCrossentropy(from_logits=True),
        steps_per_execution=32,
    )
    network.fit(x, labels.astype("float32")[:, None], epochs=12, batch_size=256, verbose=0)

    inputs = {
        n: keras.Input((1,), dtype="string" if n in words else "float32", name=n) for n in columns
    }
    encoded = []
    for n in words:
        rows = keras.layers.StringLookup(vocabulary=words[n], output_mode="one_hot")(inputs[n])
        encoded.append(rows[:, 1:])  # the words nobody knows have no column
    for n, c in cuts.items():
        layer = keras.layers.Discretization(bin_boundaries=c.tolist(), output_mode="one_hot")
        encoded.append(layer(inputs[n]))
    logits = network(keras.layers.Concatenate()(encoded))
    return keras.Model(inputs, keras.ops.sigmoid(logits))


# %% accept build_and_train: a cross of two columns, an Adam with weight decay, two networks averaged
def build_and_train(train, valid):
    columns, labels = train
    layers = keras.layers
    inputs, parts = {}, []
    for name, values in columns.items():
        word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if word else "float32", name=name)
        if word:
            layer = layers.StringLookup(output_mode="one_hot")
            layer.adapt(values)
            parts.append(layer(inputs[name]))
        elif name != "fnlwgt":
            some = np.unique(
                np.quantile(
                    values[values > 0],
                    np.linspace(0, 1, 20 if values.min() > 0 else 60),
                    method="lower",
                )
            )
            layer = layers.Discretization(
                bin_boundaries=list(map(float, some)), output_mode="one_hot"
            )
            parts.append(layer(inputs[name]))
    cross = layers.HashedCrossing(num_bins=100, output_mode="one_hot")
    parts.append(cross((inputs["education"], inputs["occupation"])))
    prepare = keras.Model(inputs, layers.Concatenate()(parts))
    x = prepare.predict(columns, batch_size=2000, verbose=0)
    outputs = []
    for _ in range(2):
        network = keras.Sequential(
            [
                keras.Input(x.shape[1:]),
                layers.Dense(128, "relu"),
                layers.Dropout(0.4),
                layers.Dense(32, "relu"),
                layers.Dropout(0.3),
                layers.Dense(1, "sigmoid"),
            ]
        )
        rate = keras.optimizers.schedules.CosineDecay(2e-3, 10 * 79)
        network.compile(
            keras.optimizers.AdamW(rate, weight_decay=1e-3),
            "binary_crossentropy",
            steps_per_execution=16,
        )
        network.fit(x, labels, batch_size=256, epochs=10, verbose=0)
        outputs.append(network(prepare.output))
    return keras.Model(inputs, layers.Average()(outputs))


# %% reject build_and_train: the baseline, so less than half of the points for its log loss
# message: 5 of 10 points
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: the numbers alone
# message: 3 of 10 points
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        if not is_word:
            features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: a Lambda layer, which does not load
# message: 3 of 10 points
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    shifted = keras.layers.Lambda(lambda x: x - 0.1)(together)
    outputs = keras.layers.Dense(1, activation="sigmoid")(shifted)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: a layer of its own that is registered, so that only the notebook can load it
# message: 3 of 10 points
@keras.saving.register_keras_serializable()
class Shift(keras.layers.Layer):
    def call(self, x):
        return x - 0.1


def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(Shift()(together))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: logits
# message: Are they logits? Then a sigmoid is missing
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1)(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: probabilities of shape (n,)
# message: Expected is an array of shape (18785, 1)
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    outputs = keras.layers.Reshape(())(outputs)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: two probabilities for each row
# message: Expected is an array of shape (18785, 1)
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(2, activation="softmax")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: the probability of label 0
# message: are they those of label 1?
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, 1 - labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: built, never trained
# message: points begin at 0.45
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


# %% reject build_and_train: says the base rate of everybody
# message: It says nearly the same of every row
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = 0.0 * keras.layers.Dense(1)(together) + float(labels.mean())
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


# %% reject build_and_train: the rows of a batch come out backwards
# message: points begin at 0.45
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return keras.Model(inputs, keras.ops.flip(outputs, axis=0))


# %% reject build_and_train: yes or no instead of a probability
# message: points begin at 0.45
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return keras.Model(inputs, keras.ops.round(outputs))


# %% reject build_and_train: numbers standardised before the training only
# message: points begin at 0.45
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Rescaling(1.0)
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    scaled = {n: v if v.dtype == object else (v - v.mean()) / v.std() for n, v in columns.items()}
    model.fit(scaled, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: all preparation outside, so the model wants an array
# message: Is all preparation inside the model?
def build_and_train(train, valid):
    columns, labels = train
    parts = []
    for values in columns.values():
        if values.dtype == object:
            parts.append(pd.get_dummies(values).to_numpy("float32"))
        else:
            parts.append(((values - values.mean()) / values.std())[:, None])
    x = np.concatenate(parts, axis=1)
    model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.fit(x, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: no place for words that are new
# message: does not take a single row with a word it has not met before
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(
                vocabulary=sorted(set(values)), output_mode="one_hot", num_oov_indices=0
            )
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: no inputs for the columns that it does not use
# message: does not take the raw columns
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    columns = {n: v for n, v in columns.items() if v.dtype != object}
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: takes a column out of the caller's dict
# message: changes its arguments in place
def build_and_train(train, valid):
    columns, labels = train
    columns.pop("fnlwgt")
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: scales the caller's column in place
# message: changes its arguments in place
def build_and_train(train, valid):
    columns, labels = train
    columns["fnlwgt"] /= 1000
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: changes the caller's labels
# message: changes its arguments in place
def build_and_train(train, valid):
    columns, labels = train
    labels[:100] = 0
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: trained on rows loaded by itself, with their own labels
# message: are they those of label 1?
def build_and_train(train, valid):
    columns, labels = data.load_adult().train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return model


# %% reject build_and_train: diverged
# message: not finite numbers
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.SGD(float("nan")), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return model


# %% reject build_and_train: returns the History
# message: gave a History; a keras.Model was expected
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    history = model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)
    return history


# %% reject build_and_train: forgets to return
# message: gave None. Does it end with `return model`?
def build_and_train(train, valid):
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(columns, labels, batch_size=256, epochs=1, verbose=0)


# %% reject build_and_train: no Keras model, but something with a method predict
# message: gave a Rate; a keras.Model was expected
class Rate:
    def __init__(self, rate):
        self.rate = rate

    def predict(self, columns, verbose=0):
        return np.full((len(columns["age"]), 1), self.rate)


def build_and_train(train, valid):
    return Rate(train[1].mean())


# %% reject build_and_train: far beyond the budget (by a clock put forward, so that nobody has to wait)
# message: 60 s are the budget
def build_and_train(train, valid):
    clock = time.process_time
    time.process_time = lambda: clock() + 91
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if is_word:
            layer = keras.layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
        else:
            layer = keras.layers.Normalization(mean=values.mean(), variance=values.var())
        features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    outputs = keras.layers.Dense(1, activation="sigmoid")(together)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model
