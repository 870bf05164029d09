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
    parts += [one_hot(np.searchsorted(c, columns[n], side="right"), len(c) + 1) for n, c in cuts.items()]
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


# %% accept build_and_train: a cross of two columns, batch normalisation, two networks averaged
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
            some = np.unique(np.quantile(values[values > 0], np.linspace(0, 1, 50), method="lower"))
            layer = layers.Discretization(bin_boundaries=list(map(float, some)), output_mode="one_hot")
            parts.append(layer(inputs[name]))
    cross = layers.HashedCrossing(num_bins=500, output_mode="one_hot")
    parts.append(cross((inputs["education"], inputs["occupation"])))
    prepare = keras.Model(inputs, layers.Concatenate()(parts))
    x = prepare.predict(columns, batch_size=2000, verbose=0)
    outputs = []
    for _ in range(2):
        network = keras.Sequential(
            [
                keras.Input(x.shape[1:]),
                layers.Dense(64),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.Dropout(0.5),
                layers.Dense(32, "relu"),
                layers.Dropout(0.3),
                layers.Dense(1, "sigmoid"),
            ]
        )
        rate = keras.optimizers.schedules.CosineDecay(3e-3, 8 * 79)
        network.compile(keras.optimizers.Adam(rate), "binary_crossentropy", steps_per_execution=16)
        network.fit(x, labels, batch_size=256, epochs=8, verbose=0)
        outputs.append(network(prepare.output))
    return keras.Model(inputs, layers.Average()(outputs))


