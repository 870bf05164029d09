# %% accept RunningMean: total and count
class RunningMean:
    def __init__(self):
        self.total = 0.0
        self.count = 0

    def update_state(self, values):
        values = np.asarray(values, dtype=float)
        self.total += values.sum()
        self.count += values.size

    def result(self):
        if self.count == 0:
            return 0.0
        return self.total / self.count

    def reset_state(self):
        self.total = 0.0
        self.count = 0

# %% accept RunningMean: keeps every number in a list
class RunningMean:
    def __init__(self):
        self.seen = []

    def update_state(self, values):
        self.seen.extend(np.ravel(values).tolist())

    def result(self):
        return sum(self.seen) / len(self.seen) if self.seen else 0.0

    def reset_state(self):
        self.seen.clear()

# %% accept RunningMean: keeps arrays, np.concatenate, returns NumPy numbers
class RunningMean:
    def __init__(self):
        self.parts = [np.zeros(0)]

    def update_state(self, values):
        self.parts.append(np.array(values, dtype="float64").reshape(-1))

    def result(self):
        everything = np.concatenate(self.parts)
        return np.mean(everything) if everything.size > 0 else np.float64(0)

    def reset_state(self):
        self.parts = self.parts[:1]

# %% accept RunningMean: mean moved by each batch
class RunningMean:
    def __init__(self):
        self.mean, self.n = 0.0, 0

    def update_state(self, values):
        n = np.size(values)
        if n:
            self.n += n
            self.mean += (np.mean(values) - self.mean) * n / self.n
        return self

    def result(self):
        return self.mean

    def reset_state(self):
        self.__init__()

# %% accept RunningMean: around Keras's meter
class RunningMean:
    def __init__(self):
        self.meter = keras.metrics.Mean()

    def update_state(self, values):
        self.meter.update_state(np.ravel(values).astype("float32"))

    def result(self):
        return float(self.meter.result())

    def reset_state(self):
        self.meter.reset_state()

# %% accept RunningMean: a dataclass with recursion
from dataclasses import dataclass

@dataclass
class RunningMean:
    total: float = 0.0
    count: int = 0

    def update_state(self, values):
        if np.ndim(values) == 0:
            self.total += float(values)
            self.count += 1
        else:
            for value in values:
                self.update_state(value)

    def result(self):
        return self.total / max(self.count, 1)

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% accept RunningMean: a list itself
class RunningMean(list):
    def update_state(self, values):
        self.extend(np.ravel(values).tolist())

    def result(self):
        return sum(self) / len(self) if self else 0.0

    def reset_state(self):
        self.clear()

# %% reject RunningMean: Keras's meter, which takes the mean of each row first
# message: mean of each row first
class RunningMean:
    def __init__(self):
        self.meter = keras.metrics.Mean()

    def update_state(self, values):
        self.meter.update_state(np.asarray(values, dtype="float32"))

    def result(self):
        return float(self.meter.result())

    def reset_state(self):
        self.meter.reset_state()

# %% reject RunningMean: mean of batch means
# message: mean of the batches' means
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        if np.size(values):
            self.total += np.mean(values)
            self.count += 1

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: counts rows with len
# message: stopped with an error
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        self.total += np.sum(values)
        self.count += len(values)

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: counts the rows of a matrix
# message: divide by the number of rows
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        values = np.atleast_1d(values)
        self.total += values.sum()
        self.count += len(values)

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: memory belongs to the class
# message: belongs to the class
class RunningMean:
    seen = []

    def update_state(self, values):
        self.seen += list(np.ravel(values))

    def result(self):
        return np.mean(self.seen) if len(self.seen) else 0.0

    def reset_state(self):
        self.seen.clear()

# %% reject RunningMean: reset forgets the count
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        self.total += np.sum(values)
        self.count += np.size(values)

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total = 0.0

# %% reject RunningMean: 0 / 0
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        self.total += np.sum(values)
        self.count += np.size(values)

    def result(self):
        return np.float64(self.total) / self.count

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: only the last batch
# message: the last update alone
class RunningMean:
    def __init__(self):
        self.mean = 0.0

    def update_state(self, values):
        self.mean = np.mean(values)

    def result(self):
        return self.mean

    def reset_state(self):
        self.mean = 0.0

# %% reject RunningMean: reading resets
# message: read again
class RunningMean:
    def __init__(self):
        self.reset_state()

    def update_state(self, values):
        self.total += np.sum(values)
        self.count += np.size(values)

    def result(self):
        mean = self.total / max(self.count, 1)
        self.reset_state()
        return mean

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: an empty batch is nan
class RunningMean:
    def __init__(self):
        self.mean, self.n = 0.0, 0

    def update_state(self, values):
        n = np.size(values)
        self.mean = (self.mean * self.n + np.mean(values) * n) / max(self.n + n, 1)
        self.n += n

    def result(self):
        return self.mean

    def reset_state(self):
        self.mean, self.n = 0.0, 0

