# %% accept MyDense: ops.matmul, the activation's name kept
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        z = keras.ops.matmul(inputs, self.kernel) + self.bias
        return keras.activations.get(self.activation)(z)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% accept MyDense: the function kept and serialised, tf.matmul in call, bias made first
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super(MyDense, self).__init__(**kwargs)
        self.units = int(units)
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.b = self.add_weight(shape=[self.units], initializer=keras.initializers.Zeros())
        self.w = self.add_weight(
            shape=[int(input_shape[-1]), self.units],
            initializer=keras.initializers.GlorotUniform(),
            trainable=True,
        )
        super().build(input_shape)

    def call(self, x):
        return self.activation(tf.matmul(x, self.w) + self.b)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape[:-1]) + (self.units,)

    def get_config(self):
        config = super().get_config()
        config.update(units=self.units, activation=keras.activations.serialize(self.activation))
        return config

# %% accept MyDense: tensordot, an Activation layer inside, name as an argument of its own
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.units, self.activation_name = units, activation
        self.act = keras.layers.Activation(activation or "linear")

    def build(self, shape):
        d = shape[-1]
        self.kernel = self.add_weight((d, self.units), "glorot_uniform")
        self.bias = self.add_weight((self.units,), "zeros")
        self.built = True

    def call(self, inputs, training=None):
        print("calling", self.name)
        z = keras.ops.tensordot(inputs, self.kernel, axes=1)
        return self.act(keras.ops.add(z, self.bias))

    def get_config(self):
        base = super().get_config()
        return dict(list(base.items()) + [("units", self.units), ("activation", self.activation_name)])

# %% accept MyDense: einsum and the @ sign, a config without the base class's keys but the name
class MyDense(keras.Layer):
    def __init__(self, units, activation=None, **kw):
        super().__init__(**kw)
        self.units = units
        self.activation = activation

    def build(self, s):
        limit = (6 / (s[-1] + self.units)) ** 0.5
        self.W = self.add_weight(
            shape=(s[-1], self.units), initializer=keras.initializers.RandomUniform(-limit, limit)
        )
        self.c = self.add_weight(shape=(self.units,), initializer=keras.initializers.Constant(0.0))

    def call(self, x):
        y = x @ self.W if len(x.shape) == 2 else keras.ops.einsum("...d,du->...u", x, self.W)
        y = y + self.c
        return y if self.activation is None else getattr(keras.activations, self.activation)(y)

    def get_config(self):
        return {"name": self.name, "units": self.units, "activation": self.activation}

