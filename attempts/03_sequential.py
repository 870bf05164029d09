# %% accept dense_parameter_count: a loop over places
def dense_parameter_count(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1]
        total += layer_sizes[i + 1]
    return total

# %% accept dense_parameter_count: pairwise
from itertools import pairwise

def dense_parameter_count(layer_sizes):
    return sum((m + 1) * n for m, n in pairwise(layer_sizes))

# %% accept dense_parameter_count: NumPy's dot product
def dense_parameter_count(layer_sizes):
    sizes = np.array(layer_sizes)
    return np.dot(sizes[:-1] + 1, sizes[1:])

# %% accept dense_parameter_count: builds the model and lets Keras count
def dense_parameter_count(layer_sizes):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units))
    return model.count_params()

# %% accept dense_parameter_count: recursion
def dense_parameter_count(layer_sizes):
    if len(layer_sizes) < 2:
        return 0
    m, n, *_ = layer_sizes
    return m * n + n + dense_parameter_count(layer_sizes[1:])

# %% accept dense_parameter_count: a tensor
def dense_parameter_count(layer_sizes):
    m, n = tf.constant(layer_sizes[:-1]), tf.constant(layer_sizes[1:])
    return tf.reduce_sum(m * n + n)

# %% accept dense_parameter_count: a float that is whole, and a print
def dense_parameter_count(layer_sizes):
    total = 0.0
    for m, n in zip(layer_sizes, layer_sizes[1:]):
        print(m, "->", n)
        total += m * n + n
    return total

# %% reject dense_parameter_count: no biases
# message: The biases are missing
def dense_parameter_count(layer_sizes):
    return sum(m * n for m, n in zip(layer_sizes, layer_sizes[1:]))

# %% reject dense_parameter_count: a bias for every input, too
# message: The inputs are no layer
def dense_parameter_count(layer_sizes):
    return sum(m * n for m, n in zip(layer_sizes, layer_sizes[1:])) + sum(layer_sizes)

# %% reject dense_parameter_count: the last layer without biases
# message: The last layer has biases
def dense_parameter_count(layer_sizes):
    return sum(m * n for m, n in zip(layer_sizes, layer_sizes[1:])) + sum(layer_sizes[1:-1])

# %% reject dense_parameter_count: one bias a layer
# message: one bias for each unit
def dense_parameter_count(layer_sizes):
    return sum(m * n + 1 for m, n in zip(layer_sizes, layer_sizes[1:]))

# %% reject dense_parameter_count: biases counted by inputs
# message: one bias for each input
def dense_parameter_count(layer_sizes):
    return sum(m * n + m for m, n in zip(layer_sizes, layer_sizes[1:]))

# %% reject dense_parameter_count: everything multiplied
# message: all sizes multiplied
def dense_parameter_count(layer_sizes):
    return np.prod(layer_sizes)

# %% reject dense_parameter_count: the last layer forgotten
# message: the first layer alone
def dense_parameter_count(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 2):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total

# %% reject dense_parameter_count: return inside the loop
# message: the first layer alone
def dense_parameter_count(layer_sizes):
    total = 0
    for m, n in zip(layer_sizes, layer_sizes[1:]):
        total += m * n + n
        return total

# %% reject dense_parameter_count: two layers, always
def dense_parameter_count(layer_sizes):
    a, b, c = layer_sizes
    return a * b + b + b * c + c

# %% reject dense_parameter_count: uses up the caller's list
# message: changes its argument in place
def dense_parameter_count(layer_sizes):
    total, m = 0, layer_sizes.pop(0)
    while layer_sizes:
        n = layer_sizes.pop(0)
        total += m * n + n
        m = n
    return total

# %% reject dense_parameter_count: only right where no layer size comes twice
def dense_parameter_count(layer_sizes):
    return sum({m * n + n for m, n in zip(layer_sizes, layer_sizes[1:])})

# %% reject dense_parameter_count: prints
# message: gave None
def dense_parameter_count(layer_sizes):
    print(sum(m * n + n for m, n in zip(layer_sizes, layer_sizes[1:])))

# %% reject dense_parameter_count: 32-bit floats, one off
def dense_parameter_count(layer_sizes):
    return float(sum(m * n + n for m, n in zip(layer_sizes, layer_sizes[1:]))) + 1

# %% accept build_mlp: add in a loop
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential()
    model.add(keras.Input(shape=(layer_sizes[0],)))
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% accept build_mlp: a list of layers, Activation layers apart
def build_mlp(layer_sizes, activation="relu"):
    layers = [keras.Input((layer_sizes[0],))]
    for units in layer_sizes[1:-1]:
        layers += [keras.layers.Dense(units), keras.layers.Activation(activation)]
    return keras.Sequential([*layers, keras.layers.Dense(layer_sizes[-1], activation="linear")])