# %% reject RunningMean: the total
# message: That is the total
class RunningMean:
    def __init__(self):
        self.total = 0.0

    def update_state(self, values):
        self.total += np.sum(values)

    def result(self):
        return self.total

    def reset_state(self):
        self.total = 0.0

# %% reject RunningMean: Python's sum of bytes overflows
class RunningMean:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_state(self, values):
        values = np.ravel(values)
        self.total += np.add.reduce(values, dtype=values.dtype)
        self.count += values.size

    def result(self):
        return self.total / self.count if self.count else 0.0

    def reset_state(self):
        self.total, self.count = 0.0, 0

# %% reject RunningMean: sorts the caller's list
# message: in place
class RunningMean:
    def __init__(self):
        self.seen = []

    def update_state(self, values):
        if isinstance(values, np.ndarray):
            values.shape = (-1,)
        self.seen.extend(np.ravel(values))

    def result(self):
        return np.mean(self.seen) if self.seen else 0.0

    def reset_state(self):
        self.seen = []

# %% reject RunningMean: not written
# message: not written yet
class RunningMean:
    def __init__(self):
        raise NotImplementedError()

# %% accept SparseAccuracy: keras.ops, two weights
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.weights_seen = self.add_weight(name="seen", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = keras.ops.cast(keras.ops.reshape(y_true, (-1,)), "int64")
        hits = keras.ops.equal(labels, keras.ops.cast(keras.ops.argmax(y_pred, axis=-1), "int64"))
        hits = keras.ops.cast(hits, "float32")
        w = keras.ops.ones_like(hits) if sample_weight is None else sample_weight
        self.hits.assign_add(keras.ops.sum(hits * w))
        self.weights_seen.assign_add(keras.ops.sum(w))

    def result(self):
        return keras.ops.divide_no_nan(self.hits, self.weights_seen)

# %% accept SparseAccuracy: TensorFlow, reset_state of its own, no name
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.right = self.add_weight(shape=(), initializer="zeros", name="right")
        self.seen = self.add_weight(shape=(), initializer="zeros", name="seen")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hit = tf.cast(tf.equal(tf.argmax(y_pred, 1), y_true), tf.float32)
        if sample_weight is not None:
            w = tf.cast(sample_weight, tf.float32)
            self.right.assign(self.right + tf.reduce_sum(w * hit))
            self.seen.assign(self.seen + tf.reduce_sum(w))
        else:
            self.right.assign(self.right + tf.reduce_sum(hit))
            self.seen.assign(self.seen + tf.cast(tf.size(hit), tf.float32))

    def result(self):
        return tf.math.divide_no_nan(self.right.value, self.seen.value)

    def reset_state(self):
        self.right.assign(0.0)
        self.seen.assign(0.0)

# %% accept SparseAccuracy: a Mean inside
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.mean = keras.metrics.Mean()

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = keras.ops.cast(keras.ops.argmax(y_pred, axis=1), "float32")
        truth = keras.ops.cast(keras.ops.ravel(y_true), "float32")
        self.mean.update_state(keras.ops.equal(guess, truth), sample_weight)

    def result(self):
        return self.mean.result()

    def reset_state(self):
        self.mean.reset_state()

# %% accept SparseAccuracy: a Mean, reset by Keras, squeezed labels
class SparseAccuracy(keras.metrics.Mean):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        if len(y_true.shape) == 2:
            y_true = keras.ops.squeeze(y_true, axis=1)
        guess = keras.ops.argmax(y_pred, axis=-1)
        hits = keras.ops.cast(keras.ops.cast(y_true, guess.dtype) == guess, "float32")
        super().update_state(hits, sample_weight=sample_weight)

# %% accept SparseAccuracy: one vector of two numbers, one-hot
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", dtype="float32"):
        super().__init__(name=name, dtype=dtype)
        self.memory = self.add_weight(name="memory", shape=(2,), initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = keras.ops.cast(keras.ops.reshape(y_true, [-1]), "int32")
        n_classes = y_pred.shape[-1]
        chosen = keras.ops.one_hot(keras.ops.argmax(y_pred, axis=-1), n_classes)
        hits = keras.ops.sum(chosen * keras.ops.one_hot(y_true, n_classes), axis=-1)
        if sample_weight is None:
            sample_weight = 1.0
        w = keras.ops.broadcast_to(keras.ops.cast(sample_weight, "float32"), keras.ops.shape(hits))
        self.memory.assign_add(keras.ops.stack([keras.ops.sum(w * hits), keras.ops.sum(w)]))

    def result(self):
        return self.memory[0] / keras.ops.maximum(self.memory[1], 1e-7)

# %% accept SparseAccuracy: decorated with tf.function, prints
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.a = self.add_weight(name="a", initializer="zeros", dtype="float32")
        self.b = self.add_weight(name="b", initializer="zeros", dtype="float32")

    @tf.function
    def update_state(self, y_true, y_pred, sample_weight=None):
        print("tracing")
        matches = keras.metrics.sparse_categorical_accuracy(keras.ops.ravel(y_true), y_pred)
        matches = tf.cast(matches, tf.float32)
        if sample_weight is None:
            sample_weight = tf.ones_like(matches)
        self.a.assign_add(tf.tensordot(sample_weight, matches, 1))
        self.b.assign_add(tf.reduce_sum(sample_weight))

    def result(self):
        return tf.cond(self.b > 0, lambda: self.a / self.b, lambda: 0.0)

# %% accept SparseAccuracy: through Keras's own
class SparseAccuracy(keras.metrics.SparseCategoricalAccuracy):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

# %% reject SparseAccuracy: (n, 1) against (n,)
# message: (n, n)
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = keras.ops.cast(keras.ops.argmax(y_pred, axis=-1), "int64")
        hits = keras.ops.cast(keras.ops.cast(y_true, "int64") == guess, "float32")
        w = keras.ops.ones_like(guess, dtype="float32") if sample_weight is None else sample_weight
        self.hits.assign_add(keras.ops.sum(hits * w))
        self.n.assign_add(keras.ops.sum(w))

    def result(self):
        return keras.ops.divide_no_nan(self.hits, self.n)

# %% reject SparseAccuracy: mean of everything compared
# message: Each label is compared with each prediction
class SparseAccuracy(keras.metrics.Mean):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = keras.ops.cast(keras.ops.argmax(y_pred, axis=-1), "int64")
        hits = keras.ops.cast(keras.ops.cast(y_true, "int64") == guess, "float32")
        super().update_state(hits, sample_weight)

# %% reject SparseAccuracy: ignores the weights
# message: weights are ignored
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        self.hits.assign_add(tf.reduce_sum(hits))
        self.n.assign_add(tf.cast(tf.size(hits), tf.float32))

    def result(self):
        return tf.math.divide_no_nan(self.hits.value, self.n.value)

# %% reject SparseAccuracy: weighted hits over the number of examples
# message: Divide by the sum of the weights
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        if sample_weight is not None:
            hits *= sample_weight
        self.hits.assign_add(tf.reduce_sum(hits))
        self.n.assign_add(tf.cast(tf.size(hits), tf.float32))

    def result(self):
        return tf.math.divide_no_nan(self.hits.value, self.n.value)

# %% reject SparseAccuracy: only the last batch
# message: the last batch alone
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.value = self.add_weight(name="value", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        w = tf.ones_like(hits) if sample_weight is None else sample_weight
        self.value.assign(tf.reduce_sum(hits * w) / tf.reduce_sum(w))

    def result(self):
        return self.value.value

# %% reject SparseAccuracy: mean of the batches' accuracies
# message: mean of the batches' results
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        w = tf.ones_like(hits) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(hits * w) / tf.reduce_sum(w))
        self.n.assign_add(1.0)

    def result(self):
        return tf.math.divide_no_nan(self.total.value, self.n.value)

# %% reject SparseAccuracy: Python attributes as memory
# message: self.add_weight
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits, self.n = 0.0, 0.0

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        w = tf.ones_like(hits) if sample_weight is None else tf.cast(sample_weight, tf.float32)
        self.hits = self.hits + tf.reduce_sum(hits * w)
        self.n = self.n + tf.reduce_sum(w)

    def result(self):
        return tf.math.divide_no_nan(self.hits, self.n)

    def reset_state(self):
        self.hits, self.n = 0.0, 0.0

# %% reject SparseAccuracy: NumPy inside
# message: not with NumPy
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        hits = np.ravel(y_true) == np.argmax(y_pred, axis=-1)
        w = np.ones(len(hits)) if sample_weight is None else np.asarray(sample_weight)
        self.hits.assign_add(np.sum(hits * w))
        self.n.assign_add(np.sum(w))

    def result(self):
        return keras.ops.divide_no_nan(self.hits, self.n)

# %% reject SparseAccuracy: fails on float labels
# message: stopped with an error
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        hits = tf.cast(tf.equal(tf.reshape(y_true, [-1]), tf.argmax(y_pred, axis=-1)), tf.float32)
        w = tf.ones_like(hits) if sample_weight is None else sample_weight
        self.hits.assign_add(tf.reduce_sum(hits * w))
        self.n.assign_add(tf.reduce_sum(w))

    def result(self):
        return tf.math.divide_no_nan(self.hits.value, self.n.value)

# %% reject SparseAccuracy: nan when nothing was seen
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        hits = tf.cast(labels == tf.argmax(y_pred, axis=-1), tf.float32)
        w = tf.ones_like(hits) if sample_weight is None else sample_weight
        self.hits.assign_add(tf.reduce_sum(hits * w))
        self.n.assign_add(tf.reduce_sum(w))

    def result(self):
        return self.hits / self.n

# %% reject SparseAccuracy: probabilities above one half
class SparseAccuracy(keras.metrics.Mean):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int64), [-1])
        of_label = tf.gather(tf.convert_to_tensor(y_pred), labels, axis=1, batch_dims=1)
        super().update_state(tf.cast(of_label > 0.5, tf.float32), sample_weight)