# %% accept MyDense: from_config of its own, the registering decorator, a bias regulariser off
@keras.saving.register_keras_serializable(package="mine")
class MyDense(keras.layers.Layer):
    """A dense layer."""

    def __init__(self, units: int, activation: str | None = None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.f = keras.activations.get(activation)

    def build(self, input_shape):
        *_, d = input_shape
        self.kernel = self.add_weight(name="kernel", shape=(d, self.units), dtype="float32")
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return self.f(keras.ops.dot(inputs, self.kernel) + self.bias)

    def get_config(self):
        config = super().get_config()
        config["n"], config["f"] = self.units, keras.activations.serialize(self.f)
        return config

    @classmethod
    def from_config(cls, config):
        config = dict(config)
        return cls(config.pop("n"), config.pop("f"), **config)

# %% accept MyDense: activation in a chain of ifs, reshaping to rank 2
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.d = input_shape[-1]
        self.kernel = self.add_weight(shape=(self.d, self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        flat = keras.ops.reshape(inputs, (-1, self.d))
        z = keras.ops.matmul(flat, self.kernel) + self.bias
        z = keras.ops.reshape(z, (-1, *inputs.shape[1:-1], self.units))
        if self.activation is not None:
            z = keras.layers.Activation(self.activation)(z)
        return z

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        config["activation"] = self.activation
        return config

# %% accept MyDense: no get_config, Keras notes plain arguments by itself
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

# %% reject MyDense: derived from Dense
# message: neither derived from
class MyDense(keras.layers.Dense):
    pass

# %% reject MyDense: a Dense inside
# message: nor with one inside
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation
        self.dense = keras.layers.Dense(units, activation=activation)

    def build(self, input_shape):
        self.dense.build(input_shape)

    def call(self, inputs):
        return self.dense(inputs)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: a Dense made in build
# message: makes its own weights
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.inner = keras.layers.Dense(self.units, activation=self.activation)
        self.inner.build(input_shape)

    def call(self, inputs):
        return self.inner(inputs)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: no bias
# message: Expected a kernel
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel))

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the bias is made and not used
# message: The bias is missing
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel))

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: activation ignored
# message: The activation is missing
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: always ReLU
# message: Use the activation that is given by name
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.ops.relu(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: bias after the activation
# message: added after the activation
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel)) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: tf.Variable
# message: neither train nor save
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = tf.Variable(tf.random.normal((input_shape[-1], self.units)))
        self.bias = tf.Variable(tf.zeros(self.units))

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: weights made in __init__ for four inputs
# message: has weights before it is built
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation
        self.kernel = self.add_weight(shape=(4, units), name="kernel")
        self.bias = self.add_weight(shape=(units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: weights made in call
# message: You cannot add new elements of state
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def call(self, inputs):
        self.kernel = self.add_weight(shape=(inputs.shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the shape of the kernel from the second axis
# message: (3, 2, 4)
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        x = keras.ops.reshape(inputs, (-1, inputs.shape[1]))
        return keras.activations.get(self.activation)(keras.ops.matmul(x, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: no get_config, and kwargs under a name that Keras does not look for
# message: but that of from_config(get_config())
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **rest):
        super().__init__(**rest)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

# %% reject MyDense: get_config without the base class
# message: Begin with super().get_config()
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {"units": self.units, "activation": self.activation}

# %% reject MyDense: get_config forgets units
# message: all arguments of __init__
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return super().get_config()

# %% reject MyDense: get_config forgets the activation
# message: The activation was lost
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units}

# %% reject MyDense: a function in the configuration
# message: json.dumps cannot write
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return self.activation(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: __init__ takes no name
# message: name
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: super().__init__ forgotten
# message: forgot to call
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

# %% reject MyDense: the bias starts at random
# message: initial bias
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the kernel starts at one number
# message: all units would learn the same
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% accept MyDense: random_normal, as in old tutorials
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True
        )
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the bias is not trainable
# message: 1 are trainable
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", trainable=False)

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: NumPy in call
# message: Use keras.ops in call
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return keras.activations.get(self.activation)(np.matmul(inputs, self.kernel.numpy()) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the weights are copied into the configuration's layer
# message: not built
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, n_in=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation, self.n_in = units, activation, n_in
        if n_in:
            self.build((None, n_in))

    def build(self, input_shape):
        self.n_in = input_shape[-1]
        self.kernel = self.add_weight(shape=(self.n_in, self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        own = {"units": self.units, "activation": self.activation, "n_in": self.n_in}
        return {**super().get_config(), **own}

# %% reject MyDense: not written
# message: not written yet
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        raise NotImplementedError()

    def build(self, input_shape):
        raise NotImplementedError()

    def call(self, inputs):
        raise NotImplementedError()

    def get_config(self):
        raise NotImplementedError()

# %% reject MyDense: a kernel of as many rows as the second axis is long, and a plain product
# message: says the last element of
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the rank of the first input is kept
# message: later on (3, 2, 4)
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.rank = len(input_shape)
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        z = keras.ops.matmul(inputs, self.kernel) + self.bias
        if len(inputs.shape) != self.rank:
            z = keras.ops.sum(z, axis=-1, keepdims=True)
        return keras.activations.get(self.activation)(z)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: an input specification of the rank of the first input
# message: expected ndim=
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        self.input_spec = keras.InputSpec(ndim=len(input_shape))

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: ReLU is the default
# message: MyDense(3, activation=None)
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: all names that begin with soft are softmax
# message: softplus
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        z = keras.ops.matmul(inputs, self.kernel) + self.bias
        if self.activation and self.activation.startswith("soft"):
            return keras.ops.softmax(z)
        return keras.activations.get(self.activation)(z)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the columns of the kernel are all the same
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer=lambda shape, dtype=None: keras.ops.repeat(keras.random.normal((shape[0], 1)), shape[1], axis=1))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "activation": self.activation}

# %% reject MyDense: the name is kept without its number
# message: but that of from_config(get_config())
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, activation

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.activations.get(self.activation)(keras.ops.matmul(inputs, self.kernel) + self.bias)

    def get_config(self):
        return {**super().get_config(), "name": self.name.rpartition("_")[0] or self.name, "units": self.units, "activation": self.activation}

# %% accept Standardize: build makes both, adapt assigns
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% accept Standardize: std first, the layer is called to build it, division by max
class Standardize(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, input_shape):
        shape = tuple(input_shape)[1:]
        self.sigma = self.add_weight(shape=shape, initializer="ones", trainable=False, name="sigma")
        self.mu = self.add_weight(shape=shape, initializer="zeros", trainable=False, name="mu")
        super().build(input_shape)

    def adapt(self, x):
        self(x[:1])
        self.set_weights([np.std(x, axis=0), np.mean(x, axis=0)])
        return self

    def call(self, inputs):
        return keras.ops.subtract(inputs, self.mu) / keras.ops.maximum(self.sigma, 1e-7)

# %% accept Standardize: Keras ops, where in call, trainable=False for the whole layer
class Standardize(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(trainable=False, **kwargs)

    def build(self, input_shape):
        self.mean = self.add_weight(shape=(input_shape[-1],), initializer="zeros")
        self.std = self.add_weight(shape=(input_shape[-1],), initializer="ones")

    def adapt(self, x):
        x = keras.ops.convert_to_tensor(x, dtype="float64")
        if not self.built:
            self.build(tuple(x.shape))
        mean = keras.ops.mean(x, axis=0)
        variance = keras.ops.mean(keras.ops.square(x - mean), axis=0)
        self.mean.assign(keras.ops.cast(mean, "float32"))
        self.std.assign(keras.ops.cast(keras.ops.sqrt(variance), "float32"))

    def call(self, inputs):
        safe = keras.ops.where(self.std > 1e-6, self.std, keras.ops.ones_like(self.std))
        return (inputs - self.mean) / safe

# %% accept Standardize: TensorFlow in call, scikit-learn in adapt
from sklearn.preprocessing import StandardScaler

class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        self.m = self.add_weight(name="m", shape=(input_shape[-1],), initializer="zeros", trainable=False)
        self.s = self.add_weight(name="s", shape=(input_shape[-1],), initializer="ones", trainable=False)

    def adapt(self, x):
        scaler = StandardScaler().fit(x)
        if not self.weights:
            self.build((None, x.shape[1]))
        self.m.assign(scaler.mean_)
        self.s.assign(scaler.scale_)

    def call(self, inputs):
        return tf.math.divide_no_nan(tf.cast(inputs, tf.float32) - self.m, self.s)

    def compute_output_shape(self, input_shape):
        return input_shape

# %% accept Standardize: keras.Variable attributes in build
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = keras.Variable(np.zeros(d, "float32"), trainable=False, name="mean")
        self.std = keras.Variable(np.ones(d, "float32"), trainable=False, name="std")

    def adapt(self, x):
        if not self.built:
            self.build((None, x.shape[-1]))
        self.mean.assign(np.float32(x.mean(0)))
        std = np.float32(np.sqrt(((x - x.mean(0)) ** 2).sum(0) / len(x)))
        std[std < 1e-7] = 1
        self.std.assign(std)

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% reject Standardize: ddof 1
# message: ddof=1
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0, ddof=1))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: trainable
# message: trainable weights
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros")
        self.std = self.add_weight(shape=(d,), initializer="ones")

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: NumPy arrays in attributes
# message: Make them by add_weight
class Standardize(keras.layers.Layer):
    def adapt(self, x):
        self.mean, self.std = np.float32(x.mean(axis=0)), np.float32(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: tf.Variable
# message: neither saved nor listed
class Standardize(keras.layers.Layer):
    def adapt(self, x):
        self.mean = tf.Variable(x.mean(axis=0), dtype=tf.float32, trainable=False)
        self.std = tf.Variable(x.std(axis=0), dtype=tf.float32, trainable=False)

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: nan for a constant feature
# message: gives nan or inf
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% reject Standardize: the variance
# message: That is the variance
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.var(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: one mean for all features
# message: Take it feature by feature
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(np.full(x.shape[1], x.mean()))
        self.std.assign(np.full(x.shape[1], x.std()))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: standardises by the new examples
# message: by the new examples' own
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        mean, std = keras.ops.mean(inputs, axis=0), keras.ops.std(inputs, axis=0)
        return (inputs - mean) / (std + 1e-7)

# %% reject Standardize: adapt makes weights each time
# message: You cannot add new elements of state
class Standardize(keras.layers.Layer):
    def adapt(self, x):
        d = x.shape[1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: weights in adapt only, made once
# message: before adapt
class Standardize(keras.layers.Layer):
    def adapt(self, x):
        if not hasattr(self, "mean"):
            self.mean = self.add_weight(shape=(x.shape[1],), initializer="zeros", trainable=False)
            self.std = self.add_weight(shape=(x.shape[1],), initializer="ones", trainable=False)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        if not hasattr(self, "mean"):
            return inputs
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: adapt once, then never again
# message: adapted twice
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
            self.mean.assign(x.mean(axis=0))
            self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: adapt puts arrays in the place of the weights
# message: Make them by add_weight
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        self.mean, self.std = np.float32(x.mean(axis=0)), np.float32(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: adapt averages with earlier data
# message: adapted twice
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
            self.seen = []
        self.seen.append(x)
        together = np.concatenate(self.seen)
        self.mean.assign(together.mean(axis=0))
        self.std.assign(together.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: forgets to build
# message: has no attribute 'mean'
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: changes x in place
# message: in place
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        mean = x.mean(axis=0)
        x -= mean
        self.mean.assign(mean)
        self.std.assign(np.sqrt((x**2).mean(axis=0)))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: three weights, a count as Keras has it
# message: more than mean and std
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: initial values swapped
# message: before adapt
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="zeros", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-7)

# %% reject Standardize: mean not subtracted
# message: The mean is not subtracted
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        self.mean.assign(x.mean(axis=0))
        self.std.assign(x.std(axis=0))

    def call(self, inputs):
        return inputs / (self.std + 1e-7)

# %% reject Standardize: not written
# message: not written yet
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        raise NotImplementedError()

    def adapt(self, x):
        raise NotImplementedError()

    def call(self, inputs):
        raise NotImplementedError()

# %% accept Standardize: weights of shape (1, d)
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(1, d), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(1, d), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0, keepdims=True)
        self.mean.assign(np.mean(x, axis=0, keepdims=True))
        self.std.assign(np.maximum(std, 1e-7))

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% accept Standardize: a std that is tiny against the mean counts as 0
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0)
        self.mean.assign(np.mean(x, axis=0))
        self.std.assign(np.where(std > 1e-6 * np.abs(np.mean(x, axis=0)), std, 1))

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% reject Standardize: divides by a std that comes from rounding
# message: constant up to rounding
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0)
        self.mean.assign(np.mean(x, axis=0))
        self.std.assign(np.where(std > 0, std, 1))

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% reject Standardize: only a std of exactly 0 is replaced, in call
# message: constant up to rounding
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0)
        self.mean.assign(np.mean(x, axis=0))
        self.std.assign(std)

    def call(self, inputs):
        return (inputs - self.mean) / keras.ops.where(self.std == 0, 1.0, self.std)

# %% reject Standardize: a small std counts as 0
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0)
        self.mean.assign(np.mean(x, axis=0))
        self.std.assign(np.where(std > 0.01, std, 1))

    def call(self, inputs):
        return (inputs - self.mean) / self.std

# %% reject Standardize: adds a thousandth to each std
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        if not self.built:
            self.build(x.shape)
        std = np.std(x, axis=0)
        self.mean.assign(np.mean(x, axis=0))
        self.std.assign(std)

    def call(self, inputs):
        return (inputs - self.mean) / (self.std + 1e-3)

# %% accept NoisyLayer: keras.random
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% accept NoisyLayer: a seed generator, training=False, scaled afterwards
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.stddev = float(stddev)
        self.seeds = keras.random.SeedGenerator(7)

    def call(self, inputs, training=False):
        if not training:
            return inputs
        noise = keras.random.normal(keras.ops.shape(inputs), dtype=inputs.dtype, seed=self.seeds)
        return inputs + self.stddev * noise

    def get_config(self):
        config = super().get_config()
        config["stddev"] = self.stddev
        return config

# %% accept NoisyLayer: TensorFlow
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, x, training=None):
        if training is None or training is False:
            return x
        return x + tf.random.normal(tf.shape(x), mean=0.0, stddev=self.stddev)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return dict(super().get_config(), stddev=self.stddev)

# %% accept NoisyLayer: no get_config, Keras notes plain arguments by itself
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=False):
        return inputs + keras.random.normal(keras.ops.shape(inputs)) * self.stddev if training else inputs

# %% accept NoisyLayer: multiplied by the switch, the base keys left out
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.s = stddev

    def call(self, inputs, training=None):
        on = 1.0 if training else 0.0
        return inputs + on * self.s * keras.random.normal(keras.ops.shape(inputs))

    def get_config(self):
        return {"stddev": self.s}

# %% accept NoisyLayer: GaussianNoise inside, scaled so that it takes any stddev
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev
        self.unit = keras.layers.GaussianNoise(1.0)

    def call(self, inputs, training=None):
        return inputs + self.stddev * self.unit(keras.ops.zeros_like(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: derived from GaussianNoise, which takes no stddev above 1
# message: stddev
class NoisyLayer(keras.layers.GaussianNoise):
    pass

# %% reject NoisyLayer: noise always
# message: should give the inputs back
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs):
        return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: training=True is the default
# message: called bare
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=True):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: `is not False`
# message: called bare
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training is not False:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: the wrong way round
# message: should give the inputs back
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs
        return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: NumPy noise, frozen when compiled
# message: use keras.random
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            shape = [size or 1000 for size in inputs.shape]
            return inputs + np.random.normal(0, self.stddev, shape).astype("float32")
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: a fixed seed
# message: no fixed seed
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev, seed=1)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: noise drawn once in build
# message: the same noise
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def build(self, input_shape):
        self.noise = keras.random.normal(input_shape, stddev=self.stddev)

    def call(self, inputs, training=None):
        return inputs + self.noise if training else inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: one number for all examples