# %% accept build_mlp: functional
def build_mlp(layer_sizes, activation="relu"):
    first, *hidden, last = layer_sizes
    inputs = keras.Input((first,))
    x = inputs
    for units in hidden:
        x = keras.layers.Dense(units, activation=keras.activations.get(activation))(x)
    return keras.Model(inputs, keras.layers.Dense(last)(x))

# %% accept build_mlp: built afterwards
def build_mlp(layer_sizes, activation="relu"):
    model = keras.models.Sequential(
        [keras.layers.Dense(n, activation) for n in layer_sizes[1:-1]]
        + [keras.layers.Dense(layer_sizes[-1])]
    )
    model.build((None, layer_sizes[0]))
    return model

# %% accept build_mlp: input_shape, with its warning, He initialisation, names, a summary
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential(name="mlp")
    for i, units in enumerate(layer_sizes[1:], start=1):
        more = {"input_shape": (layer_sizes[0],)} if i == 1 else {}
        last = i == len(layer_sizes) - 1
        model.add(
            keras.layers.Dense(
                units,
                activation=None if last else activation,
                kernel_initializer="he_normal",
                name=f"layer_{i}",
                **more,
            )
        )
    model.summary()
    return model

# %% accept build_mlp: a subclass, called once
class Stack(keras.Model):
    def __init__(self, sizes, activation):
        super().__init__()
        self.hidden = [keras.layers.Dense(n, activation=activation) for n in sizes[1:-1]]
        self.out = keras.layers.Dense(sizes[-1])

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)

def build_mlp(layer_sizes, activation="relu"):
    model = Stack(layer_sizes, activation)
    model(np.zeros((1, layer_sizes[0])))
    return model

# %% accept build_mlp: the activation as an operation, tf.keras
def build_mlp(layer_sizes, activation="relu"):
    inputs = x = tf.keras.Input((layer_sizes[0],), dtype="float32")
    for units in layer_sizes[1:-1]:
        x = getattr(keras.ops, activation)(tf.keras.layers.Dense(units)(x))
    return tf.keras.Model(inputs=inputs, outputs=tf.keras.layers.Dense(layer_sizes[-1])(x))

# %% accept build_mlp: one activation layer used again and again
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.layers[-1].activation = keras.activations.linear
    return model

# %% reject build_mlp: the last layer has the activation, too
# message: The last layer has the activation
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units, activation=activation))
    return model

# %% reject build_mlp: softmax at the end
# message: ends in a softmax
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1], activation="softmax"))
    return model

# %% reject build_mlp: no activation anywhere
# message: The hidden layers have no activation
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units))
    return model

# %% reject build_mlp: always ReLU
# message: The argument activation is not used
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: no input, so there are no weights
# message: has no weights yet
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential()
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: a layer as large as the input at the beginning
# message: other weights than expected
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: the last hidden layer is lost
# message: other weights than expected
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-2]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: always 784 features
# message: other weights than expected
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((784,))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: a number for a shape
# message: Cannot convert
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0]))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: no return
# message: is None
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))

# %% reject build_mlp: compiled already
# message: Do not compile the model here
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    model.compile("rmsprop", "mse")
    return model

# %% reject build_mlp: uses up the caller's list
# message: changes its argument in place
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes.pop(0),))])
    last = layer_sizes.pop()
    for units in layer_sizes:
        model.add(keras.layers.Dense(units, activation=activation))
    model.add(keras.layers.Dense(last))
    return model

# %% reject build_mlp: dropout that nobody asked for
# message: in training mode
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation))
        model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: no biases
# message: other weights than expected
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation, use_bias=False))
    model.add(keras.layers.Dense(layer_sizes[-1], use_bias=False))
    return model

# %% reject build_mlp: a penalty that nobody asked for
# message: has a penalty on its weights
def build_mlp(layer_sizes, activation="relu"):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation=activation, kernel_regularizer="l2"))
    model.add(keras.layers.Dense(layer_sizes[-1]))
    return model

# %% reject build_mlp: models remembered by their sizes
# message: share their weights
REMEMBERED = {}

def build_mlp(layer_sizes, activation="relu"):
    key = (*layer_sizes, activation)
    if key not in REMEMBERED:
        model = keras.Sequential([keras.Input((layer_sizes[0],))])
        for units in layer_sizes[1:-1]:
            model.add(keras.layers.Dense(units, activation=activation))
        model.add(keras.layers.Dense(layer_sizes[-1]))
        REMEMBERED[key] = model
    return REMEMBERED[key]

# %% reject build_mlp: two hidden layers, always
def build_mlp(layer_sizes, activation="relu"):
    return keras.Sequential([
        keras.Input((layer_sizes[0],)),
        keras.layers.Dense(layer_sizes[1], activation=activation),
        keras.layers.Dense(layer_sizes[2], activation=activation),
        keras.layers.Dense(layer_sizes[3]),
    ])

