# %% accept build_functional_mlp: a loop over functional layers
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = keras.Input((n_features,))
    x = inputs
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    outputs = keras.layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(inputs=inputs, outputs=outputs)

# %% accept build_functional_mlp: activations as layers of their own
from keras import layers

def build_functional_mlp(n_features, hidden_units, n_classes):
    x = inputs = layers.Input(shape=[n_features])
    for units in hidden_units:
        x = layers.ReLU()(layers.Dense(units)(x))
    x = layers.Softmax()(layers.Dense(n_classes)(x))
    return keras.Model(inputs, x, name="mlp")

# %% accept build_functional_mlp: a Sequential
def build_functional_mlp(n_features, hidden_units, n_classes):
    return keras.Sequential(
        [keras.Input((n_features,))]
        + [keras.layers.Dense(units, "relu") for units in hidden_units]
        + [keras.layers.Dense(n_classes), keras.layers.Activation("softmax")]
    )

# %% accept build_functional_mlp: recursion, keras.ops, and compiled
def build_functional_mlp(n_features, hidden_units, n_classes):
    def body(x, units):
        if not units:
            return keras.ops.softmax(keras.layers.Dense(n_classes)(x))
        return body(keras.ops.relu(keras.layers.Dense(units[0])(x)), units[1:])

    inputs = keras.Input((n_features,), name="features", dtype="float32")
    model = keras.Model(inputs, body(inputs, list(hidden_units)))
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model

# %% accept build_functional_mlp: a list of outputs, functools.reduce, tf.keras, a print
from functools import reduce

def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = tf.keras.Input(batch_shape=(None, n_features))
    hidden = reduce(lambda x, n: tf.keras.layers.Dense(n, activation=tf.nn.relu)(x), hidden_units, inputs)
    outputs = tf.keras.layers.Dense(n_classes, activation=keras.activations.softmax)(hidden)
    model = tf.keras.Model(inputs, outputs)
    model.summary()
    return model

# %% accept build_functional_mlp: a subclass that is built
class MLP(keras.Model):
    def __init__(self, sizes):
        super().__init__()
        self.hidden = [keras.layers.Dense(n, activation="relu") for n in sizes[:-1]]
        self.last = keras.layers.Dense(sizes[-1], activation="softmax")

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.last(x)

def build_functional_mlp(n_features, hidden_units, n_classes):
    model = MLP([*hidden_units, n_classes])
    model(np.zeros((1, n_features), "float32"))
    return model

# %% reject build_functional_mlp: no softmax
# message: The softmax is missing
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes)(x))

# %% reject build_functional_mlp: sigmoid at the end
# message: has a sigmoid
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="sigmoid")(x))

# %% reject build_functional_mlp: hidden layers without ReLU
# message: The hidden layers have no ReLU
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units)(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: every layer is called on the inputs
# message: other weights than expected
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(inputs)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: the empty list gives an extra layer
# message: other weights than expected
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense((hidden_units or [n_features])[0], activation="relu")(inputs)
    for units in hidden_units[1:]:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: the empty list stops it
# message: stopped with an error
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(hidden_units[0], activation="relu")(inputs)
    for units in hidden_units[1:]:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: empties the list
# message: in place
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    while hidden_units:
        x = keras.layers.Dense(hidden_units.pop(0), activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: the old names of the arguments
# message: Unrecognized keyword arguments
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(input=inputs, output=keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: Python's own input
# message: stopped with an error
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(5, activation="relu")(input)
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: returns the tensor, not the model
# message: a keras.Model was expected
def build_functional_mlp(n_features, hidden_units, n_classes):
    x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.layers.Dense(n_classes, activation="softmax")(x)

# %% reject build_functional_mlp: one hidden layer object for all, and hard-coded
# message: other weights than expected
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in [5, 4]:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))

# %% reject build_functional_mlp: dropout nobody asked for
# message: in training mode
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dropout(0.5)(keras.layers.Dense(units, activation="relu")(x))
    return keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))

# %% reject build_functional_mlp: two softmaxes
# message: applied twice
def build_functional_mlp(n_features, hidden_units, n_classes):
    inputs = x = keras.Input((n_features,))
    for units in hidden_units:
        x = keras.layers.Dense(units, activation="relu")(x)
    x = keras.layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(inputs, keras.layers.Softmax()(x))

# %% reject build_functional_mlp: layers kept between the calls
# message: share their weights
_kept = {}