# message: along axis 0
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            shape = (1, *inputs.shape[1:])
            noise = keras.random.normal(shape)
            noise = (noise - keras.ops.mean(noise)) / keras.ops.std(noise) * self.stddev
            return inputs + noise
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: one number for the whole batch
# message: all elements get the same noise
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal((), stddev=self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: stddev taken for a variance
# message: stddev is no variance
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev**0.5)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: stddev ignored
# message: Is stddev used?
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs))
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: uniform noise
# message: Gaussian noise is asked for
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.uniform(keras.ops.shape(inputs), -self.stddev, self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: uniform noise of the right spread
# message: of normal noise it is 68.3 %
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            a = self.stddev * 3**0.5
            return inputs + keras.random.uniform(keras.ops.shape(inputs), -a, a)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: stddev given as the mean
# message: has mean
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(
                keras.ops.shape(inputs), mean=self.stddev, stddev=self.stddev
            )
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: noise in place of the inputs
# message: Is the result inputs + noise?
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: multiplies instead of adding
# message: NoisyLayer(2.5)
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs * (1 + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev))
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: clipped to 0...1, as if all inputs were pixels
# message: NoisyLayer(0.5)
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            noise = keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
            return keras.ops.clip(inputs + noise, 0, 1)
        return inputs

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: no return in inference
# message: Every way through call must return
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% reject NoisyLayer: the configuration lacks stddev
# message: Does get_config give stddev
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return super().get_config()

