# %% accept cross: 64 bits first
def cross(a, b, n_b):
    return np.asarray(a, dtype="int64") * n_b + np.asarray(b, dtype="int64")

# %% accept cross: astype where it is an array, Python integers otherwise
def cross(a, b, n_b):
    if isinstance(a, np.ndarray):
        return a.astype(np.int64) * n_b + b
    return a * n_b + b

# %% accept cross: np.multiply with a dtype
def cross(a, b, n_b):
    return np.add(np.multiply(a, n_b, dtype=np.int64), b, dtype=np.int64)

# %% accept cross: ravel_multi_index
def cross(a, b, n_b):
    a, b = np.asarray(a), np.asarray(b)
    return np.ravel_multi_index((a.astype(int), b.astype(int)), (int(a.max()) + 1, n_b))

# %% accept cross: TensorFlow, returns a tensor
import tensorflow as tf

def cross(a, b, n_b):
    return tf.cast(a, tf.int64) * n_b + tf.cast(b, tf.int64)

# %% accept cross: a loop over Python integers, and a print
def cross(a, b, n_b):
    print("crossing")
    if np.ndim(a) == 0:
        return int(a) * int(n_b) + int(b)
    ids = [int(i) * n_b + int(j) for i, j in zip(np.ravel(a), np.ravel(b))]
    return np.array(ids).reshape(np.shape(a))

# %% accept cross: int64 of n_b does the promotion
def cross(a, b, n_b):
    return a * np.int64(n_b) + b

# %% accept cross: Python objects turned into int64 in the end
def cross(a, b, n_b):
    return (np.asarray(a, dtype=object) * n_b + np.asarray(b, dtype=object)).astype("int64") if np.ndim(a) else a * n_b + b

# %% reject cross: overflows in the arrays' own type
# message: do not fit into uint8
def cross(a, b, n_b):
    return np.asarray(a) * np.asarray(n_b).astype(np.asarray(a).dtype) + np.asarray(b)

# %% reject cross: the formula as it is, without a conversion
def cross(a, b, n_b):
    return a * n_b + b

# %% reject cross: 32 bits are not enough
# message: wrong value
def cross(a, b, n_b):
    return np.asarray(a, dtype="int32") * np.int32(n_b) + np.asarray(b, dtype="int32")

# %% reject cross: plain sum
# message: That is a + b
def cross(a, b, n_b):
    return np.asarray(a, dtype="int64") + b

# %% reject cross: plain product
# message: That is a · b
def cross(a, b, n_b):
    return np.asarray(a, dtype="int64") * b

# %% reject cross: a and b exchanged
# message: changed places
def cross(a, b, n_b):
    return np.asarray(b, dtype="int64") * n_b + a

# %% reject cross: n_b from the data
# message: do not take the largest b
def cross(a, b, n_b):
    a, b = np.asarray(a, dtype="int64"), np.asarray(b, dtype="int64")
    return a * (b.max() + 1) + b

# %% reject cross: ids as floats
# message: Make them integers
def cross(a, b, n_b):
    return np.asarray(a, dtype="float64") * n_b + b

# %% reject cross: hashed
# message: wrong value
def cross(a, b, n_b):
    a, b = np.asarray(a, dtype="int64"), np.asarray(b, dtype="int64")
    return (a * 31 + b) % 1000

# %% reject cross: all pairs instead of the given ones
# message: wrong shape
def cross(a, b, n_b):
    a, b = np.asarray(a, dtype="int64"), np.asarray(b, dtype="int64")
    return a.reshape(-1, 1) * n_b + b.reshape(1, -1)

# %% reject cross: changes a in place
# message: in place
def cross(a, b, n_b):
    if isinstance(a, np.ndarray):
        a *= 2
        return (a.astype("int64") // 2) * n_b + b
    return a * n_b + b

# %% reject cross: several dimensions are flattened
# message: wrong shape
def cross(a, b, n_b):
    return np.ravel(a).astype("int64") * n_b + np.ravel(b) if np.ndim(a) else a * n_b + b

# %% reject cross: arrays only
# message: stopped with an error
def cross(a, b, n_b):
    return a.astype("int64") * n_b + b

# %% reject cross: one too many for each row
# message: b runs from 0 to n_b - 1
def cross(a, b, n_b):
    return np.asarray(a, dtype="int64") * (n_b + 1) + b

# %% reject cross: not written
# message: not written yet
def cross(a, b, n_b):
    raise NotImplementedError()

# %% accept build_ratings_model: Dot of scalar inputs
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.layers.Add()([keras.layers.Dot(axes=1)([p, q]), b, c]))