def build_functional_mlp(n_features, hidden_units, n_classes):
    key = (n_features, tuple(hidden_units), n_classes)
    if key not in _kept:
        inputs = x = keras.Input((n_features,))
        for units in hidden_units:
            x = keras.layers.Dense(units, activation="relu")(x)
        _kept[key] = keras.Model(inputs, keras.layers.Dense(n_classes, activation="softmax")(x))
    return _kept[key]

# %% reject build_functional_mlp: not written
# message: not written yet
def build_functional_mlp(n_features, hidden_units, n_classes):
    raise NotImplementedError()

# %% accept residual_block: layers.add
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.Dense(units)(y)
    if x.shape[-1] != units:
        x = keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.add([x, y]))

# %% accept residual_block: the short way first, plus, ops
def residual_block(x, units):
    short = x
    if x.shape[1] != units:
        short = keras.layers.Dense(units, use_bias=False)(x)
    inner = keras.ops.relu(keras.layers.Dense(units, name=None)(x))
    return keras.ops.relu(short + keras.layers.Dense(units)(inner))

# %% accept residual_block: activations as layers, layers made in another order
def residual_block(x, units):
    second, short, first = (keras.layers.Dense(units) for _ in range(3))
    way = second(keras.layers.Activation("relu")(first(x)))
    total = keras.layers.Add()([way, x if tuple(x.shape)[-1] == units else short(x)])
    return keras.layers.Activation("relu")(total)

# %% accept residual_block: a layer class of its own
class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        if shape[-1] != self.units:
            self.short = keras.layers.Dense(self.units)
            self.short.build(shape)
        self.second = keras.layers.Dense(self.units)
        self.second.build((None, self.units))
        self.first = keras.layers.Dense(self.units, activation="relu")
        self.first.build(shape)

    def call(self, x):
        short = self.short(x) if hasattr(self, "short") else x
        return tf.nn.relu(short + self.second(self.first(x)))

def residual_block(x, units):
    return Block(units)(x)

# %% accept residual_block: a Sequential for the long way, ops.shape
def residual_block(x, units):
    long = keras.Sequential([keras.layers.Dense(units, "relu"), keras.layers.Dense(units, "linear")])
    d = keras.ops.shape(x)[-1]
    total = keras.ops.add(long(x), x if d == units else keras.layers.Dense(units, activation=None)(x))
    return keras.ops.maximum(total, 0)

# %% accept residual_block: a model inside, always with fresh layers
def residual_block(x, units):
    inputs = keras.Input(x.shape[1:])
    h = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(inputs))
    s = inputs if inputs.shape[-1] == units else keras.layers.Dense(units)(inputs)
    return keras.Model(inputs, keras.layers.ReLU()(keras.layers.Add()([h, s])))(x)

# %% reject residual_block: no ReLU at the end
# message: after the sum is missing
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    return y + (x if x.shape[-1] == units else keras.layers.Dense(units)(x))

# %% reject residual_block: the ReLU before the sum
# message: stands before the sum
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.Dense(units, activation="relu")(y)
    return keras.layers.add([y, x if x.shape[-1] == units else keras.layers.Dense(units)(x)])

# %% reject residual_block: both Dense layers with ReLU
# message: The second Dense has a ReLU, too
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.Dense(units, activation="relu")(y)
    y = keras.layers.add([y, x if x.shape[-1] == units else keras.layers.Dense(units)(x)])
    return keras.layers.ReLU()(y)

# %% reject residual_block: ReLU on the short way
# message: The short way has a ReLU
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    if x.shape[-1] != units:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.layers.ReLU()(keras.layers.add([x, y]))

# %% reject residual_block: x is overwritten, and the first Dense's output is added
# message: not x
def residual_block(x, units):
    d = x.shape[-1]
    short = None if d == units else keras.layers.Dense(units)(x)
    x = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.add([x if short is None else short, y]))

# %% reject residual_block: no ReLU between
# message: between the two Dense layers
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units)(x))
    if x.shape[-1] != units:
        x = keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.add([x, y]))

# %% reject residual_block: always a Dense on the short way
# message: without a Dense
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    return keras.layers.ReLU()(keras.layers.add([keras.layers.Dense(units)(x), y]))

# %% reject residual_block: never a Dense on the short way
# message: incompatible shapes
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    return keras.layers.ReLU()(keras.layers.add([x, y]))