# %% reject NoisyLayer: a default for stddev hides the incomplete configuration
# message: from_config
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev=0.5, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if training:
            return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev)
        return inputs

    def get_config(self):
        return super().get_config()

# %% reject NoisyLayer: not written
# message: not written yet
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        raise NotImplementedError()

    def call(self, inputs, training=None):
        raise NotImplementedError()

    def get_config(self):
        raise NotImplementedError()

# %% reject NoisyLayer: one number for the last axis
# message: along axis
class NoisyLayer(keras.layers.Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        if not training:
            return inputs
        shape = keras.ops.shape(inputs)
        last = 1 if len(shape) > 2 else shape[-1]
        return inputs + keras.random.normal((*shape[:-1], last), stddev=self.stddev)

    def get_config(self):
        return {**super().get_config(), "stddev": self.stddev}

# %% accept MyModel: two Dense layers
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% accept MyModel: the student's own MyDense, output made first, no base keys
class MyModel(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.last = MyDense(n_classes, activation="softmax")
        self.first = MyDense(32, activation="relu")

    def call(self, inputs):
        return self.last(self.first(inputs))

    def get_config(self):
        return {"n_classes": self.last.units}

# %% accept MyModel: a Sequential inside, built at the first call
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n = n_classes
        self.body = keras.Sequential(
            [keras.layers.Dense(32), keras.layers.ReLU(), keras.layers.Dense(n_classes), keras.layers.Softmax()]
        )

    def call(self, inputs, training=False):
        return self.body(inputs, training=training)

    def get_config(self):
        config = super().get_config()
        config.update({"n_classes": self.n})
        return config

# %% accept MyModel: a subclass of Sequential with its own configuration
class MyModel(keras.Sequential):
    def __init__(self, n_classes, name=None):
        super().__init__(
            [keras.layers.Dense(32, "relu"), keras.layers.Dense(n_classes, "softmax")], name=name
        )
        self.n_classes = n_classes

    def get_config(self):
        return {"n_classes": self.n_classes, "name": self.name}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)

# %% accept MyModel: activations as operations in call, layers in a list and a dict
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.steps = {"hidden": keras.layers.Dense(32), "scores": keras.layers.Dense(n_classes)}

    def call(self, inputs, training=None):
        h = tf.nn.relu(self.steps["hidden"](inputs))
        return tf.nn.softmax(self.steps["scores"](h))

    def get_config(self):
        return {"n_classes": self.n_classes}

# %% accept MyModel: weights by hand in build
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes

    def build(self, input_shape):
        sizes = [input_shape[-1], 32, self.n_classes]
        self.pairs = [
            (self.add_weight(shape=(a, b)), self.add_weight(shape=(b,), initializer="zeros"))
            for a, b in zip(sizes, sizes[1:])
        ]

    def call(self, inputs, training=None):
        (w1, b1), (w2, b2) = self.pairs
        h = keras.ops.relu(keras.ops.matmul(inputs, w1) + b1)
        return keras.ops.softmax(keras.ops.matmul(h, w2) + b2)

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% accept MyModel: sub-layers built in build, so that model.build works too
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.a = keras.layers.Dense(32, activation="relu")
        self.b = keras.layers.Dense(n_classes, activation="softmax")

    def build(self, input_shape):
        self.a.build(input_shape)
        self.b.build((input_shape[0], 32))

    def call(self, inputs, training=None, mask=None):
        print("tracing")
        return self.b(self.a(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: no softmax
# message: These are logits
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes)

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: no ReLU
# message: The hidden layer has no ReLU
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32)
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: a sigmoid at the end
# message: sigmoid for each class
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="sigmoid")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: softmax over the examples
# message: over the examples
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes)

    def call(self, inputs, training=None):
        return keras.ops.softmax(self.out(self.hidden(inputs)), axis=0)

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: ten classes, always
# message: MyModel(2)
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: 784 inputs, always
# message: (40, 5)
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.body = keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Dense(32, activation="relu"),
                keras.layers.Dense(n_classes, activation="softmax"),
            ]
        )

    def call(self, inputs, training=None):
        return self.body(inputs)

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: 64 hidden units
# message: Expected [(784, 32)
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: layers made in call
# message: Layers are made in __init__
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes

    def call(self, inputs, training=None):
        h = keras.layers.Dense(32, activation="relu")(inputs)
        return keras.layers.Dense(self.n_classes, activation="softmax")(h)

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: attributes set in call
# message: You cannot add new elements of state
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes

    def call(self, inputs, training=None):
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(self.n_classes, activation="softmax")
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: the hidden layer in the class body
# message: has weights of shapes
class MyModel(keras.Model):
    hidden = keras.layers.Dense(32, activation="relu")

    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: layers made once and handed to all instances