# %% accept build_ratings_model: inputs (1,), Flatten, biases first, other initial values
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((1,), name="user"), keras.Input((1,), name="item")
    flat = keras.layers.Flatten
    c = flat()(keras.layers.Embedding(n_items, 1, embeddings_initializer="zeros")(item))
    b = flat()(keras.layers.Embedding(n_users, 1, embeddings_initializer="zeros")(user))
    q = flat()(keras.layers.Embedding(n_items, dim)(item))
    p = flat()(keras.layers.Embedding(n_users, dim)(user))
    product = keras.ops.sum(keras.layers.multiply([p, q]), axis=1, keepdims=True)
    return keras.Model(inputs=[user, item], outputs=product + b + c)

# %% accept build_ratings_model: the bias is the last column of the table
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int64"), keras.Input((), dtype="int64")
    p, q = keras.layers.Embedding(n_users, dim + 1)(user), keras.layers.Embedding(n_items, dim + 1)(item)
    product = keras.ops.sum(p[:, :dim] * q[:, :dim], axis=-1, keepdims=True)
    return keras.Model([user, item], product + p[:, dim:] + q[:, dim:])

# %% accept build_ratings_model: a class, called once
class Ratings(keras.Model):
    def __init__(self, n_users, n_items, dim):
        super().__init__()
        self.p, self.q = keras.layers.Embedding(n_users, dim), keras.layers.Embedding(n_items, dim)
        self.b, self.c = keras.layers.Embedding(n_users, 1), keras.layers.Embedding(n_items, 1)

    def call(self, inputs):
        user, item = (keras.ops.reshape(each, (-1,)) for each in inputs)
        product = keras.ops.sum(self.p(user) * self.q(item), axis=1, keepdims=True)
        return product + self.b(user) + self.c(item)

def build_ratings_model(n_users, n_items, dim=8):
    model = Ratings(n_users, n_items, dim)
    model([np.zeros(1, "int32"), np.zeros(1, "int32")])
    return model

# %% reject build_ratings_model: no biases
# message: The biases are missing
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    return keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]))

# %% reject build_ratings_model: no bias for the item
# message: The bias of the item is missing
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b = keras.layers.Embedding(n_users, 1)(user)
    return keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]) + b)

# %% reject build_ratings_model: the embeddings are joined and go through a dense layer
# message: Only the tables and the biases may
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    return keras.Model([user, item], keras.layers.Dense(1)(keras.layers.Concatenate()([p, q])))

# %% reject build_ratings_model: a dense layer after the sum
# message: Only the tables and the biases may
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.layers.Dense(1)(keras.layers.Dot(axes=1)([p, q]) + b + c))

# %% reject build_ratings_model: the cosine
# message: That is the cosine
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.layers.Dot(axes=1, normalize=True)([p, q]) + b + c)

# %% reject build_ratings_model: sigmoid at the output
# message: The output has a sigmoid
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.ops.sigmoid(keras.layers.Dot(axes=1)([p, q]) + b + c))

# %% reject build_ratings_model: the products are not summed up
# message: Sum up the products
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], p * q + b + c)

# %% reject build_ratings_model: the rows are added, not multiplied
# message: The two rows are added
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.ops.sum(p + q, axis=1, keepdims=True) + b + c)

# %% reject build_ratings_model: the mean of the products
# message: That is the mean
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.ops.mean(p * q, axis=1, keepdims=True) + b + c)

# %% reject build_ratings_model: items first
# message: The users come first
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([item, user], keras.layers.Dot(axes=1)([p, q]) + b + c)

# %% reject build_ratings_model: the sum leaves out an axis, (n,)
# message: has the shape (24,)
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.ops.sum(p * q, axis=1) + b[:, 0] + c[:, 0])

# %% reject build_ratings_model: another default of dim
# message: other weights
def build_ratings_model(n_users, n_items, dim=4):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]) + b + c)