# %% reject residual_block: a Dense only where the shapes cannot be broadcast
# message: needs a Dense of its own
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    try:
        return keras.ops.relu(x + y)
    except ValueError:
        return keras.ops.relu(keras.layers.Dense(units)(x) + y)

# %% reject residual_block: concatenated
# message: Is that a concatenation
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    return keras.layers.ReLU()(keras.layers.Concatenate()([x, y]))

# %% reject residual_block: no shortcut
# message: nothing is added
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    return keras.layers.Dense(units, activation="relu")(y)

# %% reject residual_block: inner layer of the input's size
# message: has kernels of shapes
def residual_block(x, units):
    d = x.shape[-1]
    y = keras.layers.Dense(units)(keras.layers.Dense(d, activation="relu")(x))
    return keras.layers.ReLU()(y + (x if d == units else keras.layers.Dense(units)(x)))

# %% reject residual_block: multiplied
# message: multiplied
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.multiply([short, y]))

# %% reject residual_block: average
# message: mean of the two ways
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(keras.layers.average([short, y]))

# %% reject residual_block: batch normalisation
# message: other weights than
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.BatchNormalization()(keras.layers.Dense(units)(y))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(short + y)

# %% reject residual_block: returns a model
# message: A symbolic tensor is expected
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.Model(x, keras.layers.ReLU()(short + y))

# %% reject residual_block: an Input of its own
# message: was not made from x
def residual_block(x, units):
    x = keras.Input(x.shape[1:])
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(short + y)

# %% reject residual_block: layers kept between the calls
# message: share weights
_first, _second, _short = {}, {}, {}

def _layer(kept, d, units):
    return kept.setdefault((d, units), keras.layers.Dense(units))

def residual_block(x, units):
    d = x.shape[-1]
    y = _layer(_second, d, units)(keras.ops.relu(_layer(_first, d, units)(x)))
    return keras.ops.relu(y + (x if d == units else _layer(_short, d, units)(x)))

# %% reject residual_block: dropout on the long way
# message: in training mode
def residual_block(x, units):
    y = keras.layers.Dense(units, activation="relu")(x)
    y = keras.layers.Dense(units)(keras.layers.Dropout(0.5)(y))
    short = x if x.shape[-1] == units else keras.layers.Dense(units)(x)
    return keras.layers.ReLU()(short + y)

# %% reject residual_block: one Dense for both places on the long way
# message: has kernels of shapes
def residual_block(x, units):
    dense = keras.layers.Dense(units)
    if x.shape[-1] != units:
        x = keras.layers.Dense(units)(x)
    return keras.ops.relu(dense(keras.ops.relu(dense(x))) + x)

# %% reject residual_block: no return
# message: gave None
def residual_block(x, units):
    y = keras.layers.Dense(units)(keras.layers.Dense(units, activation="relu")(x))
    x = keras.layers.ReLU()(x + y) if x.shape[-1] == units else y

# %% accept build_shared_encoder: ops
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    distance = keras.ops.absolute(keras.ops.subtract(encode(a), encode(b)))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(distance))

# %% accept build_shared_encoder: a Lambda layer and a tuple of inputs
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, "relu")
    distance = keras.layers.Lambda(lambda t: keras.ops.abs(t[0] - t[1]))([encode(a), encode(b)])
    return keras.Model((a, b), keras.layers.Dense(1, "sigmoid")(distance))

# %% accept build_shared_encoder: a sub-model as the encoder, Subtract, activations apart
def build_shared_encoder(n_features, units):
    encoder = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(units), keras.layers.ReLU()]
    )
    inputs = [keras.Input((n_features,), name=name) for name in "ab"]
    distance = keras.ops.abs(keras.layers.Subtract()([encoder(x) for x in inputs]))
    logit = keras.layers.Dense(1)(distance)
    return keras.Model(inputs=inputs, outputs=keras.layers.Activation("sigmoid")(logit))

# %% accept build_shared_encoder: a layer class of its own, and the larger minus the smaller
class Distance(keras.layers.Layer):
    def call(self, pair):
        a, b = pair
        return tf.maximum(a, b) - tf.minimum(a, b)

def build_shared_encoder(n_features, units):
    last = keras.layers.Dense(1, activation="sigmoid")
    last.build((None, units))
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    return keras.Model([a, b], last(Distance()([encode(a), encode(b)])))