# message: they share their layers
_parts = {}

class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        if n_classes not in _parts:
            _parts[n_classes] = keras.layers.Dense(n_classes, activation="softmax")
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = _parts[n_classes]

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: the name output
# message: no setter
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.output = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.output(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: no get_config
# message: Does get_config give n_classes
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

# %% reject MyModel: the base class's keys, and no **kwargs to take them
# message: Does get_config give n_classes, and does __init__ take all of its keys
class MyModel(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: the configuration has always ten classes
# message: (4
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": 10}

# %% reject MyModel: a function that returns a Sequential
# message: should be a class
def MyModel(n_classes):
    return keras.Sequential(
        [keras.layers.Dense(32, activation="relu"), keras.layers.Dense(n_classes, activation="softmax")]
    )

# %% reject MyModel: a Layer, not a Model
# message: a keras.Model was expected
class MyModel(keras.layers.Layer):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: dropout besides
# message: training=True
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.drop = keras.layers.Dropout(0.5)
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.drop(self.hidden(inputs), training=training))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: a second hidden layer
# message: has weights of shapes
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu")
        self.hidden2 = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden2(self.hidden(inputs)))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: frozen hidden layer
# message: all trainable
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        self.n_classes = n_classes
        self.hidden = keras.layers.Dense(32, activation="relu", trainable=False)
        self.out = keras.layers.Dense(n_classes, activation="softmax")

    def call(self, inputs, training=None):
        return self.out(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "n_classes": self.n_classes}