# %% accept build_regularised_mlp: names and L2
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_normal", "kernel_regularizer": keras.regularizers.L2(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% accept build_regularised_mlp: HeNormal with one seed for all, L1L2
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for i, units in enumerate(layer_sizes[1:], start=2):
        model.add(
            keras.layers.Dense(
                units,
                kernel_initializer=keras.initializers.HeNormal(seed=7),
                kernel_regularizer=keras.regularizers.L1L2(l2=l2),
            )
        )
        if i < len(layer_sizes):
            model.add(keras.layers.ReLU())
    return model

# %% accept build_regularised_mlp: functional, VarianceScaling, a penalty of one's own
def build_regularised_mlp(layer_sizes, l2):
    def penalty(w):
        return l2 * keras.ops.sum(keras.ops.square(w))

    inputs = x = keras.Input((layer_sizes[0],))
    for i, units in enumerate(layer_sizes[1:]):
        if i > 0:
            x = keras.ops.relu(x)
        he = keras.initializers.VarianceScaling(2.0, "fan_in", "truncated_normal")
        x = keras.layers.Dense(units, kernel_initializer=he, kernel_regularizer=penalty)(x)
    return keras.Model(inputs, x)

# %% accept build_regularised_mlp: a truncated normal with the allowance worked out
def build_regularised_mlp(layer_sizes, l2):
    layers = [keras.Input((layer_sizes[0],))]
    for m, n in zip(layer_sizes[:-1], layer_sizes[1:]):
        draw = keras.initializers.TruncatedNormal(stddev=(2 / m) ** 0.5 / 0.87962566103423978)
        layers += [
            keras.layers.Dense(n, kernel_initializer=draw, kernel_regularizer=keras.regularizers.l2(l2)),
            keras.layers.LeakyReLU(negative_slope=0.0),
        ]
    return keras.Sequential(layers[:-1])

# %% accept build_regularised_mlp: a subclass that adds its losses itself
class Penalised(keras.Model):
    def __init__(self, sizes, l2):
        super().__init__()
        self.l2 = l2
        self.steps = [keras.layers.Dense(n, kernel_initializer="he_normal") for n in sizes[1:]]

    def call(self, x):
        for layer in self.steps[:-1]:
            x = keras.activations.relu(layer(x))
        x = self.steps[-1](x)
        for layer in self.steps:
            self.add_loss(self.l2 * keras.ops.sum(layer.kernel**2))
        return x

def build_regularised_mlp(layer_sizes, l2):
    model = Penalised(layer_sizes, l2)
    model(np.zeros((2, layer_sizes[0]), dtype="float32"))
    return model

# %% accept build_regularised_mlp: nothing to regularise where l2 is 0, tf.keras, a dict
def build_regularised_mlp(layer_sizes, l2):
    regulariser = {"class_name": "L2", "config": {"l2": l2}} if l2 else None
    model = tf.keras.models.Sequential([tf.keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(tf.keras.layers.Dense(units, tf.nn.relu, kernel_initializer=tf.keras.initializers.he_normal(), kernel_regularizer=regulariser))
    model.add(tf.keras.layers.Dense(layer_sizes[-1], kernel_initializer="HeNormal", kernel_regularizer=regulariser))
    return model

# %% reject build_regularised_mlp: Keras's own initialiser
# message: Glorot's, which is Keras's default
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_regularizer=keras.regularizers.L2(l2)))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_regularizer=keras.regularizers.L2(l2)))
    return model

# %% reject build_regularised_mlp: he_uniform
# message: drawn uniformly
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_uniform", "kernel_regularizer": keras.regularizers.L2(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: the last layer drawn by Glorot
# message: the third kernel
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(l2)))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_regularizer=keras.regularizers.L2(l2)))
    return model

# %% reject build_regularised_mlp: a normal distribution that is not cut off
# message: its normal distribution is truncated
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for i in range(1, len(layer_sizes)):
        model.add(keras.layers.Dense(
            layer_sizes[i],
            activation="relu" if i < len(layer_sizes) - 1 else None,
            kernel_initializer=keras.initializers.RandomNormal(stddev=(2 / layer_sizes[i - 1]) ** 0.5),
            kernel_regularizer=keras.regularizers.L2(l2),
        ))
    return model

# %% reject build_regularised_mlp: a truncated normal without the allowance
# message: The cut at two standard deviations
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for i in range(1, len(layer_sizes)):
        model.add(keras.layers.Dense(
            layer_sizes[i],
            activation="relu" if i < len(layer_sizes) - 1 else None,
            kernel_initializer=keras.initializers.TruncatedNormal(stddev=(2 / layer_sizes[i - 1]) ** 0.5),
            kernel_regularizer=keras.regularizers.L2(l2),
        ))
    return model