# %% accept build_shared_encoder: a subclass that is built, output layer first
class Pairs(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.last = keras.layers.Dense(1, activation="sigmoid")
        self.encode = keras.layers.Dense(units, activation="relu")

    def call(self, pair):
        return self.last(keras.ops.abs(self.encode(pair[0]) - self.encode(pair[1])))

def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    inner = Pairs(units)
    return keras.Model([a, b], inner([a, b]))

# %% accept build_shared_encoder: a subclass that is built by a call on arrays
class PairsOfArrays(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.encode = keras.layers.Dense(units, activation="relu")
        self.same = keras.layers.Dense(1, activation="sigmoid")

    def call(self, pair):
        left, right = pair
        return self.same(tf.abs(self.encode(left) - self.encode(right)))

def build_shared_encoder(n_features, units):
    model = PairsOfArrays(units)
    model([np.zeros((1, n_features), "float32"), np.zeros((1, n_features), "float32")])
    return model

# %% accept build_shared_encoder: compiled, names, a warning
import warnings

def build_shared_encoder(n_features, units):
    warnings.warn("building")
    a = keras.Input(shape=(n_features,), name="zebra")
    b = keras.Input(shape=(n_features,), name="ape")
    encode = keras.layers.Dense(units, activation=keras.activations.relu, kernel_initializer="he_normal")
    c = abs(encode(a) - encode(b))
    model = keras.Model([a, b], keras.layers.Dense(1, activation=keras.ops.sigmoid)(c))
    model.compile("adam", "binary_crossentropy")
    return model

# %% reject build_shared_encoder: two encoders
# message: Each input has a Dense of its own
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    p = keras.layers.Dense(units, activation="relu")(a)
    q = keras.layers.Dense(units, activation="relu")(b)
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(keras.ops.abs(p - q)))

# %% reject build_shared_encoder: no absolute value
# message: absolute value is missing
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.layers.subtract([encode(a), encode(b)])
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: squared difference
# message: squared difference
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.square(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: ReLU for an absolute value
# message: ReLU is no absolute value
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.relu(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: concatenated
# message: concatenated
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.layers.Concatenate()([encode(a), encode(b)])
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: no sigmoid
# message: The sigmoid is missing
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    return keras.Model([a, b], keras.layers.Dense(1)(keras.ops.abs(encode(a) - encode(b))))

# %% reject build_shared_encoder: no ReLU
# message: The encoder has no ReLU
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units)
    c = keras.ops.abs(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: NumPy's absolute value
# message: stopped with an error
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = tf.abs(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: encodes the difference of the inputs
# message: Call it on each input
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    c = keras.layers.Dense(units, activation="relu")(keras.ops.abs(a - b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: one input only
# message: Expected two
def build_shared_encoder(n_features, units):
    a = keras.Input((2 * n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.abs(encode(a[:, :n_features]) - encode(a[:, n_features:]))
    return keras.Model(a, keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: the distance summed up first
# message: has weights of shapes
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.sum(keras.ops.abs(encode(a) - encode(b)), axis=1, keepdims=True)
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: the first input twice
# message: The first input is used twice
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.abs(encode(a) - encode(a)) + 0 * encode(b)
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: encoder outside the function
# message: share their weights
_encoders = {}

def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = _encoders.setdefault(
        (n_features, units), keras.layers.Dense(units, activation="relu")
    )
    c = keras.ops.abs(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(c))

# %% reject build_shared_encoder: softmax of one unit
# message: wrong value
def build_shared_encoder(n_features, units):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    encode = keras.layers.Dense(units, activation="relu")
    c = keras.ops.abs(encode(a) - encode(b))
    return keras.Model([a, b], keras.layers.Dense(1, activation="softmax")(c))

# %% accept build_two_heads: heads on the input itself
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label = keras.layers.Dense(n_classes, activation="softmax")(inputs)
    score = keras.layers.Dense(1)(inputs)
    return keras.Model(inputs, {"label": label, "score": score})

# %% accept build_two_heads: a deep body with tanh, batch normalisation and dropout; compiled
def build_two_heads(n_features, n_classes):
    inputs = x = keras.Input((n_features,), name="x")
    for units in (32, 32):
        x = keras.layers.Dense(units, activation="tanh")(x)
        x = keras.layers.Dropout(0.2)(keras.layers.BatchNormalization()(x))
    outputs = {
        "score": keras.layers.Dense(1, activation="linear", name="score")(x),
        "label": keras.layers.Softmax(name="label")(keras.layers.Dense(n_classes)(x)),
    }
    model = keras.Model(inputs=inputs, outputs=outputs)
    model.compile("sgd", loss={"label": "sparse_categorical_crossentropy", "score": "mse"})
    return model

# %% accept build_two_heads: one Dense layer for both heads, cut in two
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(24, activation="relu")(inputs)
    both = keras.layers.Dense(n_classes + 1)(x)
    label = keras.ops.softmax(both[:, :-1])
    return keras.Model(inputs, dict(label=label, score=both[:, -1:]))

# %% accept build_two_heads: heads without biases
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu", bias_initializer="ones")(inputs)
    label = keras.layers.Dense(n_classes, use_bias=False, activation="softmax")(x)
    score = keras.layers.Dense(1, use_bias=False)(x)
    return keras.Model(inputs, {"label": label, "score": score})

# %% accept build_two_heads: a body for each head, and a bottleneck of one unit
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    a = keras.layers.Dense(10, activation="elu")(inputs)
    b = keras.layers.Dense(1, activation="tanh")(inputs)
    b = keras.layers.Dense(8, activation="sigmoid")(b)
    return keras.Model(
        inputs,
        {"label": keras.layers.Dense(n_classes, "softmax")(a), "score": keras.layers.Dense(1)(b)},
    )

# %% accept build_two_heads: a body as wide as the classes, ReLU
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(n_classes + 5, activation="softplus")(inputs)
    x = keras.layers.Dense(n_classes, activation="tanh")(x)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model([inputs], {"label": label, "score": keras.layers.Dense(1)(x)})

# %% accept build_two_heads: a subclass that is built
class TwoHeads(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.label_head = keras.layers.Dense(n_classes, activation="softmax")
        self.score_head = keras.layers.Dense(1)

    def call(self, x):
        return {"label": self.label_head(x), "score": self.score_head(x)}

def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    return keras.Model(inputs, TwoHeads(n_classes)(inputs))

# %% accept build_two_heads: a subclass that is built by a call on an array
class TwoHeadsOfArrays(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.body = keras.layers.Dense(16, activation="relu")
        self.label_head = keras.layers.Dense(n_classes, activation="softmax")
        self.score_head = keras.layers.Dense(1)

    def call(self, x):
        x = self.body(x)
        return {"label": self.label_head(x), "score": self.score_head(x)}

def build_two_heads(n_features, n_classes):
    model = TwoHeadsOfArrays(n_classes)
    model(np.zeros((1, n_features), "float32"))
    return model

# %% reject build_two_heads: a list of outputs with names
# message: not a dict
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax", name="label")(x)
    score = keras.layers.Dense(1, name="score")(x)
    return keras.Model(inputs, [label, score])

# %% reject build_two_heads: other keys
# message: Expected "label" and "score"
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(inputs, {"labels": label, "scores": keras.layers.Dense(1)(x)})

# %% reject build_two_heads: logits
# message: are no probabilities
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes)(x)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(x)})

# %% reject build_two_heads: sigmoids instead of softmax
# message: are no probabilities
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="sigmoid")(x)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(x)})

# %% reject build_two_heads: two softmaxes
# message: applied twice
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Softmax()(keras.layers.Dense(n_classes, activation="softmax")(x))
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(x)})

# %% reject build_two_heads: a sigmoid on the score
# message: is that a sigmoid?
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    score = keras.layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs, {"label": label, "score": score})

# %% reject build_two_heads: ReLU on the score
# message: is not linear
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    return keras.Model(
        inputs, {"label": label, "score": keras.layers.Dense(1, activation="relu")(x)}
    )

# %% reject build_two_heads: ReLU on the score, far above zero
# message: is not linear
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    score = keras.layers.Dense(1, activation="relu", bias_initializer="ones")(0.01 * x)
    return keras.Model(inputs, {"label": label, "score": score})

# %% reject build_two_heads: tanh on the score
# message: is not linear
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(n_classes, activation="softmax")(x)
    score = keras.layers.Dense(1, activation="tanh", use_bias=False)(x)
    return keras.Model(inputs, {"label": label, "score": score})

# %% reject build_two_heads: softmax of one unit
# message: All scores are 1
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label, score = (keras.layers.Dense(n, activation="softmax")(inputs) for n in (n_classes, 1))
    return keras.Model(inputs, {"label": label, "score": score})

# %% reject build_two_heads: a score for each class
# message: The output "score"
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label = keras.layers.Dense(n_classes, activation="softmax")(inputs)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(n_classes)(inputs)})