# %% reject build_ratings_model: a row for an unknown id
# message: a row too many
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users + 1, dim)(user), keras.layers.Embedding(n_items + 1, dim)(item)
    b, c = keras.layers.Embedding(n_users + 1, 1)(user), keras.layers.Embedding(n_items + 1, 1)(item)
    return keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]) + b + c)

# %% reject build_ratings_model: the user's bias twice, the item's never
# message: wrong value
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    b, c = keras.layers.Embedding(n_users, 1)(user), keras.layers.Embedding(n_items, 1)(item)
    return keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]) + b + b + 0 * c)

# %% reject build_ratings_model: a single pair loses an axis
# message: Expected (1, 1)
def build_ratings_model(n_users, n_items, dim=8):
    class Squeezed(keras.Model):
        def __init__(self):
            super().__init__()
            self.p, self.q = keras.layers.Embedding(n_users, dim), keras.layers.Embedding(n_items, dim)
            self.b, self.c = keras.layers.Embedding(n_users, 1), keras.layers.Embedding(n_items, 1)

        def call(self, inputs):
            user, item = (keras.ops.squeeze(each) for each in inputs)
            product = keras.ops.sum(self.p(user) * self.q(item), axis=-1, keepdims=True)
            return product + self.b(user) + self.c(item)

    model = Squeezed()
    model([np.zeros(2, "int32"), np.zeros(2, "int32")])
    return model

# %% reject build_ratings_model: ids (n, 1) are not thought of
# message: (24, 1)
def build_ratings_model(n_users, n_items, dim=8):
    class Flat(keras.Model):
        def __init__(self):
            super().__init__()
            self.p, self.q = keras.layers.Embedding(n_users, dim), keras.layers.Embedding(n_items, dim)
            self.b, self.c = keras.layers.Embedding(n_users, 1), keras.layers.Embedding(n_items, 1)

        def call(self, inputs):
            user, item = inputs
            product = keras.ops.sum(self.p(user) * self.q(item), axis=-1, keepdims=True)
            return product + self.b(user) + self.c(item)

    model = Flat()
    model([np.zeros(2, "int32"), np.zeros(2, "int32")])
    return model

# %% reject build_ratings_model: no return
# message: Does the function end with `return`
def build_ratings_model(n_users, n_items, dim=8):
    user, item = keras.Input((), dtype="int32"), keras.Input((), dtype="int32")
    p, q = keras.layers.Embedding(n_users, dim)(user), keras.layers.Embedding(n_items, dim)(item)
    keras.Model([user, item], keras.layers.Dot(axes=1)([p, q]))

# %% accept build_wide_deep: functional, deep first
def build_wide_deep(n_features):
    inputs = keras.layers.Input(shape=(n_features,))
    h = keras.layers.Dense(30, activation="relu")(inputs)
    h = keras.layers.Dense(30, activation="relu")(h)
    return keras.Model(inputs=inputs, outputs=keras.layers.Dense(1)(keras.layers.Concatenate()([h, inputs])))

# %% accept build_wide_deep: input first, activations apart, keras.layers.concatenate, other initializers
def build_wide_deep(n_features):
    x = keras.Input((n_features,), name="houses")
    h = keras.layers.Dense(30, kernel_initializer="he_normal")(x)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.ReLU()(keras.layers.Dense(30, kernel_initializer="he_normal")(h))
    out = keras.layers.Dense(1, name="price")(keras.layers.concatenate([x, h]))
    return keras.Model([x], [out])

