# %% accept build_deep: Sequential with add
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28)))
    model.add(keras.layers.Flatten())
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation, kernel_initializer="he_normal"))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout:
        if activation == "selu":
            model.add(keras.layers.AlphaDropout(dropout))
        else:
            model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax())
    return model

# %% accept build_deep: functional, Activation apart, Reshape instead of Flatten
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    inputs = keras.Input((28, 28))
    x = keras.layers.Reshape((784,))(inputs)
    for i in range(n_layers):
        x = keras.layers.Dense(width, name=f"hidden_{i}")(x)
        x = keras.layers.Activation(activation)(x)
        if batch_norm:
            x = keras.layers.BatchNormalization(name=f"norm_{i}")(x)
    if dropout > 0:
        drop = {"selu": keras.layers.AlphaDropout}.get(activation, keras.layers.Dropout)
        x = drop(dropout)(x)
    outputs = keras.layers.Dense(10, activation=keras.activations.softmax)(x)
    return keras.Model(inputs, outputs)

# %% accept build_deep: a list of layers, LeCun for SELU, a dropout layer of rate 0 where none is asked for
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    init = "lecun_normal" if activation == "selu" else "orthogonal"
    layers = [keras.Input((28, 28)), keras.layers.Flatten()]
    for _ in range(n_layers):
        layers += [keras.layers.Dense(width, activation, kernel_initializer=init)]
        layers += [keras.layers.BatchNormalization()] * 0 if not batch_norm else [
            keras.layers.BatchNormalization()
        ]
    layers.append((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    layers.append(keras.layers.Dense(10, "softmax"))
    return keras.Sequential(layers)

# %% accept build_deep: nested blocks
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    def block():
        block = keras.Sequential([keras.layers.Dense(width, activation=activation)])
        if batch_norm:
            block.add(keras.layers.BatchNormalization())
        return block

    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(block())
    if dropout > 0:
        model.add(keras.layers.AlphaDropout(dropout) if activation == "selu" else keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% accept build_deep: a subclass that keeps its layers in separate lists, built by a call
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    class Deep(keras.Model):
        def __init__(self):
            super().__init__()
            self.flatten = keras.layers.Flatten()
            self.hidden = [keras.layers.Dense(width, activation=activation) for _ in range(n_layers)]
            self.norms = [keras.layers.BatchNormalization() for _ in range(n_layers)] if batch_norm else []
            kind = keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout
            self.drop = kind(dropout) if dropout > 0 else None
            self.out = keras.layers.Dense(10, activation="softmax")

        def call(self, inputs, training=False):
            x = self.flatten(inputs)
            for i, layer in enumerate(self.hidden):
                x = layer(x)
                if self.norms:
                    x = self.norms[i](x, training=training)
            if self.drop is not None:
                x = self.drop(x, training=training)
            return self.out(x)

    model = Deep()
    model(np.zeros((1, 28, 28), "float32"))
    return model

# %% accept build_deep: functional with keras.ops, softmax through ops, activation as a function
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    inputs = keras.Input((28, 28))
    x = keras.ops.reshape(inputs, (-1, 784))
    f = keras.activations.get(activation)
    for _ in range(n_layers):
        x = f(keras.layers.Dense(width)(x))
        if batch_norm:
            x = keras.layers.BatchNormalization()(x)
    if dropout > 0.0:
        x = (keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout)(x)
    x = keras.layers.Dense(10)(x)
    return keras.Model(inputs=inputs, outputs=keras.ops.softmax(x))

# %% reject build_deep: normalisation before the activation
# message: before the activation
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Activation(activation))
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: always Dropout
# message: wrong kind of dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: always AlphaDropout
# message: wrong kind of dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add(keras.layers.AlphaDropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: dropout after every hidden layer
# message: one dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
        if dropout > 0:
            model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: dropout on the pixels
# message: one dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: dropout after the output
# message: one dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    for _ in range(n_layers):
        x = keras.layers.Dense(width, activation=activation)(x)
        if batch_norm:
            x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Dense(10)(x)
    if dropout > 0:
        x = (keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout)(x)
    return keras.Model(inputs, keras.layers.Softmax()(x))

# %% reject build_deep: dropout is forgotten
# message: nothing is dropped
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: the rate is always 0.5
# message: of rate 0.25
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(0.5))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: one normalisation for all layers
# message: BatchNormalization layers
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    norm = keras.layers.BatchNormalization()
    for _ in range(n_layers):
        x = keras.layers.Dense(width, activation=activation)(x)
        if batch_norm:
            x = norm(x)
    if dropout > 0:
        x = (keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout)(x)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))