# %% reject SparseAccuracy: reset does nothing
class SparseAccuracy(keras.metrics.SparseCategoricalAccuracy):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

    def reset_state(self):
        self.n_resets = getattr(self, "n_resets", 0) + 1

# %% reject SparseAccuracy: no Keras metric
# message: derive the class
class SparseAccuracy:
    name = "sparse_accuracy"

    def __init__(self):
        self.hits, self.n = 0.0, 0.0

    def update_state(self, y_true, y_pred, sample_weight=None):
        hits = np.ravel(y_true) == np.argmax(y_pred, axis=-1)
        w = np.ones(len(hits)) if sample_weight is None else sample_weight
        self.hits += np.sum(hits * w)
        self.n += np.sum(w)

    def result(self):
        return self.hits / self.n if self.n else 0.0

    def reset_state(self):
        self.hits, self.n = 0.0, 0.0

# %% reject SparseAccuracy: Accuracy on labels and probabilities
class SparseAccuracy(keras.metrics.Accuracy):
    def __init__(self, name="sparse_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

# %% reject SparseAccuracy: not written
# message: not written yet
class SparseAccuracy(keras.metrics.Metric):
    def __init__(self, name="sparse_accuracy", **kwargs):
        raise NotImplementedError()

# %% accept top_k_accuracy: argsort
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:]
    return (best == labels[:, None]).any(axis=1).mean()