# %% reject build_regularised_mlp: LeCun
# message: That is LeCun's
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "lecun_normal", "kernel_regularizer": keras.regularizers.L2(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: fan_out
# message: for the number of units
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": keras.initializers.VarianceScaling(2, "fan_out"), "kernel_regularizer": keras.regularizers.L2(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: the string l2
# message: The argument l2 is not used
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal", kernel_regularizer="l2"))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_initializer="he_normal", kernel_regularizer="l2"))
    return model

# %% reject build_regularised_mlp: L1
# message: That is L1
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_normal", "kernel_regularizer": keras.regularizers.L1(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: half of it
# message: factor 1/2
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_normal", "kernel_regularizer": lambda w: l2 * tf.nn.l2_loss(w)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: the last layer without a penalty
# message: The last layer has no penalty
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(l2)))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_initializer="he_normal"))
    return model

# %% reject build_regularised_mlp: biases, too
# message: The biases have a penalty
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    penalty = keras.regularizers.L2(l2)
    how = {"kernel_initializer": "he_normal", "kernel_regularizer": penalty, "bias_regularizer": penalty}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: a penalty on the outputs
# message: sum(model.losses)
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_normal", "activity_regularizer": keras.regularizers.L2(l2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: no penalty
# message: There is no penalty at all
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_initializer="he_normal"))
    return model

# %% reject build_regularised_mlp: ReLU at the end
# message: The last layer has ReLU
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(l2)))
    return model

# %% reject build_regularised_mlp: the mean of the squares
# message: mean of the squares
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    how = {"kernel_initializer": "he_normal", "kernel_regularizer": lambda w: l2 * keras.ops.mean(w**2)}
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", **how))
    model.add(keras.layers.Dense(layer_sizes[-1], **how))
    return model

# %% reject build_regularised_mlp: the penalty of the first weights, worked out once
# message: sum(model.losses)
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(layer_sizes[-1], kernel_initializer="he_normal"))
    for layer in model.layers:
        price = l2 * np.sum(layer.get_weights()[0] ** 2)
        layer.kernel_regularizer = lambda w, price=price: keras.ops.convert_to_tensor(price)
        layer.kernel.regularizer = layer.kernel_regularizer
    return model

# %% reject build_regularised_mlp: the old names of the arguments
# message: Unrecognized keyword arguments
def build_regularised_mlp(layer_sizes, l2):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:]:
        model.add(keras.layers.Dense(units, activation="relu", init="he_normal", W_regularizer=keras.regularizers.L2(l2)))
    return model

# %% accept compile_classifier: objects, accuracy by name
def compile_classifier(model, learning_rate):
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model

# %% accept compile_classifier: a lambda, the metric's class name
def compile_classifier(model, learning_rate):
    model.compile(
        keras.optimizers.RMSprop(learning_rate),
        lambda y, z: keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True),
        metrics=["sparse_categorical_accuracy"],
    )
    return model

# %% accept compile_classifier: TensorFlow's function, a metric object, eager
def compile_classifier(model, learning_rate):
    def loss(y, z):
        y = tf.cast(tf.reshape(y, [-1]), tf.int32)
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)

    model.compile(
        loss=loss,
        optimizer=tf.keras.optimizers.RMSprop(learning_rate),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
        run_eagerly=True,
    )
    return model

# %% accept compile_classifier: acc and a second metric, a tuple
def compile_classifier(model, learning_rate):
    optimizer = keras.optimizers.RMSprop()
    optimizer.learning_rate = learning_rate
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["acc", keras.metrics.SparseTopKCategoricalAccuracy(2)],
        steps_per_execution=4,
    )
    print("compiled")
    return model

# %% accept compile_classifier: by configuration, weighted metric
def compile_classifier(model, learning_rate):
    model.compile(
        optimizer={"class_name": "RMSprop", "config": {"learning_rate": float(learning_rate)}},
        loss=keras.losses.get(
            {"class_name": "SparseCategoricalCrossentropy", "config": {"from_logits": True}}
        ),
        weighted_metrics=["accuracy"],
    )
    return model

# %% accept compile_classifier: a loss of one's own, the mean as one number
def compile_classifier(model, learning_rate):
    def loss(y, z):
        logp = keras.ops.log_softmax(z, axis=-1)
        hits = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(y, (-1,)), "int32"), z.shape[-1])
        return -keras.ops.mean(keras.ops.sum(hits * logp, axis=-1))

    def correct(y, z):
        return keras.ops.equal(keras.ops.cast(keras.ops.reshape(y, (-1,)), "int64"), keras.ops.cast(keras.ops.argmax(z, axis=-1), "int64"))

    model.compile(keras.optimizers.RMSprop(learning_rate), loss, metrics=[correct])
    return model

# %% reject compile_classifier: the string rmsprop
# message: the learning rate of the model
def compile_classifier(model, learning_rate):
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject compile_classifier: the loss on probabilities
# message: from_logits=True is missing
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject compile_classifier: the function, on probabilities
# message: from_logits=True is missing
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.sparse_categorical_crossentropy, metrics=["accuracy"])
    return model