# %% reject build_deep: no normalisation after the last hidden layer
# message: one after each hidden layer
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for i in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm and i < n_layers - 1:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: always normalises
# message: 0 expected
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: layer normalisation
# message: BatchNormalization layers
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.LayerNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: compiled
# message: is compiled
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model

# %% reject build_deep: the activation is always ReLU
# message: use ReLU, not the activation asked for
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation="relu"))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: logits
# message: softmax at the end is missing
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10))
    return model

# %% reject build_deep: one hidden layer too many
# message: other weights than expected
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(width, activation=activation))
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: no Flatten
# message: other weights than expected
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28))])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: no Input, so not built
# message: no weights yet
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: whole rows are dropped
# message: dropped together
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        if activation == "selu":
            model.add(keras.layers.AlphaDropout(dropout))
        else:
            model.add(keras.layers.Dropout(dropout, noise_shape=(None, 1)))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: a default dropout of 0.5
# message: in training mode
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.5):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: batch normalisation by default
# message: 0 expected
def build_deep(n_layers, width, activation="relu", batch_norm=True, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: tanh by default
# message: build_deep(2, 30, {})
def build_deep(n_layers, width, activation="tanh", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: a smaller epsilon
# message: outside training
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization(epsilon=1e-5))
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: another momentum
# message: momentum at its usual value
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization(momentum=0.9))
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: normalisation without gamma and beta
# message: other weights than expected
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization(scale=False, center=False))
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: frozen kernels of the hidden layers
# message: are trainable
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation, trainable=False))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: the rate is what is kept
# message: of rate 0.25
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(1 - dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: no return
# message: Does the function end with `return model`
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for _ in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    if dropout > 0:
        model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))

# %% reject build_deep: dropout before the last normalisation
# message: one dropout
def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for i in range(n_layers):
        model.add(keras.layers.Dense(width, activation=activation))
        if dropout > 0 and i == n_layers - 1:
            model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
        if batch_norm:
            model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model

# %% reject build_deep: the same model each time
# message: share their weights
_made = {}

def build_deep(n_layers, width, activation="relu", batch_norm=False, dropout=0.0):
    key = n_layers, width, activation, batch_norm, dropout
    if key not in _made:
        model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
        for _ in range(n_layers):
            model.add(keras.layers.Dense(width, activation=activation))
            if batch_norm:
                model.add(keras.layers.BatchNormalization())
        if dropout > 0:
            model.add((keras.layers.AlphaDropout if activation == "selu" else keras.layers.Dropout)(dropout))
        model.add(keras.layers.Dense(10, activation="softmax"))
        _made[key] = model
    return _made[key]

# %% accept batch_norm: NumPy
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean = np.mean(x, axis=0)
    variance = np.var(x, axis=0)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return x_hat * gamma + beta, mean, variance

# %% accept batch_norm: TensorFlow's moments, tensors
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = tf.nn.moments(tf.convert_to_tensor(x), axes=[0])
    return tf.nn.batch_normalization(x, mean, variance, beta, gamma, epsilon), mean, variance

# %% accept batch_norm: Keras's layer, a list
def batch_norm(x, gamma, beta, epsilon=1e-3):
    layer = keras.layers.BatchNormalization(momentum=0.0, epsilon=epsilon)
    layer.build(x.shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    y = layer(x, training=True)
    return [y.numpy(), layer.moving_mean.numpy(), layer.moving_variance.numpy()]

# %% accept batch_norm: Keras ops
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = keras.ops.moments(x, axes=[0])
    y = gamma * (x - mean) * keras.ops.rsqrt(variance + epsilon) + beta
    return y, mean, variance

# %% accept batch_norm: a loop over the features, float64
def batch_norm(x, gamma, beta, epsilon=1e-3):
    y, mean, variance = np.empty(x.shape), [], []
    for j, column in enumerate(x.T.astype(float)):
        mu = sum(column) / len(column)
        v = sum((column - mu) ** 2) / len(column)
        mean.append(mu)
        variance.append(v)
        y[:, j] = gamma[j] * (column - mu) / (v + epsilon) ** 0.5 + beta[j]
    return y, mean, variance

# %% reject batch_norm: along the examples
# message: Each feature has its own
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=1), x.var(axis=1)
    y = (x - mean[:, None]) / np.sqrt(variance + epsilon)[:, None] * gamma + beta
    return y, mean, variance