# %% accept top_k_accuracy: argpartition
def top_k_accuracy(labels, probabilities, k):
    best = np.argpartition(probabilities, -k, axis=1)[:, -k:]
    return float(np.mean([label in row for label, row in zip(labels, best)]))

# %% accept top_k_accuracy: rank of the label, ties against it
def top_k_accuracy(labels, probabilities, k):
    own = probabilities[np.arange(len(labels)), labels][:, None]
    return np.mean((probabilities >= own).sum(axis=1) <= k)

# %% accept top_k_accuracy: tf.math.in_top_k
def top_k_accuracy(labels, probabilities, k):
    return tf.reduce_mean(tf.cast(tf.math.in_top_k(labels, probabilities, k), tf.float32))

# %% accept top_k_accuracy: Keras's meter
def top_k_accuracy(labels, probabilities, k):
    meter = keras.metrics.SparseTopKCategoricalAccuracy(k=k)
    meter.update_state(labels, probabilities)
    return meter.result()

# %% accept top_k_accuracy: keras.ops.top_k
def top_k_accuracy(labels, probabilities, k):
    _, best = keras.ops.top_k(probabilities, k)
    hits = keras.ops.any(keras.ops.equal(best, labels[:, None].astype("int32")), axis=-1)
    return np.mean(hits)

# %% accept top_k_accuracy: a plain loop, sorted
def top_k_accuracy(labels, probabilities, k):
    right = 0
    for label, row in zip(labels, probabilities):
        ranking = sorted(range(len(row)), key=lambda j: row[j], reverse=True)
        right += label in ranking[:k]
    return right / len(labels)

# %% accept top_k_accuracy: scikit-learn
from sklearn.metrics import top_k_accuracy_score

def top_k_accuracy(labels, probabilities, k):
    n = probabilities.shape[1]
    if k == n:
        return 1.0
    return top_k_accuracy_score(labels, probabilities, k=k, labels=np.arange(n))

# %% reject top_k_accuracy: the k smallest
# message: the k smallest
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, :k]
    return (best == labels[:, None]).any(axis=1).mean()

# %% reject top_k_accuracy: the last k without the last
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:-1]
    return (best == labels[:, None]).any(axis=1).mean()

# %% reject top_k_accuracy: one too many
# message: one too many
def top_k_accuracy(labels, probabilities, k):
    own = probabilities[np.arange(len(labels)), labels][:, None]
    return np.mean((probabilities > own).sum(axis=1) <= k)

# %% reject top_k_accuracy: argpartition that fails for k = n_classes
# message: stopped with an error
def top_k_accuracy(labels, probabilities, k):
    best = np.argpartition(-probabilities, k, axis=1)[:, :k]
    return (best == labels[:, None]).any(axis=1).mean()

# %% reject top_k_accuracy: ignores k
# message: k is not used
def top_k_accuracy(labels, probabilities, k):
    return np.mean(probabilities.argmax(axis=1) == labels)

# %% reject top_k_accuracy: Keras's default of five
def top_k_accuracy(labels, probabilities, k):
    return np.mean(keras.metrics.sparse_top_k_categorical_accuracy(labels, probabilities))