# %% reject compile_classifier: a loss for one-hot labels
# message: cross-entropy for class numbers
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.CategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject compile_classifier: squared error
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), "mse", metrics=["accuracy"])
    return model

# %% reject compile_classifier: binary cross-entropy
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject compile_classifier: the sum over the batch
# message: the sum over the batch
def compile_classifier(model, learning_rate):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    model.compile(keras.optimizers.RMSprop(learning_rate), loss, metrics=["accuracy"])
    return model

# %% reject compile_classifier: Adam
# message: with the optimizer Adam
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.Adam(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject compile_classifier: no metric
# message: reports no accuracy
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

# %% reject compile_classifier: a metric for one-hot labels
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["categorical_accuracy"])
    return model

# %% reject compile_classifier: the Accuracy meter
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=[keras.metrics.Accuracy()])
    return model

# %% reject compile_classifier: among the first two
# message: The accuracy of 5 right answers in 8
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=[keras.metrics.SparseTopKCategoricalAccuracy(2, name="accuracy")])
    return model

# %% reject compile_classifier: metrics as a string
# message: Expected `metrics` argument to be a list
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics="accuracy")
    return model

# %% reject compile_classifier: returns what compile returns
# message: compile itself returns nothing
def compile_classifier(model, learning_rate):
    return model.compile(keras.optimizers.RMSprop(learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])