# %% accept build_wide_deep: a Sequential as the deep path, ops.concatenate
def build_wide_deep(n_features):
    inputs = keras.Input((n_features,))
    stack = keras.Sequential([keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")])
    return keras.Model(inputs, keras.layers.Dense(1)(keras.ops.concatenate([stack(inputs), inputs], axis=1)))

# %% accept build_wide_deep: output layer made first
def build_wide_deep(n_features):
    out = keras.layers.Dense(1)
    second = keras.layers.Dense(30, keras.activations.relu)
    first = keras.layers.Dense(30, keras.ops.relu)
    i = keras.Input([n_features])
    return keras.Model(i, out(keras.layers.Concatenate(axis=-1)([i, second(first(i))])))

# %% accept build_wide_deep: a sum of two linear layers, one bias
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    return keras.Model(i, keras.layers.add([keras.layers.Dense(1)(h), keras.layers.Dense(1, use_bias=False)(i)]))

# %% accept build_wide_deep: a subclass that is built by a call
def build_wide_deep(n_features):
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.join = keras.layers.Dense(1)
            self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")

        def call(self, x):
            return self.join(keras.ops.concatenate([x, self.b(self.a(x))], axis=-1))

    model = Net()
    model(np.zeros((1, n_features), dtype="float32"))
    return model

# %% reject build_wide_deep: no concatenation
# message: sees the deep path alone
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    return keras.Model(i, keras.layers.Dense(1)(h))

# %% reject build_wide_deep: joined with the first hidden layer
# message: The first hidden layer is joined
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    a = keras.layers.Dense(30, "relu")(i)
    b = keras.layers.Dense(30, "relu")(a)
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([a, b])))

# %% reject build_wide_deep: no activation
# message: have no activation
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30)(keras.layers.Dense(30)(i))
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: second layer without ReLU
# message: The second hidden layer has no ReLU
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30)(keras.layers.Dense(30, "relu")(i))
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: ReLU at the output
# message: The output has a ReLU
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    return keras.Model(i, keras.layers.Dense(1, "relu")(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: both hidden layers on the input
# message: other weights
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    a = keras.layers.Dense(30, "relu")(i)
    b = keras.layers.Dense(30, "relu")(i)
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([b, i])))

# %% reject build_wide_deep: hard-coded for eight features
# message: other weights
def build_wide_deep(n_features):
    i = keras.Input((8,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: compiled
# message: is compiled
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    model = keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))
    model.compile("sgd", "mse")
    return model

# %% reject build_wide_deep: ReLU on the wide path
# message: The wide path has a ReLU
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    joined = keras.layers.Concatenate()([h, keras.layers.ReLU()(i)])
    return keras.Model(i, keras.layers.Dense(1)(joined))

# %% reject build_wide_deep: dropout in the deep path
# message: in training mode
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    h = keras.layers.Dropout(0.3)(h)
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: layers outside the function are shared
# message: share their weights
first, second, last = (keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu"), keras.layers.Dense(1))
models_made = {}

def build_wide_deep(n_features):
    if n_features not in models_made:
        i = keras.Input((n_features,))
        h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
        models_made[n_features] = keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))
    return models_made[n_features]

# %% reject build_wide_deep: no return
# message: Does the function end with `return`
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(i))
    keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% reject build_wide_deep: the first layer has no bias