# %% reject top_k_accuracy: a count
# message: how many
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:]
    return (best == labels[:, None]).sum()

# %% reject top_k_accuracy: divides by n * k
# message: n * k
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:]
    return (best == labels[:, None]).mean()

# %% reject top_k_accuracy: a truth for each example
# message: for each example
def top_k_accuracy(labels, probabilities, k):
    return keras.metrics.sparse_top_k_categorical_accuracy(labels, probabilities, k=k)

# %% reject top_k_accuracy: a label anywhere among the best of all rows
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:]
    return np.isin(labels, best).mean()

# %% reject top_k_accuracy: sorts in place
# message: in place
def top_k_accuracy(labels, probabilities, k):
    own = probabilities[np.arange(len(labels)), labels]
    probabilities.sort(axis=1)
    return np.mean(own >= probabilities[:, -k])

# %% reject top_k_accuracy: a percentage
# message: percentage
def top_k_accuracy(labels, probabilities, k):
    best = np.argsort(probabilities, axis=1)[:, -k:]
    return 100 * (best == labels[:, None]).any(axis=1).mean()

# %% reject top_k_accuracy: the values of the ranks instead of the classes
def top_k_accuracy(labels, probabilities, k):
    ranks = np.argsort(-probabilities, axis=1)
    return np.mean(ranks[np.arange(len(labels)), labels] < k)

# %% accept train_step: tape and apply
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        outputs = model(x, training=True)
        loss = loss_fn(y, outputs) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return float(loss)

# %% accept train_step: apply_gradients and add_n, NumPy's float
def train_step(model, optimizer, loss_fn, x, y):
    variables = model.trainable_weights
    with tf.GradientTape() as tape:
        loss = tf.add_n([loss_fn(y, model(x, training=True)), *model.losses])
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss.numpy()

# %% accept train_step: persistent tape, a loop over the penalties, item()
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = loss_fn(y, model(x, training=True))
        for penalty in model.losses:
            loss += penalty
    gradients = [tape.gradient(loss, v.value) for v in model.trainable_variables]
    optimizer.apply(gradients, model.trainable_variables)
    return loss.numpy().item()

# %% accept train_step: Keras's own step
def train_step(model, optimizer, loss_fn, x, y):
    model.compile(optimizer=optimizer, loss=loss_fn, run_eagerly=True)
    return float(model.train_on_batch(x, y))

# %% accept train_step: compiled on the way
def train_step(model, optimizer, loss_fn, x, y):
    if not optimizer.built:
        optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
            if model.losses:
                loss += tf.math.add_n(model.losses)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(grads, model.trainable_variables)
        return loss

    return np.float32(step(x, y))

# %% accept train_step: optimizer built first, gradients by name, array of shape ()
def train_step(model, optimizer, loss_fn, x, y):
    optimizer.build(model.trainable_variables)
    x = keras.ops.convert_to_tensor(x)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([v.value for v in model.trainable_variables])
        loss = loss_fn(y, model(x, training=True)) + keras.ops.sum(keras.ops.stack([0.0, *model.losses]))
    optimizer.apply(tape.gradient(loss, [v.value for v in model.trainable_variables]))
    return keras.ops.convert_to_numpy(loss)

# %% reject train_step: penalties forgotten
# message: penalties, model.losses, are missing
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: inference mode
# message: inference mode
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x)) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: penalties added outside the tape
# message: inside the tape
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    total = loss + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(total)

# %% reject train_step: penalties read before the forward pass, gradient without them
# message: inside the tape
def train_step(model, optimizer, loss_fn, x, y):
    penalty = float(sum(model.losses))
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + penalty
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: penalties of the previous call
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        penalties = sum(model.losses)
        loss = loss_fn(y, model(x, training=True)) + penalties
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: the loss after the update
# message: after the update
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss_fn(y, model(x, training=True)) + sum(model.losses))

# %% reject train_step: a tensor
# message: a float is asked for
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss

# %% reject train_step: two updates
# message: two updates
def train_step(model, optimizer, loss_fn, x, y):
    first = None
    for _ in range(2):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        first = float(loss) if first is None else first
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return first

# %% reject train_step: no update
# message: It has not changed
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    return float(loss)

# %% reject train_step: up the slope
# message: up the slope
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply([-g for g in gradients], model.trainable_variables)
    return float(loss)

# %% reject train_step: an optimizer of its own
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    own = type(optimizer).from_config(optimizer.get_config())
    own.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: gradient descent by hand
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    for v, g in zip(model.trainable_variables, gradients):
        v.assign(v - optimizer.learning_rate * g)
    return float(loss)

# %% reject train_step: add_n of no penalties
# message: stopped with an error
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + tf.add_n(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: the arguments of the loss swapped
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(model(x, training=True), y) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: the model runs twice in training mode
def train_step(model, optimizer, loss_fn, x, y):
    before = float(loss_fn(y, model(x, training=True)) + sum(model.losses))
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return before

# %% reject train_step: frozen layers are thawed
def train_step(model, optimizer, loss_fn, x, y):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)