# %% reject batch_norm: over everything
# message: That is one number for the whole batch
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(), x.var()
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

# %% reject batch_norm: ddof 1
# message: ddof=1
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0, ddof=1)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

# %% reject batch_norm: divides by the variance
# message: You divide by the variance
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / (variance + epsilon) + beta, mean, variance

# %% reject batch_norm: epsilon outside the root
# message: epsilon belongs inside the root
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta, mean, variance

# %% reject batch_norm: no gamma and beta
# message: gamma and beta are missing
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return (x - mean) / np.sqrt(variance + epsilon), mean, variance

# %% reject batch_norm: gamma and beta swapped
# message: changed places
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return beta * (x - mean) / np.sqrt(variance + epsilon) + gamma, mean, variance

# %% reject batch_norm: beta inside the bracket
# message: beta is added last
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * ((x - mean) / np.sqrt(variance + epsilon) + beta), mean, variance

# %% reject batch_norm: the standard deviation in the place of the variance
# message: That is the standard deviation
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, std = x.mean(axis=0), x.std(axis=0)
    return gamma * (x - mean) / np.sqrt(std**2 + epsilon) + beta, mean, std

# %% reject batch_norm: returns the variance with epsilon
# message: without epsilon
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0) + epsilon
    return gamma * (x - mean) / np.sqrt(variance) + beta, mean, variance

# %% reject batch_norm: keepdims
# message: no keepdims
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

# %% reject batch_norm: ignores epsilon
# message: The argument epsilon is not used
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta, mean, variance

# %% reject batch_norm: in place
# message: in place
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    x -= mean
    x /= np.sqrt(variance + epsilon)
    return gamma * x + beta, mean, variance

# %% reject batch_norm: only y
# message: three arrays
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta

# %% reject batch_norm: another default of epsilon
# message: epsilon is missing, or not the one given
def batch_norm(x, gamma, beta, epsilon=1e-5):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

# %% reject batch_norm: unbiased in y, n in the variance
# message: ddof=1
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(x.var(axis=0, ddof=1) + epsilon) + beta, mean, variance

# %% reject batch_norm: changes gamma
# message: in place
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    gamma /= np.sqrt(variance + epsilon)
    return gamma * (x - mean) + beta, mean, variance

# %% accept dropout: random numbers and where
def dropout(x, rate, rng):
    if rate < 0 or rate >= 1:
        raise ValueError("rate must lie in [0, 1)")
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% accept dropout: a binomial mask
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError(rate)
    keep = 1 - rate
    return x * rng.binomial(1, keep, size=np.shape(x)) / keep

# %% accept dropout: choice, and an early return
def dropout(x, rate, rng):
    if rate == 0:
        return x
    if not 0 < rate < 1:
        raise ValueError("no such rate")
    return x * rng.choice([0.0, 1 / (1 - rate)], size=x.shape, p=[rate, 1 - rate])

# %% accept dropout: a copy with a boolean index
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    y = x / (1 - rate)
    y[rng.uniform(size=x.shape) < rate] = 0
    return y

# %% accept dropout: element by element, as a tensor
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    values = [0.0 if rng.random() < rate else v / (1 - rate) for v in x.ravel()]
    return tf.reshape(tf.constant(values), x.shape)

# %% accept dropout: Keras's own dropout, seeded by the generator
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return keras.random.dropout(x, rate, seed=int(rng.integers(2**31)))

# %% accept dropout: a normal mask by its quantile
from statistics import NormalDist

def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if rate == 0:
        return x.copy()
    return x * (rng.normal(size=x.shape) > NormalDist().inv_cdf(rate)) / (1 - rate)

# %% reject dropout: not scaled
# message: not scaled
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return np.where(rng.random(x.shape) < rate, 0, x)