# %% reject build_two_heads: score flattened to (n,)
# message: Expected (12, 1)
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label = keras.layers.Dense(n_classes, activation="softmax")(inputs)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(inputs)[:, 0]})

# %% reject build_two_heads: the score is made from the probabilities by ReLU
# message: not linear
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label = keras.layers.Dense(n_classes, activation="softmax")(inputs)
    score = keras.layers.ReLU()(keras.layers.Dense(1)(label))
    return keras.Model(inputs, {"label": label, "score": score})

# %% reject build_two_heads: ten classes whatever n_classes
# message: The output "label"
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    x = keras.layers.Dense(16, activation="relu")(inputs)
    label = keras.layers.Dense(10, activation="softmax")(x)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(x)})

# %% reject build_two_heads: an input for each head
# message: Expected one
def build_two_heads(n_features, n_classes):
    a, b = keras.Input((n_features,)), keras.Input((n_features,))
    label = keras.layers.Dense(n_classes, activation="softmax")(a)
    return keras.Model([a, b], {"label": label, "score": keras.layers.Dense(1)(b)})

# %% reject build_two_heads: softmax over the examples
# message: are no probabilities
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    label = keras.ops.softmax(keras.layers.Dense(n_classes)(inputs), axis=0)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(inputs)})

# %% reject build_two_heads: ReLU before the softmax
# message: activation before it
def build_two_heads(n_features, n_classes):
    inputs = keras.Input((n_features,))
    logits = keras.layers.Dense(n_classes, activation="tanh")(inputs)
    label = keras.layers.Softmax()(logits)
    return keras.Model(inputs, {"label": label, "score": keras.layers.Dense(1)(inputs)})