# %% reject MyModel: not written
# message: not written yet
class MyModel(keras.Model):
    def __init__(self, n_classes, **kwargs):
        super().__init__(**kwargs)
        raise NotImplementedError()

    def call(self, inputs, training=None):
        raise NotImplementedError()

    def get_config(self):
        raise NotImplementedError()

# %% accept RepairedBlock: mended line by line
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% accept RepairedBlock: the dense layer made in build
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.drop = keras.layers.Dropout(0.5)

    def build(self, input_shape):
        self.dense = keras.layers.Dense(self.width, activation="relu")
        self.dense.build(input_shape)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% accept RepairedBlock: a list of layers, training left to Keras
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.parts = [keras.layers.Dense(units), keras.layers.ReLU()]
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        x = inputs
        for part in self.parts:
            x = part(x)
        return self.drop(x)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% accept RepairedBlock: weights and dropout by hand, noise from Keras
class RepairedBlock(keras.Layer):
    def __init__(self, units, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs, training=False):
        h = keras.ops.relu(inputs @ self.w + self.b)
        if training:
            keep = keras.random.uniform(keras.ops.shape(h)) < 0.5
            h = keras.ops.where(keep, 2 * h, 0.0)
        return h

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config

# %% accept RepairedBlock: a Sequential inside, a seed generator, a from_config of its own
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.inner = keras.Sequential(
            [
                keras.layers.Dense(units, activation="relu"),
                keras.layers.Dropout(0.5, seed=3),
            ]
        )
        self.n = units

    def call(self, inputs, training=None):
        return self.inner(inputs, training=training)

    def get_config(self):
        return {"name": self.name, "width": self.n}

    @classmethod
    def from_config(cls, config):
        return cls(config["width"], name=config["name"])