# %% reject dropout: keeps a share of rate
# message: divided by rate
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if rate == 0:
        return x
    return np.where(rng.random(x.shape) < rate, x / rate, 0)

# %% reject dropout: the mask is upside down
# message: You keep a share of rate
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if rate == 0:
        return x
    return np.where(rng.random(x.shape) < rate, x / (1 - rate), 0)

# %% reject dropout: multiplies instead of dividing
# message: multiplied by 1 - rate
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return np.where(rng.random(x.shape) < rate, 0, x * (1 - rate))

# %% reject dropout: whole columns
# message: Whole rows or columns
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return x * (rng.random(x.shape[-1]) >= rate) / (1 - rate)

# %% reject dropout: whole rows
# message: Whole rows or columns
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    mask = rng.random(x.shape[:1] + (1,) * (x.ndim - 1)) >= rate
    return x * mask / (1 - rate)

# %% reject dropout: in place
# message: in place
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    x /= 1 - rate
    x[rng.random(x.shape) < rate] = 0
    return x

# %% reject dropout: another generator
# message: Use the rng that is given
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    return np.where(np.random.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: a new generator with a fixed seed
# message: do not seed it anew
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    rng = np.random.default_rng(0)
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: exactly so many
# message: Exactly the same number
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    mask = np.full(x.size, 1 / (1 - rate))
    mask[: round(rate * x.size)] = 0
    return x * rng.permutation(mask).reshape(x.shape)

# %% reject dropout: takes a rate of 1
# message: should raise ValueError
def dropout(x, rate, rng):
    if not 0 <= rate <= 1:
        raise ValueError("rate")
    return np.where(rng.random(x.shape) < rate, 0, x / max(1 - rate, 1e-9))

# %% reject dropout: no check of the rate
# message: should raise ValueError
def dropout(x, rate, rng):
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: an assertion instead of ValueError
# message: should raise ValueError
def dropout(x, rate, rng):
    assert 0 <= rate < 1
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: rate 0 is refused
# message: stopped with an error
def dropout(x, rate, rng):
    if not 0 < rate < 1:
        raise ValueError("rate")
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: one fate along the last of three axes
# message: along axis 2
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    shape = x.shape if x.ndim < 3 else (*x.shape[:2], 1)
    return np.where(rng.random(shape) < rate, 0, x / (1 - rate))

# %% reject dropout: drops what is negative
# message: of the values are 0
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if rate == 0:
        return x
    return np.where(rng.random(x.shape) < rate, 0, np.maximum(x, 0) / (1 - rate))

# %% reject dropout: a negative rate passes
# message: should raise ValueError
def dropout(x, rate, rng):
    if rate >= 1:
        raise ValueError("rate")
    return np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% reject dropout: no return
# message: Does the function end with `return`
def dropout(x, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    y = np.where(rng.random(x.shape) < rate, 0, x / (1 - rate))

# %% accept selu: where and expm1
def selu(x):
    alpha, scale = 1.6732632423543772, 1.0507009873554805
    return scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))

# %% accept selu: two one-sided sums, five digits
def selu(x):
    return 1.0507 * (np.maximum(x, 0) + 1.67326 * (np.exp(np.minimum(x, 0)) - 1))

# %% accept selu: Keras
def selu(x):
    return keras.activations.selu(x)

# %% accept selu: TensorFlow
selu = tf.nn.selu

# %% accept selu: a masked copy
def selu(x):
    y = np.array(x, dtype=float)
    low = y <= 0
    y[low] = 1.67326324 * (np.exp(y[low]) - 1)
    return y * 1.05070099

# %% accept selu: element by element
def selu(x):
    def one(v):
        return 1.05070099 * (v if v > 0 else 1.67326324 * (np.exp(v) - 1))

    return np.vectorize(one, otypes=[float])(x)

# %% reject selu: exp of large numbers
# message: overflows
def selu(x):
    return 1.05070099 * np.where(x > 0, x, 1.67326324 * (np.exp(x) - 1))

# %% reject selu: ELU
# message: Both constants are missing
def selu(x):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

# %% reject selu: no factor
# message: The factor 1.0507 is missing
def selu(x):
    return np.where(x > 0, x, 1.67326324 * np.expm1(np.minimum(x, 0)))