# message: A Dense layer has no bias
def build_wide_deep(n_features):
    i = keras.Input((n_features,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu", use_bias=False)(i))
    return keras.Model(i, keras.layers.Dense(1)(keras.layers.Concatenate()([h, i])))

# %% accept WideDeepModel: ops.concatenate
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden1 = keras.layers.Dense(30, activation="relu")
        self.hidden2 = keras.layers.Dense(30, activation="relu")
        self.join = keras.layers.Dense(1)

    def call(self, inputs, training=None):
        h = self.hidden2(self.hidden1(inputs))
        return self.join(keras.ops.concatenate([inputs, h], axis=-1))

# %% accept WideDeepModel: output first, Concatenate layer, TensorFlow's relu
import tensorflow as tf

class WideDeepModel(keras.Model):
    def __init__(self, name="wide_deep", **kwargs):
        super().__init__(name=name, **kwargs)
        self.last = keras.layers.Dense(1)
        self.a = keras.layers.Dense(30)
        self.b = keras.layers.Dense(30)
        self.concat = keras.layers.Concatenate()

    def call(self, x):
        h = tf.nn.relu(self.b(tf.nn.relu(self.a(x))))
        return self.last(self.concat([h, x]))

# %% accept WideDeepModel: layers in build
class WideDeepModel(keras.Model):
    def build(self, input_shape):
        self.stack = keras.Sequential([keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")])
        self.stack.build(input_shape)
        self.join = keras.layers.Dense(1)
        self.join.build((None, 30 + input_shape[-1]))
        self.built = True

    def call(self, x):
        return self.join(tf_concat([self.stack(x), x]))

def tf_concat(parts):
    return keras.ops.concatenate(parts, axis=1)

# %% accept WideDeepModel: a list of layers
class WideDeepModel(keras.Model):
    def __init__(self, units=30, **kwargs):
        super().__init__(**kwargs)
        self.hidden = [keras.layers.Dense(units, "relu") for _ in range(2)]
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        deep = inputs
        for layer in self.hidden:
            deep = layer(deep)
        return self.out(keras.layers.concatenate([deep, inputs]))

# %% accept WideDeepModel: wraps build_wide_deep, made at the first call of build
class WideDeepModel(keras.Model):
    def build(self, input_shape):
        self.inner = build_wide_deep(input_shape[-1])
        self.built = True

    def call(self, inputs):
        return self.inner(inputs)

# %% accept WideDeepModel: two linear layers, one bias
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")
        self.from_deep = keras.layers.Dense(1)
        self.from_wide = keras.layers.Dense(1, use_bias=False)

    def call(self, x):
        return self.from_deep(self.b(self.a(x))) + self.from_wide(x)

# %% reject WideDeepModel: layers in the class body
# message: in __init__
class WideDeepModel(keras.Model):
    hidden1 = keras.layers.Dense(30, activation="relu")
    hidden2 = keras.layers.Dense(30, activation="relu")
    join = keras.layers.Dense(1)

    def call(self, inputs):
        h = self.hidden2(self.hidden1(inputs))
        return self.join(keras.ops.concatenate([h, inputs], axis=-1))

# %% reject WideDeepModel: layers made in call
# message: in __init__
class WideDeepModel(keras.Model):
    def call(self, inputs):
        h = keras.layers.Dense(30, activation="relu")(inputs)
        h = keras.layers.Dense(30, activation="relu")(h)
        return keras.layers.Dense(1)(keras.ops.concatenate([h, inputs], axis=-1))

# %% reject WideDeepModel: the input is not joined
# message: sees the deep path alone
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu"), keras.layers.Dense(1)

    def call(self, x):
        return self.c(self.b(self.a(x)))

# %% reject WideDeepModel: one layer used twice
# message: stopped with an error
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(30, "relu")
        self.join = keras.layers.Dense(1)

    def call(self, x):
        return self.join(keras.ops.concatenate([self.hidden(self.hidden(x)), x], axis=-1))

# %% reject WideDeepModel: no ReLU
# message: have no activation
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = keras.layers.Dense(30), keras.layers.Dense(30), keras.layers.Dense(1)

    def call(self, x):
        return self.c(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% reject WideDeepModel: super().__init__() forgotten
# message: super().__init__()
class WideDeepModel(keras.Model):
    def __init__(self):
        self.a, self.b, self.c = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu"), keras.layers.Dense(1)

    def call(self, x):
        return self.c(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% reject WideDeepModel: a layer instead of a model
# message: derived from keras.Model
class WideDeepModel(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu"), keras.layers.Dense(1)

    def call(self, x):
        return self.c(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% reject WideDeepModel: eight features only
# message: WideDeepModel
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = build_wide_deep(8)

    def call(self, x):
        return self.net(x)

# %% reject WideDeepModel: output of the attribute name that Keras needs
# message: stopped with an error
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")
        self.output = keras.layers.Dense(1)

    def call(self, x):
        return self.output(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% reject WideDeepModel: one shared network for all instances
# message: share their layers
shared_network = {}

class WideDeepModel(keras.Model):
    def build(self, input_shape):
        d = input_shape[-1]
        if d not in shared_network:
            shared_network[d] = build_wide_deep(d)
        self.inner = shared_network[d]
        self.built = True

    def call(self, inputs):
        return self.inner(inputs)

# %% reject WideDeepModel: the output has no bias
# message: A Dense layer has no bias
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")
        self.c = keras.layers.Dense(1, use_bias=False)

    def call(self, x):
        return self.c(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% reject WideDeepModel: the first hidden layer is joined
# message: The first hidden layer is joined
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")
        self.c = keras.layers.Dense(1)

    def call(self, x):
        h = self.a(x)
        return self.c(keras.ops.concatenate([self.b(h), h], axis=-1))

# %% reject WideDeepModel: call returns nothing
class WideDeepModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")
        self.c = keras.layers.Dense(1)

    def call(self, x):
        self.c(keras.ops.concatenate([self.b(self.a(x)), x], axis=-1))

# %% accept build_wide_deep_two_inputs: functional
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide = keras.Input((n_wide,), name="wide")
    deep = keras.Input((n_deep,), name="deep")
    h = keras.layers.Dense(30, activation="relu")(deep)
    h = keras.layers.Dense(30, activation="relu")(h)
    return keras.Model(inputs=[wide, deep], outputs=keras.layers.Dense(1)(keras.layers.concatenate([wide, h])))

# %% accept build_wide_deep_two_inputs: a tuple of inputs, a list of one output
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    a, b = keras.Input(shape=(n_wide,)), keras.Input(shape=(n_deep,))
    h = b
    for _ in range(2):
        h = keras.layers.ReLU()(keras.layers.Dense(30)(h))
    return keras.Model((a, b), keras.layers.Dense(1)(keras.layers.Concatenate()([h, a])))

# %% accept build_wide_deep_two_inputs: a sum of two linear layers, one bias
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    out = keras.layers.Add()([keras.layers.Dense(1, use_bias=False)(wide), keras.layers.Dense(1)(h)])
    return keras.Model([wide, deep], out)

# %% accept build_wide_deep_two_inputs: a subclass, built by a call
class TwoInputs(keras.Model):
    def __init__(self):
        super().__init__()
        self.join = keras.layers.Dense(1)
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")

    def call(self, inputs):
        wide, deep = inputs
        return self.join(keras.ops.concatenate([self.b(self.a(deep)), wide], axis=-1))

def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    model = TwoInputs()
    model([np.zeros((1, n_wide), dtype="float32"), np.zeros((1, n_deep), dtype="float32")])
    return model

# %% accept build_wide_deep_two_inputs: a sub-model as deep path
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    path = keras.Sequential([keras.Input((n_deep,)), keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")])
    wide = keras.Input((n_wide,))
    joined = keras.layers.Concatenate()([wide, path.outputs[0]])
    return keras.Model([wide, path.inputs[0]], keras.layers.Dense(1)(joined))

# %% reject build_wide_deep_two_inputs: inputs in the order deep, wide
# message: The wide input comes first
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    return keras.Model([deep, wide], keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide])))

# %% reject build_wide_deep_two_inputs: the deep path on the wide input
# message: The deep path begins at the wide input
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(wide))
    return keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, deep])))

# %% reject build_wide_deep_two_inputs: joined with the deep input
# message: Join it with the wide one
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    return keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, deep])))