# %% accept RepairedBlock: keras.random.dropout
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)

    def call(self, inputs, training=None):
        hidden = keras.ops.maximum(self.dense(inputs), 0)
        return keras.random.dropout(hidden, 0.5) if training else hidden

    def get_config(self):
        return {**super().get_config(), "units": self.units}

# %% reject RepairedBlock: as handed out
# message: has the name
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__()
        self.width = units
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = keras.layers.Dense(self.width, activation="relu")(inputs)
        return self.drop(hidden, training=True)

    def get_config(self):
        return {**super().get_config(), "width": self.width}

# %% reject RepairedBlock: all mended but the layer made in call
# message: lives for one call
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = keras.layers.Dense(self.width, activation="relu")(inputs)
        return self.drop(hidden, training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: all mended but the dropout that is always on
# message: numbers are dropped
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=True)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: all mended but the name that is not handed on
# message: Is it handed on
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__()
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: all mended but the key of the configuration
# message: must be the arguments of __init__
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "width": self.width}

# %% reject RepairedBlock: units left out of the configuration
# message: must be the arguments of __init__
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return super().get_config()

# %% reject RepairedBlock: training=True is the default
# message: numbers are dropped
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=True):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: training=False is passed on always
# message: nothing is dropped
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=False)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: no dropout at all
# message: nothing is dropped
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dense(inputs)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% accept RepairedBlock: call leaves training to Keras altogether
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs):
        return self.drop(self.dense(inputs))

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: the inputs are dropped
# message: is it the output of the ReLU layer
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dense(self.drop(inputs, training=training))

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: no ReLU
# message: The ReLU is missing
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units)
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: tanh in place of ReLU
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="tanh")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: rate 0.2
# message: should be either 0 or doubled
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.2)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: a fixed mask
# message: drop the same numbers
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = self.dense(inputs)
        return keras.random.dropout(hidden, 0.5, seed=1) if training else hidden

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: NumPy draws the numbers to drop
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = self.dense(inputs)
        if not training:
            return hidden
        mask = np.random.default_rng().integers(0, 2, (1000, self.width)).astype("float32")
        return 2 * hidden * mask

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: what is kept is not doubled
# message: should be doubled
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = self.dense(inputs)
        keep = keras.random.uniform(keras.ops.shape(hidden)) < 0.5
        return hidden * keras.ops.cast(keep, "float32") if training else hidden

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: whole units are dropped
# message: dropped together
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5, noise_shape=(1, units))

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: whole rows are dropped
# message: dropped together
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5, noise_shape=(None, 1))

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: halved outside of training
# message: The numbers are halved
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        hidden = self.dense(inputs)
        return self.drop(hidden, training=True) if training else 0.5 * hidden

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: two dense layers, one of them from build
# message: has weights of shapes
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def build(self, input_shape):
        self.first = keras.layers.Dense(self.width, activation="relu")
        self.first.build(input_shape)
        self.dense.build(input_shape)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: the layer made in the first call, kept in self