# %% reject compile_classifier: a softmax is added to the model
# message: Leave the layers alone
def compile_classifier(model, learning_rate):
    model.add(keras.layers.Softmax())
    model.compile(keras.optimizers.RMSprop(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject compile_classifier: a new model around the old one
# message: the very model
def compile_classifier(model, learning_rate):
    model = keras.Sequential([model, keras.layers.Softmax()])
    model.compile(keras.optimizers.RMSprop(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject compile_classifier: lr, as it used to be written
# message: not recognized
def compile_classifier(model, learning_rate):
    model.compile(keras.optimizers.RMSprop(lr=learning_rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject compile_classifier: not compiled
# message: is not compiled
def compile_classifier(model, learning_rate):
    optimizer = keras.optimizers.RMSprop(learning_rate)
    return model

# %% accept predict_labels: predict and argmax
def predict_labels(model, images):
    return model.predict(images).argmax(axis=-1)

# %% accept predict_labels: a call, TensorFlow's argmax, a tensor
def predict_labels(model, images):
    return tf.argmax(model(images), axis=1)

# %% accept predict_labels: image by image
def predict_labels(model, images):
    labels = []
    for image in images:
        outputs = model(image[np.newaxis], training=False)
        labels.append(int(np.argmax(outputs)))
    return labels

# %% accept predict_labels: softmax first, Keras ops
def predict_labels(model, images):
    p = keras.ops.softmax(model.predict_on_batch(images))
    return keras.ops.argmax(p, axis=-1)

# %% accept predict_labels: argsort, small integers
def predict_labels(model, images):
    return np.argsort(model.predict(images, batch_size=7, verbose=0), axis=1)[:, -1].astype("uint8")

# %% accept predict_labels: top_k
def predict_labels(model, images):
    return tf.math.top_k(model(images, training=False), k=1).indices[:, 0].numpy()

# %% reject predict_labels: the outputs
# message: These are the model's outputs
def predict_labels(model, images):
    return model.predict(images, verbose=0)

# %% reject predict_labels: the largest outputs themselves
# message: Their places are asked for
def predict_labels(model, images):
    return model.predict(images, verbose=0).max(axis=-1)

# %% reject predict_labels: along the images
# message: Look along the classes
def predict_labels(model, images):
    return model.predict(images, verbose=0).argmax(axis=0)

# %% reject predict_labels: no axis
# message: Each row has its own
def predict_labels(model, images):
    return np.argmax(model.predict(images, verbose=0))

# %% reject predict_labels: squeezed
# message: An axis is lost
def predict_labels(model, images):
    return np.squeeze(model.predict(images, verbose=0).argmax(axis=-1))

# %% reject predict_labels: a column
# message: There is an axis too many
def predict_labels(model, images):
    return np.argmax(model.predict(images, verbose=0), axis=1, keepdims=True)

# %% reject predict_labels: floats
# message: Class numbers are integers
def predict_labels(model, images):
    return model.predict(images, verbose=0).argmax(axis=-1).astype("float32")

# %% reject predict_labels: scaled again
# message: Do not divide them by 255 again
def predict_labels(model, images):
    return model.predict(images / 255, verbose=0).argmax(axis=-1)

# %% reject predict_labels: ten classes, always
def predict_labels(model, images):
    outputs = model.predict(images, verbose=0)[:, :10]
    return np.where(outputs == outputs.max(axis=1, keepdims=True), np.arange(10), 0).sum(axis=1)

# %% reject predict_labels: reshaped to rows of 784
def predict_labels(model, images):
    return model.predict(images.reshape(-1, 784), verbose=0).argmax(axis=-1)

# %% reject predict_labels: rows, whatever the model takes
def predict_labels(model, images):
    return model.predict(images.reshape(len(images), -1), verbose=0).argmax(axis=-1)

# %% reject predict_labels: more than one half
# message: wrong
def predict_labels(model, images):
    return (model.predict(images, verbose=0) > 0.5).argmax(axis=-1)

# %% reject predict_labels: the first image only
def predict_labels(model, images):
    return model.predict(images[:1], verbose=0).argmax(axis=-1)

# %% reject predict_labels: predict_classes
# message: predict_classes
def predict_labels(model, images):
    return model.predict_classes(images)

# %% reject predict_labels: no return
# message: gave None
def predict_labels(model, images):
    labels = model.predict(images, verbose=0).argmax(axis=-1)

# %% accept train_digits: validation_split
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% accept train_digits: the first tenth, cut by hand
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape((len(images), -1)).astype("float32") / 255.0
    n = len(x) // 10
    return model.fit(
        x[n:], labels[n:], batch_size, epochs, verbose=0, validation_data=(x[:n], labels[:n])
    )

# %% accept train_digits: scikit-learn's split
from sklearn.model_selection import train_test_split

def train_digits(model, images, labels, epochs, batch_size):
    x = np.float32(images).reshape(-1, 28 * 28) * np.float32(1 / 255)
    x_train, x_valid, y_train, y_valid = train_test_split(x, labels, test_size=0.1, stratify=None)
    history = model.fit(x_train, y_train, epochs=epochs, batch_size=batch_size, validation_data=(x_valid, y_valid))
    print(model.evaluate(x, labels, verbose=0))
    return history

# %% accept train_digits: tf.data, shuffled
def train_digits(model, images, labels, epochs, batch_size):
    n_train = len(images) - max(1, round(len(images) / 10))
    def prepare(image, label):
        return tf.cast(tf.reshape(image, [784]), tf.float32) / 255, tf.cast(label, tf.int32)
    order = np.random.permutation(len(images))
    whole = tf.data.Dataset.from_tensor_slices((images[order], labels[order])).map(prepare)
    train = whole.take(n_train).shuffle(n_train).batch(batch_size)
    return model.fit(train, epochs=epochs, validation_data=whole.skip(n_train).batch(256), verbose=0)

# %% accept train_digits: a PyDataset and every tenth example
class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, size):
        super().__init__()
        self.x, self.y, self.size = x, y, size

    def __len__(self):
        return -(-len(self.x) // self.size)

    def __getitem__(self, i):
        here = slice(i * self.size, (i + 1) * self.size)
        return self.x[here].reshape(-1, 784) / 255.0, self.y[here]

def train_digits(model, images, labels, epochs, batch_size):
    held = np.arange(len(images)) % 10 == 9
    if held.sum() == 0:
        held[0] = True
    return model.fit(
        Batches(images[~held], labels[~held], batch_size),
        epochs=epochs,
        validation_data=Batches(images[held], labels[held], batch_size),
        verbose=2,
    )

# %% accept train_digits: a generator with steps, Keras layers for the scaling
def train_digits(model, images, labels, epochs, batch_size):
    x = keras.layers.Rescaling(1 / 255)(keras.layers.Flatten()(images[..., None]))
    x, y = np.asarray(x), np.asarray(labels)
    n = len(x) - len(x) // 10

    def forever():
        while True:
            for i in range(0, n, batch_size):
                yield x[i : min(i + batch_size, n)], y[i : min(i + batch_size, n)]

    model.fit(
        forever(), steps_per_epoch=-(-n // batch_size), epochs=epochs, validation_data=(x[n:], y[n:])
    )
    return model.history

# %% reject train_digits: not scaled
# message: The pixels are not divided by 255
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784).astype("float32")
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: divided by 256
# message: divided by 256
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 256, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: whole numbers
# message: divide with a single /
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) // 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: divided in place
def train_digits(model, images, labels, epochs, batch_size):
    images /= 255
    return model.fit(images.reshape(-1, 784), labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: reshaped in place
# message: changes its argument in place
def train_digits(model, images, labels, epochs, batch_size):
    images.shape = (len(images), 784)
    return model.fit(images / 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: shuffled in place
# message: changes its argument in place
def train_digits(model, images, labels, epochs, batch_size):
    order = np.random.permutation(len(images))
    images[:], labels[:] = images[order], labels[order]
    return model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: only the training images are scaled
# message: In validation the model received
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784).astype("float32")
    n = len(x) - len(x) // 10
    return model.fit(x[:n] / 255, labels[:n], batch_size=batch_size, epochs=epochs, validation_data=(x[n:], labels[n:]))

# %% reject train_digits: standardised
# message: The pixels are standardised
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    x = (x - x.mean()) / x.std()
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: not laid out
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images / 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: transposed
# message: column by column
def train_digits(model, images, labels, epochs, batch_size):
    x = images.transpose(0, 2, 1).reshape(-1, 784) / 255
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: pixels mixed up
# message: mixed up
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(784, -1).T / 255
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_split=0.1)

# %% reject train_digits: no validation
# message: should have a val_loss
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, epochs=epochs)

# %% reject train_digits: validated on what is trained on
# message: both trained on and validated on
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    n = len(x) // 10
    return model.fit(x, labels, batch_size=batch_size, epochs=epochs, validation_data=(x[:n], labels[:n]))

# %% reject train_digits: a fifth held out
# message: a tenth is asked for
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.2)

# %% reject train_digits: nine tenths held out
# message: a tenth is asked for
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, epochs=epochs, validation_split=0.9)

# %% reject train_digits: epochs not passed on
# message: the History is of 1 epoch(s), not of 2
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, validation_split=0.1)

# %% reject train_digits: batch_size not passed on
# message: the batches of the training have the sizes
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, validation_split=0.1)