# %% reject build_wide_deep_two_inputs: sizes hard-coded
# message: other weights
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((5,)), keras.Input((6,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    return keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide])))

# %% reject build_wide_deep_two_inputs: one input that is split inside
# message: does not take [x_wide, x_deep]
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    x = keras.Input((8,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(x[:, 8 - n_deep:]))
    return keras.Model(x, keras.layers.Dense(1)(keras.layers.Concatenate()([h, x[:, :n_wide]])))

# %% reject build_wide_deep_two_inputs: one hidden layer
# message: two hidden layers
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(deep)
    return keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide])))

# %% reject build_wide_deep_two_inputs: sigmoid at the output
# message: The output has a sigmoid
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    return keras.Model([wide, deep], keras.layers.Dense(1, "sigmoid")(keras.layers.Concatenate()([h, wide])))

# %% reject build_wide_deep_two_inputs: tanh
# message: The hidden layers use tanh
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "tanh")(keras.layers.Dense(30, "tanh")(deep))
    return keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide])))

# %% reject build_wide_deep_two_inputs: compiled
# message: is compiled
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    model = keras.Model([wide, deep], keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide])))
    model.compile("sgd", "mse")
    return model

# %% reject build_wide_deep_two_inputs: the output has no bias
# message: A Dense layer has no bias
def build_wide_deep_two_inputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    joined = keras.layers.Concatenate()([h, wide])
    return keras.Model([wide, deep], keras.layers.Dense(1, use_bias=False)(joined))

# %% accept build_wide_deep_two_outputs: functional, names
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1, name="main")(keras.layers.concatenate([wide, h]))
    aux = keras.layers.Dense(1, name="aux")(h)
    return keras.Model(inputs=[wide, deep], outputs=[main, aux])