# %% reject train_step: fit, which recompiles without the optimizer's state
def train_step(model, optimizer, loss_fn, x, y):
    model.compile(optimizer=type(optimizer)(optimizer.learning_rate), loss=loss_fn)
    return model.fit(x, y, batch_size=len(x), verbose=0).history["loss"][0]

# %% accept fit_loop: total and count
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    means = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in dataset:
            loss = train_step(model, optimizer, loss_fn, x, y)
            total += loss * len(x)
            count += len(x)
        means.append(total / count)
    return means

# %% accept fit_loop: np.average, a comprehension
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    def epoch():
        pairs = [(train_step(model, optimizer, loss_fn, x, y), y.shape[0]) for x, y in dataset]
        losses, sizes = zip(*pairs)
        return np.average(losses, weights=sizes)

    return [epoch() for _ in range(epochs)]

# %% accept fit_loop: RunningMean, fed once for each example
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history, meter = [], RunningMean()
    for _ in range(epochs):
        meter.reset_state()
        for x, y in dataset:
            meter.update_state([train_step(model, optimizer, loss_fn, x, y)] * len(y))
        history.append(meter.result())
    return history

# %% accept fit_loop: Keras's Mean with weights
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        meter = keras.metrics.Mean()
        for step, (x, y) in enumerate(dataset):
            meter.update_state(train_step(model, optimizer, loss_fn, x, y), sample_weight=len(x))
        history.append(float(meter.result()))
        print("epoch", history[-1])
    return history