# %% reject train_digits: batch size and epochs swapped
# message: epoch(s), not of 2
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, epochs, batch_size, validation_split=0.1)

# %% reject train_digits: images shuffled, labels not
# message: labels of others
def train_digits(model, images, labels, epochs, batch_size):
    x = np.random.default_rng(0).permutation(images.reshape(-1, 784) / 255)
    return model.fit(x, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1)

# %% reject train_digits: validation labels from the wrong end
# message: In validation some images came with the labels of others
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    n = len(x) // 10
    return model.fit(x[n:], labels[n:], epochs=epochs, batch_size=batch_size, validation_data=(x[:n], labels[-n:]))

# %% reject train_digits: compiled again
# message: do not compile it again
def train_digits(model, images, labels, epochs, batch_size):
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1)

# %% reject train_digits: returns the dictionary
# message: Return the History
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1).history

# %% reject train_digits: returns the model
# message: Return the History
def train_digits(model, images, labels, epochs, batch_size):
    model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1)
    return model

# %% reject train_digits: no return
# message: gave None
def train_digits(model, images, labels, epochs, batch_size):
    model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1)

# %% reject train_digits: fit in a loop, the last History
# message: the History is of 1 epoch(s)
def train_digits(model, images, labels, epochs, batch_size):
    for _ in range(epochs):
        history = model.fit(images.reshape(-1, 784) / 255, labels, batch_size=batch_size, validation_split=0.1)
    return history

# %% reject train_digits: trains a clone
# message: Is it `model` that you fit
def train_digits(model, images, labels, epochs, batch_size):
    other = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
    other.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return other.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1)

# %% reject train_digits: the last batch dropped
# message: What of the others
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    n = len(x) // 10
    whole = tf.data.Dataset.from_tensor_slices((x[n:], labels[n:])).batch(batch_size, drop_remainder=True)
    return model.fit(whole, epochs=epochs, validation_data=(x[:n], labels[:n]))

# %% reject train_digits: the first examples held out and the last ones lost
# message: What of the others
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    n = len(x) // 10
    return model.fit(x[n:-n], labels[n:-n], epochs=epochs, batch_size=batch_size, validation_data=(x[:n], labels[:n]))

# %% reject train_digits: batches drawn with replacement
def train_digits(model, images, labels, epochs, batch_size):
    x = images.reshape(-1, 784) / 255
    n = len(x) - len(x) // 10
    draw = np.random.default_rng(0).integers(0, n, n)
    return model.fit(x[draw], labels[draw], epochs=epochs, batch_size=batch_size, validation_data=(x[n:], labels[n:]))

# %% reject train_digits: the validation is done once, at the end
# message: should have a val_loss for every epoch
def train_digits(model, images, labels, epochs, batch_size):
    return model.fit(images.reshape(-1, 784) / 255, labels, epochs=epochs, batch_size=batch_size, validation_split=0.1, validation_freq=epochs)


# %% accept repair_classifier: a softmax, the loss by name
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% accept repair_classifier: the program with three words changed
def repair_classifier(n_features, n_classes):
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(n_classes, activation="softmax"))
    model.compile(
        optimizer="rmsprop",
        loss="sparse_categorical_crossentropy",
        metrics=["sparse_categorical_accuracy"],
    )
    return model

# %% accept repair_classifier: logits, a metric object with a name of its own
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(n_classes)])
    model.compile(
        keras.optimizers.SGD(0.1),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="share_right")],
    )
    print(model.count_params())
    return model