# %% accept build_wide_deep_two_outputs: the auxiliary output made first, a tuple
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.ReLU()(keras.layers.Dense(30)(deep))
    h = keras.layers.ReLU()(keras.layers.Dense(30)(h))
    aux = keras.layers.Dense(1)(h)
    main = keras.layers.Dense(1)(keras.layers.Concatenate()([h, wide]))
    return keras.Model((wide, deep), (main, aux))

# %% accept build_wide_deep_two_outputs: extends the model with two inputs
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    base = build_wide_deep_two_inputs(n_wide, n_deep)
    h = base.layers[-1].input
    hidden = [layer for layer in base.layers if isinstance(layer, keras.layers.Dense) and layer.units == 30]
    return keras.Model(base.inputs, [base.outputs[0], keras.layers.Dense(1)(hidden[-1].output)])

# %% accept build_wide_deep_two_outputs: two linear layers for the joined output
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(h) + keras.layers.Dense(1, use_bias=False)(wide)
    return keras.Model([wide, deep], [main, keras.layers.Dense(1)(h)])

# %% accept build_wide_deep_two_outputs: a subclass
class TwoOutputs(keras.Model):
    def __init__(self):
        super().__init__()
        self.aux, self.main = keras.layers.Dense(1), keras.layers.Dense(1)
        self.a, self.b = keras.layers.Dense(30, "relu"), keras.layers.Dense(30, "relu")

    def call(self, inputs):
        wide, deep = inputs
        h = self.b(self.a(deep))
        return self.main(keras.ops.concatenate([wide, h], axis=-1)), self.aux(h)

def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    model = TwoOutputs()
    model((np.zeros((1, n_wide), dtype="float32"), np.zeros((1, n_deep), dtype="float32")))
    return model

# %% reject build_wide_deep_two_outputs: the second output has no bias
# message: A Dense layer has no bias
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([wide, deep], [main, keras.layers.Dense(1, use_bias=False)(h)])

# %% reject build_wide_deep_two_outputs: a dict
# message: gives a dict
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([wide, deep], {"main": main, "aux": keras.layers.Dense(1)(h)})

# %% reject build_wide_deep_two_outputs: outputs exchanged
# message: The outputs have changed places
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([wide, deep], [keras.layers.Dense(1)(h), main])

# %% reject build_wide_deep_two_outputs: both outputs on the joined tensor
# message: sees the wide input, too
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    joined = keras.layers.concatenate([wide, h])
    return keras.Model([wide, deep], [keras.layers.Dense(1)(joined), keras.layers.Dense(1)(joined)])

# %% reject build_wide_deep_two_outputs: second output on the first hidden layer
# message: It belongs after the second
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    a = keras.layers.Dense(30, "relu")(deep)
    b = keras.layers.Dense(30, "relu")(a)
    return keras.Model([wide, deep], [keras.layers.Dense(1)(keras.layers.concatenate([wide, b])), keras.layers.Dense(1)(a)])

# %% reject build_wide_deep_two_outputs: ReLU on the second output
# message: The second output has a ReLU
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([wide, deep], [main, keras.layers.Dense(1, "relu")(h)])

# %% reject build_wide_deep_two_outputs: one output only
# message: is missing
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    return build_wide_deep_two_inputs(n_wide, n_deep)

# %% reject build_wide_deep_two_outputs: inputs exchanged
# message: The wide input comes first
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([deep, wide], [main, keras.layers.Dense(1)(h)])

# %% reject build_wide_deep_two_outputs: the hidden output itself
# message: is missing
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    return keras.Model([wide, deep], [keras.layers.Dense(1)(keras.layers.concatenate([wide, h])), h])

# %% reject build_wide_deep_two_outputs: both outputs in one tensor
# message: gives one output
def build_wide_deep_two_outputs(n_wide=5, n_deep=6):
    wide, deep = keras.Input((n_wide,)), keras.Input((n_deep,))
    h = keras.layers.Dense(30, "relu")(keras.layers.Dense(30, "relu")(deep))
    main = keras.layers.Dense(1)(keras.layers.concatenate([wide, h]))
    return keras.Model([wide, deep], keras.layers.concatenate([main, keras.layers.Dense(1)(h)]))