# %% accept feature_extractor: inputs and get_layer
def feature_extractor(model, layer_name):
    layer = model.get_layer(name=layer_name)
    return keras.Model(inputs=model.inputs, outputs=layer.output)

# %% accept feature_extractor: the only input as it is, several as a tuple
def feature_extractor(model, layer_name):
    inputs = model.inputs[0] if len(model.inputs) == 1 else tuple(model.inputs)
    return keras.Model(inputs, model.get_layer(layer_name).output, name="features")

# %% reject feature_extractor: input in the singular, which a Sequential lacks
# message: no defined input
def feature_extractor(model, layer_name):
    return keras.Model(model.input, model.get_layer(layer_name).output)

# %% accept feature_extractor: a search through the layers
def feature_extractor(model, layer_name):
    for layer in model.layers:
        if layer.name == layer_name:
            return keras.models.Model(model.inputs, layer.output, name="extractor")
    raise ValueError(f"no layer {layer_name}")

# %% accept feature_extractor: a dict of the outputs, KeyError turned into ValueError
def feature_extractor(model, layer_name):
    outputs = {layer.name: layer.output for layer in model.layers}
    try:
        return keras.Model(model.inputs, outputs[layer_name])
    except KeyError as error:
        raise ValueError(str(error)) from error

# %% accept feature_extractor: a subclass that calls an inner model, tf.keras
class Extractor(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x):
        return self.inner(x)

def feature_extractor(model, layer_name):
    if layer_name not in [layer.name for layer in model.layers]:
        raise ValueError(layer_name)
    return Extractor(tf.keras.Model(model.inputs, model.get_layer(layer_name).output))

# %% reject feature_extractor: a copy with copied weights
# message: a copy of the weights
def feature_extractor(model, layer_name):
    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    return keras.Model(clone.inputs, clone.get_layer(layer_name).output)

# %% reject feature_extractor: a copy with new weights
# message: wrong value
def feature_extractor(model, layer_name):
    clone = keras.models.clone_model(model)
    return keras.Model(clone.inputs, clone.get_layer(layer_name).output)

# %% reject feature_extractor: the layer's input
# message: wrong shape
def feature_extractor(model, layer_name):
    return keras.Model(model.inputs, model.get_layer(layer_name).input)

# %% reject feature_extractor: one layer too few
# message: does not take inputs
def feature_extractor(model, layer_name):
    names = [layer.name for layer in model.layers]
    if layer_name not in names:
        raise ValueError(layer_name)
    return keras.Sequential(model.layers[: names.index(layer_name)])