# %% accept repair_classifier: functional
def repair_classifier(n_features, n_classes):
    inputs = keras.Input(shape=(n_features,), name="features")
    hidden = keras.layers.Dense(64, activation=keras.activations.relu, kernel_initializer="he_normal")(inputs)
    outputs = keras.layers.Dense(n_classes, activation=keras.ops.softmax)(hidden)
    model = keras.Model(inputs, outputs)
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")])
    return model

# %% accept repair_classifier: activations as layers of their own
def repair_classifier(n_features, n_classes):
    model = tf.keras.Sequential()
    model.add(tf.keras.Input((n_features,)))
    for units, activation in ((64, tf.keras.layers.ReLU()), (n_classes, tf.keras.layers.Softmax())):
        model.add(tf.keras.layers.Dense(units))
        model.add(activation)
    model.compile("nadam", tf.keras.losses.sparse_categorical_crossentropy, metrics=["acc"])
    return model

# %% accept repair_classifier: Activation layers, two metrics, eager
def repair_classifier(n_features, n_classes):
    layers = [
        keras.layers.Dense(64), keras.layers.Activation("relu"),
        keras.layers.Dense(n_classes), keras.layers.Activation("linear"),
    ]
    model = keras.Sequential([keras.Input((n_features,)), *layers])
    model.compile(
        optimizer=keras.optimizers.Adam(3e-4),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy", "sparse_top_k_categorical_accuracy"],
        run_eagerly=True,
    )
    return model

# %% accept repair_classifier: built afterwards, a loss function of one's own on logits
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(n_classes)])
    model.build((None, n_features))

    def cross_entropy(y, z):
        return keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True)

    model.compile("sgd", cross_entropy, metrics=["accuracy"])
    return model

# %% accept repair_classifier: logarithms of probabilities are logits
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="log_softmax"),
    ])
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% accept repair_classifier: a subclass, called once, a weighted metric
class Classifier(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.hidden = keras.layers.Dense(64)
        self.out = keras.layers.Dense(n_classes)

    def call(self, x):
        return keras.ops.softmax(self.out(keras.ops.relu(self.hidden(x))))

def repair_classifier(n_features, n_classes):
    model = Classifier(n_classes)
    model(np.zeros((1, n_features), "float32"))
    model.compile("adamw", "sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
    return model

# %% reject repair_classifier: as handed out
# message: The hidden layer has no activation, and the output has ReLU
def repair_classifier(n_features, n_classes):
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    model.add(keras.layers.Dense(64))
    model.add(keras.layers.Dense(n_classes, activation="relu"))
    model.compile(
        optimizer="rmsprop",
        loss="sparse_categorical_crossentropy",
        metrics=["categorical_accuracy"],
    )
    return model

# %% reject repair_classifier: only the output is mended
# message: The hidden layer has no activation
def repair_classifier(n_features, n_classes):
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    model.add(keras.layers.Dense(64))
    model.add(keras.layers.Dense(n_classes, activation="softmax"))
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: ReLU in both layers
# message: The output has ReLU
def repair_classifier(n_features, n_classes):
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(n_classes, activation="relu"))
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: logits taken for probabilities
# message: the loss takes them for probabilities
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(n_classes)])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: a softmax, and from_logits=True
# message: the loss takes them for logits
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject repair_classifier: the metric is left as it was
# message: Is that metric the accuracy
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["categorical_accuracy"])
    return model

# %% reject repair_classifier: the loss as the metric
# message: Is that metric the accuracy
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["sparse_categorical_crossentropy"])
    return model

# %% reject repair_classifier: no metric
# message: reports no accuracy
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy")
    return model

# %% reject repair_classifier: a loss for one-hot labels
# message: Is it a cross-entropy for class numbers
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: ten classes, always
# message: other weights than expected
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: 32 hidden units
# message: other weights than expected
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: tanh
# message: The hidden layer has tanh
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="tanh"),
        keras.layers.Dense(n_classes),
    ])
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model

# %% reject repair_classifier: sigmoids
# message: Each output has a sigmoid of its own
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="sigmoid"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: two softmaxes
# message: There are two softmaxes
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
        keras.layers.Softmax(),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: dropout that nobody asked for
# message: in training mode
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: not compiled
# message: is not compiled
def repair_classifier(n_features, n_classes):
    return keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])

# %% reject repair_classifier: squared error
# message: squared error
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", lambda y, p: keras.losses.mean_squared_error(keras.ops.one_hot(keras.ops.cast(y, "int32"), n_classes), p), metrics=["accuracy"])
    return model

# %% reject repair_classifier: no input
# message: has no weights yet
def repair_classifier(n_features, n_classes):
    model = keras.Sequential([
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject repair_classifier: one model for all calls
# message: share their weights
_known = {}

def repair_classifier(n_features, n_classes):
    key = n_features, n_classes
    if key not in _known:
        _known[key] = keras.Sequential([
            keras.Input((n_features,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(n_classes, activation="softmax"),
        ])
        _known[key].compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return _known[key]