# %% reject selu: the factor on the right only
# message: belongs to the negative side
def selu(x):
    return np.where(x > 0, 1.05070099 * x, 1.67326324 * np.expm1(np.minimum(x, 0)))

# %% reject selu: the factor on the left only
# message: belongs to the positive side
def selu(x):
    return np.where(x > 0, x, 1.05070099 * 1.67326324 * np.expm1(np.minimum(x, 0)))

# %% reject selu: no alpha
# message: alpha, 1.6733, is missing
def selu(x):
    return 1.05070099 * np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

# %% reject selu: constants swapped
# message: constants have changed places
def selu(x):
    return 1.67326324 * np.where(x > 0, x, 1.05070099 * np.expm1(np.minimum(x, 0)))

# %% reject selu: no minus one
# message: The - 1 is missing
def selu(x):
    return 1.05070099 * np.where(x > 0, x, 1.67326324 * np.exp(np.minimum(x, 0)))

# %% reject selu: in place
# message: in place
def selu(x):
    x = np.asarray(x)
    low = x <= 0
    x[low] = 1.67326324 * (np.exp(x[low]) - 1)
    x *= 1.05070099
    return x

# %% accept layer_gradient_norms: tape over the kernels
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% accept layer_gradient_norms: all gradients, filtered afterwards by the end of the path, NumPy norms
def layer_gradient_norms(model, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x))
    weights = model.trainable_variables
    gradients = tape.gradient(loss, weights)
    return [
        np.linalg.norm(g.numpy().ravel())
        for w, g in zip(weights, gradients)
        if w.path.split("/")[-1] == "kernel"
    ]

# %% reject layer_gradient_norms: names that end in kernel
# message: exactly the name kernel
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [w for w in model.trainable_variables if w.path.endswith("kernel")]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: names that begin with kernel
# message: exactly the name kernel
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [w for w in model.trainable_variables if w.name.startswith("kernel")]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: freezes the model while it looks
# message: has changed the model
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [w for w in model.trainable_variables if w.name == "kernel"]
    model.trainable = False
    with tf.GradientTape() as tape:
        tape.watch([k.value for k in kernels])
        loss = loss_fn(y, model(x))
    return [float(tf.norm(g)) for g in tape.gradient(loss, [k.value for k in kernels])]

# %% reject layer_gradient_norms: compiles the model
# message: has changed the model
def layer_gradient_norms(model, loss_fn, x, y):
    model.compile("sgd", loss_fn)
    kernels = [w for w in model.trainable_variables if w.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% accept layer_gradient_norms: walks the layers
def layer_gradient_norms(model, loss_fn, x, y):
    layers = [l for l in model.layers if hasattr(l, "kernel") and l.trainable]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    gradients = tape.gradient(loss, [l.kernel for l in layers])
    return [tf.sqrt(tf.reduce_sum(g**2)) for g in gradients]

# %% reject layer_gradient_norms: dense layers only
# message: exactly the name kernel
def layer_gradient_norms(model, loss_fn, x, y):
    layers = [l for l in model.layers if isinstance(l, keras.layers.Dense) and l.trainable]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    gradients = tape.gradient(loss, [l.kernel for l in layers])
    return [float(tf.norm(g)) for g in gradients]

# %% accept layer_gradient_norms: global_norm of each, a persistent tape
def layer_gradient_norms(model, loss_fn, x, y):
    norms = []
    with tf.GradientTape(persistent=True) as tape:
        loss = loss_fn(tf.convert_to_tensor(y), model(tf.convert_to_tensor(x), training=False))
    for v in model.trainable_variables:
        if v.name == "kernel":
            norms.append(tf.linalg.global_norm([tape.gradient(loss, v)]).numpy().item())
    return norms

# %% reject layer_gradient_norms: by the number of axes
# message: exactly the name kernel
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_variables if len(v.shape) > 1]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% accept layer_gradient_norms: Keras ops, in a compiled function
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_variables if v.name == "kernel"]

    @tf.function
    def gradients():
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=False))
        return tape.gradient(loss, kernels)

    return [float(keras.ops.norm(keras.ops.reshape(g, (-1,)))) for g in gradients()]

# %% reject layer_gradient_norms: in training mode
# message: training=False
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: with the penalties
# message: penalties
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False)) + sum(model.losses)
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: biases, too
# message: wrong shape
def layer_gradient_norms(model, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, model.trainable_variables)]