# %% accept fit_loop: a step of its own, compiled
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    optimizer.build(model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
            total += float(step(x, y)) * x.shape[0]
            n += x.shape[0]
        history.append(total / n)
    return history

# %% accept fit_loop: while loop, array of results
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    result = np.zeros(epochs)
    epoch = 0
    while epoch < epochs:
        batches = iter(dataset)
        sizes, losses = [], []
        for batch in batches:
            losses.append(train_step(model, optimizer, loss_fn, *batch))
            sizes.append(int(tf.shape(batch[0])[0]))
        result[epoch] = np.dot(sizes, losses) / np.sum(sizes)
        epoch += 1
    return result.tolist()

# %% accept fit_loop: Keras's train_on_batch
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    model.compile(optimizer=optimizer, loss=loss_fn)
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            model.reset_metrics()
            total += len(x) * float(model.train_on_batch(x, y))
            n += len(x)
        history.append(total / n)
    return history

# %% accept fit_loop: Keras's fit
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    model.compile(optimizer=optimizer, loss=loss_fn)
    history = model.fit(dataset, epochs=epochs, shuffle=False, verbose=0).history
    return history.get("loss", [])

# %% reject fit_loop: the batches of the first reading in all epochs
# message: Read it anew in each epoch
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    batches, history = list(dataset), []
    for _ in range(epochs):
        losses = [train_step(model, optimizer, loss_fn, x, y) for x, y in batches]
        history.append(float(np.average(losses, weights=[len(x) for x, _ in batches])))
    return history

# %% reject fit_loop: plain mean over batches
# message: plain mean over the batches
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    return [
        float(np.mean([train_step(model, optimizer, loss_fn, x, y) for x, y in dataset]))
        for _ in range(epochs)
    ]

# %% reject fit_loop: the last loss
# message: last batches
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        for x, y in dataset:
            loss = train_step(model, optimizer, loss_fn, x, y)
        history.append(loss)
    return history

# %% reject fit_loop: the sum
# message: sums over the batches
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    return [
        sum(train_step(model, optimizer, loss_fn, x, y) for x, y in dataset) for _ in range(epochs)
    ]

# %% reject fit_loop: weighted sum, not divided
# message: sums weighted by examples
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    return [
        float(sum(len(x) * train_step(model, optimizer, loss_fn, x, y) for x, y in dataset))
        for _ in range(epochs)
    ]

# %% reject fit_loop: total not reset
# message: not set back to 0
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history, total, count = [], 0.0, 0
    for _ in range(epochs):
        for x, y in dataset:
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            count += len(x)
        history.append(total / count)
    return history

# %% reject fit_loop: total not reset, count is
# message: not set back to 0
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history, total = [], 0.0
    for _ in range(epochs):
        count = 0
        for x, y in dataset:
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            count += len(x)
        history.append(total / count)
    return history

# %% reject fit_loop: a loss for each step
# message: for each step
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    return [
        train_step(model, optimizer, loss_fn, x, y) for _ in range(epochs) for x, y in dataset
    ]

# %% reject fit_loop: reads the dataset twice
# message: once an epoch
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        n = sum(len(x) for x, _ in dataset)
        total = sum(len(x) * train_step(model, optimizer, loss_fn, x, y) for x, y in dataset)
        history.append(total / n)
    return history

# %% reject fit_loop: an iterator that is used up
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history, batches = [], iter(dataset)
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in batches:
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            n += len(x)
        history.append(total / max(n, 1))
    return history

# %% reject fit_loop: one epoch too few
# message: wrong shape
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(1, epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            n += len(x)
        history.append(total / n)
    return history

# %% reject fit_loop: returns inside the loop
# message: wrong shape
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            n += len(x)
        history.append(total / n)
        return history
    return history

# %% reject fit_loop: two steps for each batch
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            train_step(model, optimizer, loss_fn, x, y)
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            n += len(x)
        history.append(total / n)
    return history

# %% reject fit_loop: a new optimizer each epoch
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        own = type(optimizer).from_config(optimizer.get_config())
        total, n = 0.0, 0
        for x, y in dataset:
            total += len(x) * train_step(model, own, loss_fn, x, y)
            n += len(x)
        history.append(total / n)
    return history

# %% reject fit_loop: tensors in the list
# message: not everything is a float
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        meter = keras.metrics.Mean()
        for x, y in dataset:
            meter.update_state(train_step(model, optimizer, loss_fn, x, y), sample_weight=len(x))
        history.append(meter.result())
    return history

# %% reject fit_loop: weighs by the first batch's size
# message: plain mean
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        total, n, size = 0.0, 0, None
        for x, y in dataset:
            size = size or len(x)
            total += size * train_step(model, optimizer, loss_fn, x, y)
            n += size
        history.append(total / n)
    return history

# %% accept fit_loop: as_numpy_iterator
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset.as_numpy_iterator():
            total += len(x) * train_step(model, optimizer, loss_fn, x, y)
            n += len(x)
        history.append(total / n)
    return history

# %% reject fit_loop: fit with the callbacks' loss, in inference mode and without momentum
def fit_loop(model, optimizer, loss_fn, dataset, epochs):
    model.compile(optimizer="sgd", loss=loss_fn)
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in dataset:
            total += len(x) * float(model.evaluate(x, y, verbose=0))
            n += len(x)
        history.append(total / n)
    return history

# %% accept repair_loop: the four lines mended
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% accept repair_loop: apply_gradients, add_n, reset at the end of the reading
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = tf.add_n([loss_fn(y, outputs), *model.losses])
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        metric.update_state(y, outputs)
    return float(metric.result())

# %% accept repair_loop: fed before the update, NumPy float, a compiled step
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    optimizer.build(model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
            for penalty in model.losses:
                loss += penalty
        metric.update_state(y, outputs)
        optimizer.apply(tape.gradient(loss, model.trainable_variables))

    for variable in metric.variables:
        variable.assign(tf.zeros_like(variable))
    for x, y in dataset:
        step(x, y)
    return np.float64(metric.result())

# %% accept repair_loop: Keras's fit, after a reset of its own
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()  # fit would reset it in later epochs only
    model.compile(optimizer=optimizer, loss=loss_fn, metrics=[metric])
    return model.fit(dataset, shuffle=False, verbose=0).history[metric.name][0]

# %% reject repair_loop: as it is handed out
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    results = []
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x)
            loss = loss_fn(y, outputs)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
        results.append(float(metric.result()))
    return float(np.mean(results))

# %% reject repair_loop: fault 1 left, the metric is not reset
# message: still knows what it was fed before
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: fault 2 left, inference mode
# message: training mode
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: fault 3 left, no penalties
# message: penalties have no effect
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: fault 4 left, the mean of the results so far
# message: what the metric said after each batch
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    results = []
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
        results.append(float(metric.result()))
    return float(np.mean(results))

# %% reject repair_loop: faults 1 and 4 left
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    results = []
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
        results.append(float(metric.result()))
    return float(np.mean(results))

# %% reject repair_loop: reset in each batch, the last one is left
# message: last batch alone
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    for x, y in dataset:
        metric.reset_state()
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: reset in each batch, mean over batches
# message: mean of the batches' results
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    results = []
    for x, y in dataset:
        metric.reset_state()
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
        results.append(float(metric.result()))
    return float(np.mean(results))

# %% reject repair_loop: outputs computed anew after the update
# message: from after the update
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, model(x, training=True))
    return float(metric.result())

# %% reject repair_loop: outputs in inference mode for the metric
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, model(x, training=False))
    return float(metric.result())

# %% reject repair_loop: the metric fed the wrong way round
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(outputs, y)
    return float(metric.result())