# %% reject feature_extractor: a stack of the layers up to it
# message: stopped with an error
def feature_extractor(model, layer_name):
    layers = [l for l in model.layers if not isinstance(l, keras.layers.InputLayer)]
    names = [layer.name for layer in layers]
    if layer_name not in names:
        raise ValueError(layer_name)
    n = names.index(layer_name) + 1
    return keras.Sequential([keras.Input(model.inputs[0].shape[1:]), *layers[:n]])

# %% reject feature_extractor: always the last but one layer
# message: That is the output of the layer
def feature_extractor(model, layer_name):
    model.get_layer(layer_name)
    return keras.Model(model.inputs, model.layers[-2].output)

# %% reject feature_extractor: None for an unknown name
# message: should raise ValueError
def feature_extractor(model, layer_name):
    for layer in model.layers:
        if layer.name == layer_name:
            return keras.Model(model.inputs, layer.output)

# %% reject feature_extractor: KeyError for an unknown name
# message: It raised KeyError
def feature_extractor(model, layer_name):
    outputs = {layer.name: layer.output for layer in model.layers}
    return keras.Model(model.inputs, outputs[layer_name])

# %% reject feature_extractor: the whole model for an unknown name
# message: should raise ValueError
def feature_extractor(model, layer_name):
    try:
        return keras.Model(model.inputs, model.get_layer(layer_name).output)
    except ValueError:
        return model

# %% reject feature_extractor: a name that only begins so
# message: should raise ValueError
def feature_extractor(model, layer_name):
    for layer in model.layers:
        if layer.name.startswith(layer_name):
            return keras.Model(model.inputs, layer.output)
    raise ValueError(layer_name)

# %% reject feature_extractor: pops the layers off the model
# message: feature_extractor has changed
def feature_extractor(model, layer_name):
    layer = model.get_layer(layer_name)
    features = keras.Model(model.inputs, layer.output)
    if isinstance(model, keras.Sequential) and layer is model.layers[-1]:
        model.pop()
    return features

# %% reject feature_extractor: returns the symbolic tensor
# message: A keras.Model is expected
def feature_extractor(model, layer_name):
    return model.get_layer(layer_name).output

# %% reject feature_extractor: returns the layer
# message: A keras.Model is expected
def feature_extractor(model, layer_name):
    return model.get_layer(layer_name)

# %% reject feature_extractor: a function
# message: A keras.Model is expected
def feature_extractor(model, layer_name):
    inner = keras.Model(model.inputs, model.get_layer(layer_name).output)
    return lambda x: inner.predict(x, verbose=0)

# %% reject feature_extractor: the first input only
# message: stopped with an error
def feature_extractor(model, layer_name):
    return keras.Model(model.inputs[0], model.get_layer(layer_name).output)

# %% reject feature_extractor: the old names of the arguments
# message: Unrecognized keyword
def feature_extractor(model, layer_name):
    return keras.Model(input=model.inputs, output=model.get_layer(layer_name).output)

# %% accept output_shapes: a literal
def output_shapes():
    return {
        "A": (None, 14, 8),
        "B": (None, 5, 8),
        "C": (None, 19, 8),
        "D": (None, 152),
        "E": (None, 16),
        "F": (None, 56),
    }

# %% accept output_shapes: lists
def output_shapes():
    shapes = [14, 8], [5, 8], [19, 8], [152], [16], [56]
    return {letter: [None, *shape] for letter, shape in zip("ABCDEF", shapes)}

# %% accept output_shapes: computed by hand, with NumPy's integers
def output_shapes():
    a, b = (None, 14, 8), (None, 5, 8)
    c = (None, a[1] + b[1], 8)
    return {
        "A": a, "B": b, "C": c, "D": (None, np.prod(c[1:])), "E": (None, 16),
        "F": (None, 16 + np.prod(b[1:])),
    }

# %% accept output_shapes: as_list of TensorShapes
def output_shapes():
    shapes = [None, 14, 8], [None, 5, 8], [None, 19, 8], [None, 152], [None, 16], [None, 56]
    return {letter: tf.TensorShape(shape).as_list() for letter, shape in zip("FEDCBA", shapes[::-1])}

# %% accept output_shapes: built with Keras
def output_shapes():
    picture, words = keras.Input((14, 10)), keras.Input((5,), dtype="int32")
    a = keras.layers.Dense(8, activation="relu")(picture)
    b = keras.layers.Embedding(30, 8)(words)
    c = keras.layers.Concatenate(axis=1)([a, b])
    d = keras.layers.Flatten()(c)
    hidden = keras.layers.Dense(16, activation="relu")(d)
    e = keras.layers.Add()([hidden, keras.layers.Dense(16)(hidden)])
    f = keras.layers.Concatenate()([e, keras.layers.Flatten()(b)])
    return dict(A=a.shape, B=b.shape, C=c.shape, D=d.shape, E=e.shape, F=f.shape)