# message: You cannot add new elements of state
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = None
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        if self.dense is None:
            self.dense = keras.layers.Dense(self.width, activation="relu")
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: frozen
# message: both trainable
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu", trainable=False)
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: a layer hidden from Keras in a function
# message: lives for one call
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        dense = keras.layers.Dense(units, activation="relu")
        self.dense = lambda x: dense(x)
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: from_config hands over its layers
# message: without weights
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    @classmethod
    def from_config(cls, config):
        twin = cls(**config)
        twin(np.ones((1, 4), dtype="float32"))
        return twin

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: kwargs not taken
# message: name
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width}

# %% reject RepairedBlock: a layer in the configuration
# message: json.dumps cannot write
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.width = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.width, "dense": self.dense}

# %% reject RepairedBlock: a function that returns a model
# message: should be a class
def RepairedBlock(units, name=None):
    dense = keras.layers.Dense(units, activation="relu")
    return keras.Sequential([dense, keras.layers.Dropout(0.5)], name=name)

# %% reject RepairedBlock: no return
# message: gives None
class RepairedBlock(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units, activation="relu")
        self.drop = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        self.drop(self.dense(inputs), training=training)

    def get_config(self):
        return {**super().get_config(), "units": self.units}

# %% reject Standardize: a feature that is always 0 is divided by 0
# message: The std of the second and of the third feature is 0
class Standardize(keras.layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False)
        self.std = self.add_weight(shape=(d,), initializer="ones", trainable=False)

    def adapt(self, x):
        x = np.asarray(x)
        if not self.built:
            self.build(x.shape)
        mean, std = x.mean(axis=0), x.std(axis=0)
        self.mean.assign(mean)
        self.std.assign(np.where(std >= 1e-6 * np.abs(mean), std, 1))

    def call(self, inputs):
        return (inputs - self.mean) / self.std