# %% reject repair_loop: the mean of the losses
# message: mean of the losses
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    losses = []
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
            total = loss + sum(model.losses)
        gradients = tape.gradient(total, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        losses.append(float(loss))
    return float(np.mean(losses))

# %% reject repair_loop: a tensor
# message: a float is asked for
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return metric.result()

# %% reject repair_loop: no return
# message: return
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    metric.result()

# %% reject repair_loop: penalties outside the tape
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
        loss = loss + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: gradient of the mean output
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(outputs, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% reject repair_loop: no update
def repair_loop(model, optimizer, loss_fn, metric, dataset):
    metric.reset_state()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        metric.update_state(y, outputs)
    return float(metric.result())

# %% accept make_clipped_step: clip_by_global_norm, optimizer built first
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% accept make_clipped_step: a norm and a factor of its own, optimizer not built
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = tf.sqrt(tf.add_n([tf.reduce_sum(tf.square(g)) for g in gradients]))
        factor = tf.minimum(1.0, max_norm / norm)
        gradients = [factor * g for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% accept make_clipped_step: an if on a tensor, tf.function called, jit left off
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = tf.linalg.global_norm(gradients)
        if norm > max_norm:
            gradients = [g * (max_norm / norm) for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return tf.function(step, reduce_retracing=True)

# %% accept make_clipped_step: a Python function around the compiled one, float
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return lambda x, y: float(step(tf.convert_to_tensor(x), tf.convert_to_tensor(y)))

# %% accept make_clipped_step: an object with __call__, keras.ops
class ClippedStep:
    def __init__(self, model, optimizer, loss_fn, max_norm):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.max_norm = max_norm

    @tf.function
    def __call__(self, x, y):
        weights = self.model.trainable_weights
        with tf.GradientTape() as tape:
            loss = tf.add_n([self.loss_fn(y, self.model(x, training=True)), *self.model.losses])
        slopes = tape.gradient(loss, weights)
        norm = keras.ops.sqrt(sum(keras.ops.sum(s**2) for s in slopes))
        slopes = [s * self.max_norm / keras.ops.maximum(norm, self.max_norm) for s in slopes]
        self.optimizer.apply_gradients(zip(slopes, weights))
        return loss

def make_clipped_step(model, optimizer, loss_fn, max_norm):
    return ClippedStep(model, optimizer, loss_fn, max_norm)

# %% reject make_clipped_step: not compiled
# message: Python ran the step again
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: compiled anew in each call
# message: Python ran the step again
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return lambda x, y: tf.function(step)(x, y)

# %% reject make_clipped_step: only the model is compiled
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    network = tf.function(model)

    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = network(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: each array by itself
# message: clipped by itself
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients = [tf.clip_by_norm(g, max_norm) for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: each number by itself
# message: Each number is cut off
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients = [tf.clip_by_value(g, -max_norm, max_norm) for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: not clipped
# message: not clipped
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: scaled always
# message: even where its norm is below
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = tf.linalg.global_norm(gradients)
        gradients = [g * (max_norm / norm) for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: the square of the norm
# message: take the root
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = (tf.add_n([tf.reduce_sum(tf.square(g)) for g in gradients]))
        factor = tf.minimum(1.0, max_norm / norm)
        gradients = [factor * g for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: no penalties
# message: penalties, model.losses, are missing
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: penalties in the loss, not in the gradient
# message: inside the tape
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        total = loss + sum(model.losses)
        optimizer.apply(gradients, model.trainable_variables)
        return total

    return step

# %% reject make_clipped_step: inference mode
# message: inference mode
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: clipped, and the old gradients applied
# message: not clipped
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        clipped, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: the factor turned round
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = tf.sqrt(tf.add_n([tf.reduce_sum(tf.square(g)) for g in gradients]))
        factor = tf.minimum(1.0, norm / max_norm)
        gradients = [factor * g for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: enlarged where it is small
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = tf.sqrt(tf.add_n([tf.reduce_sum(tf.square(g)) for g in gradients]))
        factor = tf.maximum(1.0, max_norm / norm)
        gradients = [factor * g for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% accept make_clipped_step: float in the compiled function, which AutoGraph makes a cast
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return float(loss)

    return step

# %% reject make_clipped_step: NumPy's norm
# message: stopped with an error
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        norm = np.sqrt(sum(np.sum(np.square(g)) for g in gradients))
        gradients = [g * min(1.0, max_norm / norm) for g in gradients]
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: step returns nothing
# message: step gave None
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)

    return step

# %% reject make_clipped_step: returns nothing
# message: make_clipped_step gave None
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

# %% reject make_clipped_step: returns the norm
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, norm = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return norm

    return step

# %% reject make_clipped_step: up the slope
# message: up the slope
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm([-g for g in gradients], max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: an optimizer of its own
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer = type(optimizer).from_config(optimizer.get_config())

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step

# %% reject make_clipped_step: the first batch for ever
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            outputs = model(x, training=True)
            loss = loss_fn(y, outputs) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, max_norm)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    kept = []

    def always(x, y):
        kept.append((x, y))
        return step(*kept[0])

    return always

# %% reject make_clipped_step: takes a step instead of returning it
# message: return the function step itself
def make_clipped_step(model, optimizer, loss_fn, max_norm):
    return 0.0