# %% reject layer_gradient_norms: squares
# message: Take the root
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.reduce_sum(g**2)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: mean absolute values
# message: mean absolute values
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.reduce_mean(abs(g))) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: root mean squares
# message: root mean squares
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.sqrt(tf.reduce_mean(g**2))) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: as back-propagation meets them, last layer first
# message: The order is reversed
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)][::-1]

# %% reject layer_gradient_norms: norms of the weights
# message: norms of the kernels
def layer_gradient_norms(model, loss_fn, x, y):
    return [float(tf.norm(v.value)) for v in model.trainable_weights if v.name == "kernel"]

# %% reject layer_gradient_norms: frozen kernels, too
# message: wrong shape
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        tape.watch([k.value for k in kernels])
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, [k.value for k in kernels])]

# %% reject layer_gradient_norms: its own loss
# message: Is loss_fn used?
def layer_gradient_norms(model, loss_fn, x, y):
    if np.ndim(y) == 2:
        y = np.argmax(y, axis=1)
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    loss_fn = keras.losses.SparseCategoricalCrossentropy()
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]

# %% reject layer_gradient_norms: one norm for all layers
# message: wrong shape
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    return float(tf.linalg.global_norm(tape.gradient(loss, kernels)))

# %% reject layer_gradient_norms: takes a step
# message: has changed the model's weights
def layer_gradient_norms(model, loss_fn, x, y):
    kernels = [v for v in model.trainable_weights if v.name == "kernel"]
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))
    gradients = tape.gradient(loss, kernels)
    keras.optimizers.SGD(0.1).apply(gradients, kernels)
    return [float(tf.norm(g)) for g in gradients]

# %% accept read_curves: a literal
def read_curves():
    return {
        "A": "good", "B": "overfitting", "C": "leak", "D": "underfitting",
        "E": "unstable", "F": "rate too high", "G": "underfitting", "H": "overfitting",
    }

# %% accept read_curves: by word
def read_curves():
    by_word = {
        "overfitting": "BH", "underfitting": "DG", "rate too high": "F", "good": "A", "leak": "C", "unstable": "E",
    }
    return {letter: word for word, letters in by_word.items() for letter in letters}

# %% accept read_curves: built by keyword, another order
def read_curves():
    return dict(
        H="overfitting", G="underfitting", F="rate too high", E="unstable", D="underfitting", C="leak",
        B="overfitting", A="good",
    )

# %% accept read_curves: one after the other
def read_curves():
    read = dict.fromkeys("ABCDEFGH", "overfitting")
    read["A"] = "good"
    read["C"] = "leak"
    for letter in ("D", "G"):
        read[letter] = "underfitting"
    read.update(E="unstable", F="rate too high")
    return read

# %% reject read_curves: the leak is taken for good, so half of the points
# message: 1 of 2 points
def read_curves():
    return {"A": "good", "B": "overfitting", "C": "good", "D": "underfitting", "E": "unstable", "F": "rate too high", "G": "underfitting", "H": "overfitting"}

# %% reject read_curves: unstable and rate too high swapped, so half of the points
# message: 1 of 2 points
def read_curves():
    return {"A": "good", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "rate too high", "F": "unstable", "G": "underfitting", "H": "overfitting"}

# %% reject read_curves: three wrong
# message: 5 of 8
def read_curves():
    return {"A": "good", "B": "overfitting", "C": "good", "D": "underfitting", "E": "rate too high", "F": "unstable", "G": "underfitting", "H": "overfitting"}

# %% reject read_curves: another word
# message: It should be one of
def read_curves():
    return {"A": "good", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "unstable", "F": "rate too big", "G": "underfitting", "H": "overfitting"}

# %% reject read_curves: the example of the task
# message: 1 of 8
def read_curves():
    return {letter: "leak" for letter in "ABCDEFGH"}

# %% reject read_curves: overfitting everywhere
# message: 2 of 8
def read_curves():
    return dict.fromkeys("ABCDEFGH", "overfitting")

# %% reject read_curves: one letter missing
# message: keys A to H
def read_curves():
    return dict.fromkeys("ABCDEFG", "good")

# %% reject read_curves: a list
# message: dict with the keys
def read_curves():
    return ["good", "overfitting", "leak", "underfitting", "unstable", "rate too high", "underfitting", "overfitting"]