# %% accept output_shapes: by compute_output_shape
def output_shapes():
    left, right = keras.Input((14, 10)), keras.Input((5,), dtype="int32")
    shapes = {"A": keras.layers.Dense(8).compute_output_shape(left.shape)}
    shapes["B"] = keras.layers.Embedding(30, 8).compute_output_shape(right.shape)
    shapes["C"] = keras.layers.Concatenate(axis=1).compute_output_shape([shapes["A"], shapes["B"]])
    shapes["D"] = keras.layers.Flatten().compute_output_shape(shapes["C"])
    shapes["E"] = keras.layers.Dense(16).compute_output_shape(shapes["D"])
    words = keras.layers.Flatten().compute_output_shape(shapes["B"])
    shapes["F"] = keras.layers.Concatenate().compute_output_shape([shapes["E"], words])
    return shapes

# %% reject output_shapes: a batch of one in place of None
# message: write None there
def output_shapes():
    return {
        "A": (1, 14, 8), "B": (1, 5, 8), "C": (1, 19, 8), "D": (1, 152), "E": (1, 16), "F": (1, 56),
    }

# %% reject output_shapes: without the batch
# message: write None there
def output_shapes():
    return {"A": (14, 8), "B": (5, 8), "C": (19, 8), "D": (152,), "E": (16,), "F": (56,)}

# %% reject output_shapes: Dense flattens its input first
# message: 5 of the 6
def output_shapes():
    return {
        "A": (None, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 152), "E": (None, 16),
        "F": (None, 56),
    }

# %% reject output_shapes: a letter is missing
# message: no key 'E'
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 152), "F": (None, 56),
    }

# %% reject output_shapes: texts
# message: The shape of A is a str
def output_shapes():
    return {
        "A": "(None, 14, 8)", "B": "(None, 5, 8)", "C": "(None, 19, 8)", "D": "(None, 152)",
        "E": "(None, 16)", "F": "(None, 56)",
    }

# %% reject output_shapes: None as a text
# message: write None there
def output_shapes():
    shapes = (14, 8), (5, 8), (19, 8), (152,), (16,), (56,)
    return {letter: ("None", *shape) for letter, shape in zip("ABCDEF", shapes)}

# %% reject output_shapes: flattened to a row for each picture's row
# message: 5 of the 6
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 19 * 8, 1),
        "E": (None, 16), "F": (None, 56),
    }

# %% reject output_shapes: flattened by adding up the sizes
# message: 4 of the 6
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 19 + 8),
        "E": (None, 16), "F": (None, 16 + 5 + 8),
    }

# %% reject output_shapes: concatenated along the last axis
# message: 4 of the 6
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 14, 16), "D": (None, 14 * 16),
        "E": (None, 16), "F": (None, 56),
    }

# %% reject output_shapes: the sum is taken for a concatenation
# message: 4 of the 6
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 152),
        "E": (None, 32), "F": (None, 72),
    }

# %% reject output_shapes: the embedding gives one row for all ids
# message: 3 of the 6
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 8), "C": (None, 15, 8), "D": (None, 120),
        "E": (None, 16), "F": (None, 56),
    }

# %% reject output_shapes: prints the shapes and returns nothing
# message: gave None
def output_shapes():
    print({"A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 152)})

# %% reject output_shapes: a list in the order of the letters
# message: A dict from letter to shape
def output_shapes():
    return [(None, 14, 8), (None, 5, 8), (None, 19, 8), (None, 152), (None, 16), (None, 56)]

# %% reject output_shapes: the other layers, too
# message: a key too many
def output_shapes():
    return {
        "A": (None, 14, 8), "B": (None, 5, 8), "C": (None, 19, 8), "D": (None, 152), "E": (None, 16),
        "F": (None, 56), "answer": (None, 3),
    }

# %% reject output_shapes: all of them unknown
# message: whole numbers
def output_shapes():
    return {letter: (None, None) for letter in "ABCDEF"}

# %% reject output_shapes: symbolic tensors
# message: The shape of A is a KerasTensor
def output_shapes():
    return {letter: keras.Input((16,)) for letter in "ABCDEF"}