# %% reject read_curves: lists of words
# message: It should be one of
def read_curves():
    return {letter: ["overfitting", "leak"] for letter in "ABCDEFGH"}

# %% reject read_curves: prints it
# message: dict with the keys
def read_curves():
    print(dict.fromkeys("ABCDEFGH", "good"))

# %% accept build_augmenter: the three layers
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% accept build_augmenter: an Input, another order, nearest, seeds
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.RandomRotation(rotation, fill_mode="nearest", seed=1),
            keras.layers.RandomFlip(mode="horizontal", seed=2),
            keras.layers.RandomTranslation((-shift, shift), (-shift, shift), fill_mode="constant", seed=3),
        ]
    )

# %% accept build_augmenter: add, and two translations, one for each axis
def build_augmenter(shift=0.1, rotation=0.05):
    model = keras.Sequential(name="augmenter")
    model.add(keras.layers.RandomTranslation(shift, 0.0, fill_mode="wrap"))
    model.add(keras.layers.RandomTranslation(0.0, shift, fill_mode="wrap"))
    if rotation > 0:
        model.add(keras.layers.RandomRotation((-rotation, rotation), interpolation="bilinear"))
    model.add(keras.layers.RandomFlip("horizontal"))
    return model

# %% accept build_augmenter: rotation and shift by RandomAffine-like nesting, nearest interpolation
def build_augmenter(shift=0.1, rotation=0.05):
    moves = keras.Sequential(
        [
            keras.layers.RandomTranslation(height_factor=shift, width_factor=shift, interpolation="bilinear"),
            keras.layers.RandomRotation(factor=rotation, fill_mode="constant", fill_value=0.0),
        ]
    )
    return keras.Sequential([moves, keras.layers.RandomFlip("horizontal")])

# %% reject build_augmenter: flips upside down, too
# message: upside down
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip(),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: flips upside down only
# message: upside down
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("vertical"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: no flip
# message: 0% of the images are mirrored
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [keras.layers.RandomTranslation(shift, shift), keras.layers.RandomRotation(rotation)]
    )

# %% reject build_augmenter: shifts along the height only
# message: along the width
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, 0.0),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: shifts down and right only
# message: expected is anything from
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation((0, shift), (0, shift)),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: the shift is a constant
# message: something else
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(0.1, 0.1),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: no rotation
# message: does not turn
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [keras.layers.RandomFlip("horizontal"), keras.layers.RandomTranslation(shift, shift)]
    )

# %% reject build_augmenter: rotation meant in half turns
# message: turns by
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation / 2),
        ]
    )

# %% reject build_augmenter: rotation taken times two pi
# message: turns by up to
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation * 2),
        ]
    )

# %% reject build_augmenter: zooms as well
# message: something else
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
            keras.layers.RandomZoom(0.1),
        ]
    )

# %% reject build_augmenter: crops to a smaller size
# message: The shape should stay
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomCrop(24, 24),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: one shift for the whole batch, by padding and cropping
# message: shape
def build_augmenter(shift=0.1, rotation=0.05):
    border = round(28 * shift)
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.ZeroPadding2D(border),
            keras.layers.RandomCrop(28, 28),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: a list of layers
# message: a keras.Sequential was expected
def build_augmenter(shift=0.1, rotation=0.05):
    return [
        keras.layers.RandomFlip("horizontal"),
        keras.layers.RandomTranslation(shift, shift),
        keras.layers.RandomRotation(rotation),
    ]

# %% reject build_augmenter: changes the images outside training, too
# message: with training=False
def build_augmenter(shift=0.1, rotation=0.05):
    class Always(keras.layers.RandomTranslation):
        def call(self, data, training=True):
            return super().call(data, training=True)

    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            Always(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: other defaults
# message: shifts by up to
def build_augmenter(shift=0.2, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: another default of rotation
# message: turns by up to
def build_augmenter(shift=0.1, rotation=0.1):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation(rotation),
        ]
    )

# %% reject build_augmenter: turns clockwise only
# message: expected is anything from
def build_augmenter(shift=0.1, rotation=0.05):
    return keras.Sequential(
        [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(shift, shift),
            keras.layers.RandomRotation((-rotation, 0)),
        ]
    )
