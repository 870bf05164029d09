# %% accept split_validation: slices
def split_validation(images, labels, n_valid=5000):
    return (images[n_valid:], labels[n_valid:]), (images[:n_valid], labels[:n_valid])

# %% accept split_validation: np.split, lists instead of tuples
def split_validation(images, labels, n_valid=5000):
    x_valid, x_train = np.split(images, [n_valid])
    y_valid, y_train = np.split(labels, [n_valid])
    return [[x_train, y_train], [x_valid, y_valid]]

# %% accept split_validation: a boolean mask, and a print
def split_validation(images, labels, n_valid=5000):
    first = np.arange(len(images)) < n_valid
    print("validation:", first.sum())
    return (images[~first], labels[~first]), (images[first], labels[first])

# %% accept split_validation: TensorFlow, returns tensors
def split_validation(images, labels, n_valid=5000):
    images, labels = tf.constant(images), tf.constant(labels)
    rest = len(images) - n_valid
    x_valid, x_train = tf.split(images, [n_valid, rest])
    y_valid, y_train = tf.split(labels, [n_valid, rest])
    return (x_train, y_train), (x_valid, y_valid)

# %% accept split_validation: scikit-learn without shuffling
from sklearn.model_selection import train_test_split

def split_validation(images, labels, n_valid=5000):
    x_valid, x_train, y_valid, y_train = train_test_split(
        images, labels, train_size=n_valid, shuffle=False
    )
    return (x_train, y_train), (x_valid, y_valid)

# %% accept split_validation: np.delete
def split_validation(images, labels, n_valid=5000):
    first = range(n_valid)
    train = np.delete(images, first, axis=0), np.delete(labels, first)
    valid = np.take(images, first, axis=0), np.take(labels, first)
    return train, valid

# %% accept split_validation: a named tuple for each pair, and a warning
import warnings
from collections import namedtuple

Pair = namedtuple("Pair", "x y")

def split_validation(images, labels, n_valid=5000):
    warnings.warn("cutting")
    return Pair(images[n_valid:], labels[n_valid:]), Pair(images[:n_valid], labels[:n_valid])

# %% reject split_validation: the pairs the wrong way round
# message: The pairs are swapped
def split_validation(images, labels, n_valid=5000):
    return (images[:n_valid], labels[:n_valid]), (images[n_valid:], labels[n_valid:])

# %% reject split_validation: the last n_valid are for validation
# message: not the last
def split_validation(images, labels, n_valid=5000):
    return (images[:-n_valid], labels[:-n_valid]), (images[-n_valid:], labels[-n_valid:])

# %% reject split_validation: four arrays in a row
# message: two pairs
def split_validation(images, labels, n_valid=5000):
    return images[n_valid:], labels[n_valid:], images[:n_valid], labels[:n_valid]

# %% reject split_validation: paired by images and labels, not by set
# message: x_valid of
def split_validation(images, labels, n_valid=5000):
    return (images[n_valid:], images[:n_valid]), (labels[n_valid:], labels[:n_valid])

# %% reject split_validation: labels not cut
# message: uncut
def split_validation(images, labels, n_valid=5000):
    return (images[n_valid:], labels), (images[:n_valid], labels)

# %% reject split_validation: training keeps the validation images
# message: uncut
def split_validation(images, labels, n_valid=5000):
    return (images, labels), (images[:n_valid], labels[:n_valid])

# %% reject split_validation: a random split
# message: wrong value
from sklearn.model_selection import train_test_split

def split_validation(images, labels, n_valid=5000):
    x_train, x_valid, y_train, y_valid = train_test_split(
        images, labels, test_size=n_valid, random_state=0
    )
    return (x_train, y_train), (x_valid, y_valid)

# %% reject split_validation: images shuffled, labels not
# message: wrong value
def split_validation(images, labels, n_valid=5000):
    images = np.random.default_rng(1).permutation(images)
    return (images[n_valid:], labels[n_valid:]), (images[:n_valid], labels[:n_valid])

# %% reject split_validation: always 5000
# message: The argument n_valid is not used
def split_validation(images, labels, n_valid=5000):
    return (images[5000:], labels[5000:]), (images[:5000], labels[:5000])

# %% reject split_validation: wrong default
# message: wrong shape
def split_validation(images, labels, n_valid=500):
    return (images[n_valid:], labels[n_valid:]), (images[:n_valid], labels[:n_valid])

# %% reject split_validation: one image is in neither set
# message: wrong shape
def split_validation(images, labels, n_valid=5000):
    return (images[n_valid + 1 :], labels[n_valid + 1 :]), (images[:n_valid], labels[:n_valid])

# %% reject split_validation: no return
# message: two pairs
def split_validation(images, labels, n_valid=5000):
    train = images[n_valid:], labels[n_valid:]
    valid = images[:n_valid], labels[:n_valid]

# %% reject split_validation: not written
# message: not written yet
def split_validation(images, labels, n_valid=5000):
    raise NotImplementedError()

# %% accept fit_scaler: NumPy's methods
def fit_scaler(images):
    return images.mean(), images.std()

# %% accept fit_scaler: the formula in floats
def fit_scaler(images):
    x = images.astype("float64")
    mean = x.sum() / x.size
    return mean, (((x - mean) ** 2).sum() / x.size) ** 0.5

# %% accept fit_scaler: mean of squares minus square of the mean
def fit_scaler(images):
    x = images.astype(float)
    return x.mean(), np.sqrt(np.mean(x * x) - np.mean(x) ** 2)

# %% accept fit_scaler: float32 all the way
def fit_scaler(images):
    x = np.float32(images)
    return np.mean(x, dtype="float32"), np.std(x, dtype="float32")

# %% accept fit_scaler: scikit-learn's StandardScaler on one column
from sklearn.preprocessing import StandardScaler

def fit_scaler(images):
    scaler = StandardScaler().fit(images.reshape(-1, 1))
    return scaler.mean_[0], scaler.scale_[0]

# %% accept fit_scaler: TensorFlow tensors without axes
def fit_scaler(images):
    x = tf.cast(images, tf.float32)
    return tf.reduce_mean(x), tf.math.reduce_std(x)

# %% accept fit_scaler: Keras ops, an array of two
def fit_scaler(images):
    x = keras.ops.cast(images, "float32")
    return keras.ops.stack([keras.ops.mean(x), keras.ops.std(x)])

# %% accept fit_scaler: a histogram of the 256 values
def fit_scaler(images):
    counts = np.bincount(images.ravel(), minlength=256)
    values = np.arange(256)
    mean = (counts * values).sum() / counts.sum()
    return mean, np.sqrt((counts * (values - mean) ** 2).sum() / counts.sum())

# %% accept fit_scaler: pandas with ddof=0, a list
import pandas as pd

def fit_scaler(images):
    column = pd.Series(images.ravel())
    return [column.mean(), column.std(ddof=0)]

# %% accept fit_scaler: the standard library
import statistics

def fit_scaler(images):
    values = images.ravel().tolist()
    return statistics.fmean(values), statistics.pstdev(values)

# %% reject fit_scaler: ddof 1
# message: ddof=1
def fit_scaler(images):
    return images.mean(), images.std(ddof=1)

# %% reject fit_scaler: pandas, which divides by m - 1 unless told otherwise
# message: ddof=1
import pandas as pd

def fit_scaler(images):
    column = pd.Series(images.ravel())
    return column.mean(), column.std()

# %% reject fit_scaler: one mean for each pixel
# message: one mean for each pixel
def fit_scaler(images):
    return images.mean(axis=0), images.std(axis=0)

# %% reject fit_scaler: StandardScaler on rows of 784 pixels
# message: one mean for each pixel
from sklearn.preprocessing import StandardScaler

def fit_scaler(images):
    scaler = StandardScaler().fit(images.reshape(len(images), -1))
    return scaler.mean_, scaler.scale_

# %% reject fit_scaler: arrays with one element
# message: Take the number out of it
from sklearn.preprocessing import StandardScaler

def fit_scaler(images):
    scaler = StandardScaler().fit(images.reshape(-1, 1))
    return scaler.mean_, scaler.scale_

# %% reject fit_scaler: one mean for each image
# message: one mean for each image
def fit_scaler(images):
    return images.mean(axis=(1, 2)), images.std(axis=(1, 2))

# %% reject fit_scaler: the variance
# message: That is the variance
def fit_scaler(images):
    return images.mean(), images.var()

# %% reject fit_scaler: swapped
# message: The mean comes first
def fit_scaler(images):
    return images.std(), images.mean()

# %% reject fit_scaler: squares of bytes
# message: do not fit into a byte
def fit_scaler(images):
    mean = images.mean()
    return mean, np.sqrt(np.mean(images**2) - mean**2)

# %% reject fit_scaler: TensorFlow's mean of whole numbers
# message: cut to a whole number
def fit_scaler(images):
    return tf.reduce_mean(images), tf.math.reduce_std(tf.cast(images, tf.float32))

# %% reject fit_scaler: pixels divided by 255 first
# message: divided by 255
def fit_scaler(images):
    x = images / 255
    return x.mean(), x.std()

# %% reject fit_scaler: average of the images' own deviations
# message: average of the images' own
def fit_scaler(images):
    return images.mean(), images.std(axis=(1, 2)).mean()

# %% reject fit_scaler: without the background
# message: leaves out the black pixels
def fit_scaler(images):
    garment = images[images > 0]
    return garment.mean(), garment.std()

# %% reject fit_scaler: the mean only
# message: two numbers
def fit_scaler(images):
    return images.mean()

# %% reject fit_scaler: returns the scaled images, as fit_transform does
# message: not the scaled images
from sklearn.preprocessing import StandardScaler

def fit_scaler(images):
    return StandardScaler().fit_transform(images.reshape(-1, 1)).reshape(images.shape)

# %% reject fit_scaler: pixels brought to 256 levels
# message: wrong value
def fit_scaler(images):
    pixels = images / 256 * 255
    return pixels.mean(), pixels.std()

# %% accept standardize: convert last
def standardize(images, mean, std):
    if std == 0:
        std = 1.0
    return ((images - mean) / std).astype(np.float32)

# %% accept standardize: a tiny number added to std
def standardize(images, mean, std):
    return np.float32((images.astype("float64") - mean) / (std + 1e-7))

# %% accept standardize: a tiny number under the root
def standardize(images, mean, std):
    return ((images - mean) / np.sqrt(std**2 + 1e-6)).astype("float32")

# %% accept standardize: np.maximum keeps std away from 0
def standardize(images, mean, std):
    return np.asarray((images - mean) / np.maximum(std, 1e-12), dtype=np.float32)

# %% accept standardize: float32 numbers, so that nothing becomes float64
def standardize(images, mean, std):
    return (images.astype("float32") - np.float32(mean)) / np.float32(std or 1)

# %% accept standardize: in place, but on its own copy
def standardize(images, mean, std):
    out = np.array(images, dtype="float32")
    out -= mean
    if std > 0:
        out /= std
    return out

# %% accept standardize: nan_to_num, with NumPy's warning
def standardize(images, mean, std):
    return np.nan_to_num((images - mean) / std).astype("float32")

# %% accept standardize: TensorFlow's division without nan, returns a tensor
def standardize(images, mean, std):
    x = tf.cast(images, tf.float32)
    return tf.math.divide_no_nan(x - tf.cast(mean, tf.float32), tf.cast(std, tf.float32))

# %% accept standardize: Keras ops with Keras's epsilon
def standardize(images, mean, std):
    x = keras.ops.cast(images, "float32")
    return (x - float(mean)) / (float(std) + keras.config.epsilon())

# %% accept standardize: np.where, and zeros for a blank set
def standardize(images, mean, std):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(std == 0, 0, (images - mean) / std).astype("float32")

# %% reject standardize: float64
# message: Convert the result
def standardize(images, mean, std):
    return (images - mean) / (std if std else 1)

# %% reject standardize: converted too early
# message: Convert the result
def standardize(images, mean, std):
    return (images.astype("float32") - mean) / max(std, 1e-9)

# %% reject standardize: nan where std is 0
# message: 0 / 0 is nan
def standardize(images, mean, std):
    return ((images - mean) / std).astype("float32")

# %% reject standardize: fits the scaler again
# message: You fit the scaler again
def standardize(images, mean, std):
    return ((images - images.mean()) / (images.std() + 1e-7)).astype("float32")

# %% reject standardize: scikit-learn's fit_transform, as if it were transform
# message: You fit the scaler again
from sklearn.preprocessing import StandardScaler

def standardize(images, mean, std):
    column = images.astype("float32").reshape(-1, 1)
    return StandardScaler().fit_transform(column).reshape(images.shape)

# %% reject standardize: no brackets
# message: The brackets are missing
def standardize(images, mean, std):
    return (images - mean / (std + 1e-7)).astype("float32")

# %% reject standardize: the variance
# message: You divide by the variance
def standardize(images, mean, std):
    return ((images - mean) / (std**2 + 1e-7)).astype("float32")

# %% reject standardize: the sign
# message: The sign is wrong
def standardize(images, mean, std):
    return ((mean - images) / (std + 1e-7)).astype("float32")

# %% reject standardize: only shifted
# message: The division by std is missing
def standardize(images, mean, std):
    return (images - mean).astype("float32")

# %% reject standardize: divided by 255
# message: That divides by 255
def standardize(images, mean, std):
    return (images / 255).astype("float32")

# %% reject standardize: converted back to bytes
# message: wrong dtype
def standardize(images, mean, std):
    return ((images - mean) / (std + 1e-7)).astype(images.dtype)

# %% reject standardize: laid out in rows
# message: wrong shape
def standardize(images, mean, std):
    x = images.reshape(len(images), -1)
    return ((x - mean) / (std + 1e-7)).astype("float32")

# %% reject standardize: changes floats in place
# message: changes its argument in place
def standardize(images, mean, std):
    x = images.astype("float32", copy=False)
    x -= mean
    x /= std or 1
    return x

# %% reject standardize: a std below 1 counts as 0
# message: Only a std of 0 is special
def standardize(images, mean, std):
    return ((images - float(mean)) / (std if std > 1 else 1.0)).astype("float32")

# %% reject standardize: divided by 256
# message: wrong value
def standardize(images, mean, std):
    return (images / 256).astype("float32")

# %% reject standardize: a large number added to std
# message: wrong value
def standardize(images, mean, std):
    return ((images - float(mean)) / (std + 0.01)).astype("float32")

# %% accept one_hot: rows of the identity
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("label out of range")
    return np.eye(n_classes, dtype=np.float32)[labels]

# %% accept one_hot: a comparison that broadcasts
def one_hot(labels, n_classes):
    if not set(labels.tolist()) <= set(range(n_classes)):
        raise ValueError(f"labels must be 0...{n_classes - 1}")
    return (labels[:, None] == np.arange(n_classes)).astype("float32")

# %% accept one_hot: a loop
def one_hot(labels, n_classes):
    rows = np.zeros((len(labels), n_classes), dtype="float32")
    for row, label in zip(rows, labels):
        if label < 0 or label >= n_classes:
            raise ValueError(label)
        row[label] = 1
    return rows

# %% accept one_hot: keras.utils.to_categorical, checked and converted
def one_hot(labels, n_classes):
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such class")
    return keras.utils.to_categorical(labels, n_classes).astype("float32")

# %% accept one_hot: tf.one_hot, which leaves a row of zeros out of range
def one_hot(labels, n_classes):
    rows = tf.one_hot(labels, n_classes)
    if not np.allclose(tf.reduce_sum(rows, axis=1), 1):
        raise ValueError("label out of range")
    return rows

# %% accept one_hot: keras.ops.one_hot, IndexError turned into ValueError
def one_hot(labels, n_classes):
    for label in labels:
        try:
            range(n_classes)[label]
        except IndexError:
            raise ValueError("too large") from None
        if label < 0:
            raise ValueError("negative")
    return keras.ops.one_hot(keras.ops.cast(labels, "int32"), n_classes)

# %% accept one_hot: fancy indexing
def one_hot(labels, n_classes):
    n = len(labels)
    if n and not (0 <= labels.min() <= labels.max() < n_classes):
        raise ValueError("labels out of range")
    out = np.zeros((n, n_classes), np.float32)
    out[np.arange(n), labels] = 1.0
    return out

# %% accept one_hot: scikit-learn, whose error for unknown categories is a ValueError
from sklearn.preprocessing import OneHotEncoder

def one_hot(labels, n_classes):
    encoder = OneHotEncoder(categories=[range(n_classes)], sparse_output=False, dtype="float32")
    return encoder.fit_transform(np.asarray(labels, dtype=int).reshape(-1, 1))

# %% reject one_hot: no check of the labels
# message: should raise ValueError
def one_hot(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[labels]

# %% reject one_hot: tf.one_hot, nothing raised
# message: should raise ValueError
def one_hot(labels, n_classes):
    return tf.one_hot(labels, n_classes)

# %% reject one_hot: -1 becomes the last class
# message: -1 is no label
def one_hot(labels, n_classes):
    if labels.max() >= n_classes:
        raise ValueError("too large")
    return np.eye(n_classes, dtype="float32")[labels]

# %% reject one_hot: n_classes itself is let through
# message: 3 is no label
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() > n_classes:
        raise ValueError("out of range")
    return (labels[:, None] == np.arange(n_classes)).astype("float32")

# %% reject one_hot: IndexError
# message: should raise ValueError
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise IndexError("out of range")
    return np.eye(n_classes, dtype="float32")[labels]

# %% reject one_hot: to_categorical's float64
# message: Convert them
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return keras.utils.to_categorical(labels, n_classes)

# %% reject one_hot: truth values
# message: Convert them
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return labels[:, None] == np.arange(n_classes)

# %% reject one_hot: as many columns as the largest label needs
# message: n_classes says how many columns
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return np.eye(labels.max() + 1, dtype="float32")[labels]

# %% reject one_hot: pd.get_dummies leaves out classes that do not occur
# message: wrong shape
import pandas as pd

def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return pd.get_dummies(labels).to_numpy(dtype="float32")

# %% reject one_hot: a row for each class
# message: Rows and columns are swapped
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return (np.arange(n_classes)[:, None] == labels).astype("float32")

# %% reject one_hot: looks at the first label only
# message: should raise ValueError
def one_hot(labels, n_classes):
    if not 0 <= labels[0] < n_classes:
        raise ValueError("out of range")
    return tf.one_hot(labels, n_classes).numpy()

# %% reject one_hot: counts from 1
# message: wrong value
def one_hot(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("out of range")
    return np.roll(np.eye(n_classes, dtype="float32"), 1, axis=0)[labels]

# %% reject one_hot: below -1 only
# message: -1 is no label
def one_hot(labels, n_classes):
    if labels.min() < -1 or labels.max() >= n_classes:
        raise ValueError
    return np.eye(n_classes, dtype="float32")[labels]

# %% accept cross_entropy: clip, as Keras does
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.sum(one_hot_labels * np.log(p)) / len(p)

# %% accept cross_entropy: a large epsilon added
def cross_entropy(one_hot_labels, probabilities):
    return np.mean(-np.sum(one_hot_labels * np.log(probabilities + 1e-5), axis=1))

# %% accept cross_entropy: clipped on both sides with the largest epsilon
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-5, 1 - 1e-5)
    return float(-(one_hot_labels * np.log(p)).sum(axis=-1).mean())

# %% accept cross_entropy: a tiny epsilon added
def cross_entropy(one_hot_labels, probabilities):
    logs = np.log(probabilities.astype("float64") + 1e-15)
    return -(one_hot_labels * logs).sum(1).mean()

# %% accept cross_entropy: only the true class's probability, by its index
def cross_entropy(one_hot_labels, probabilities):
    true = one_hot_labels.argmax(axis=1)
    p = np.take_along_axis(probabilities, true[:, None], axis=1)
    return -np.log(np.maximum(p, 1e-12)).mean()

# %% accept cross_entropy: Keras's loss object, a tensor
def cross_entropy(one_hot_labels, probabilities):
    return keras.losses.CategoricalCrossentropy()(one_hot_labels, probabilities)

# %% accept cross_entropy: TensorFlow
def cross_entropy(one_hot_labels, probabilities):
    logs = tf.math.log(tf.maximum(probabilities, 1e-10))
    return tf.reduce_mean(-tf.reduce_sum(one_hot_labels * logs, axis=1)).numpy()

# %% accept cross_entropy: Keras ops
def cross_entropy(one_hot_labels, probabilities):
    return keras.ops.mean(keras.ops.categorical_crossentropy(one_hot_labels, probabilities))

# %% accept cross_entropy: scikit-learn's log_loss
from sklearn.metrics import log_loss

def cross_entropy(one_hot_labels, probabilities):
    return log_loss(one_hot_labels, probabilities)

# %% accept cross_entropy: a loop over the examples
import math

def cross_entropy(one_hot_labels, probabilities):
    total = 0.0
    for y, p in zip(one_hot_labels, probabilities):
        for y_j, p_j in zip(y, p):
            if y_j:
                total += -math.log(max(p_j, 1e-9))
    return total / len(one_hot_labels)

# %% accept cross_entropy: einsum and the smallest float
def cross_entropy(one_hot_labels, probabilities):
    p = np.maximum(probabilities.astype(float), np.finfo(float).tiny)
    return -np.einsum("ij,ij->", one_hot_labels, np.log(p)) / len(p)

# %% reject cross_entropy: without the minus sign
# message: The minus sign is missing
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1)
    return np.mean(np.sum(one_hot_labels * np.log(p), axis=1))

# %% reject cross_entropy: mean over all elements
# message: n * n_classes
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1)
    return -np.mean(one_hot_labels * np.log(p))

# %% reject cross_entropy: sum over the examples
# message: That is the sum over the examples
def cross_entropy(one_hot_labels, probabilities):
    return -np.sum(one_hot_labels * np.log(np.clip(probabilities, 1e-7, 1)))

# %% reject cross_entropy: one number for each example
# message: the cost of each example
def cross_entropy(one_hot_labels, probabilities):
    return keras.losses.categorical_crossentropy(one_hot_labels, probabilities)

# %% reject cross_entropy: ln 0
# message: 0 · ln 0 is nan
def cross_entropy(one_hot_labels, probabilities):
    return -np.mean(np.sum(one_hot_labels * np.log(probabilities), axis=1))

# %% reject cross_entropy: 0 ln 0 avoided, but a wrong certainty costs inf
# message: ln 0 is minus infinity
def cross_entropy(one_hot_labels, probabilities):
    return -np.log((one_hot_labels * probabilities).sum(axis=1)).mean()

# %% reject cross_entropy: nan and inf swept under the carpet, so a hopeless example is free
# message: must cost at least 10
def cross_entropy(one_hot_labels, probabilities):
    costs = -np.sum(one_hot_labels * np.log(probabilities), axis=1)
    return np.nan_to_num(costs, nan=0.0, posinf=0.0).mean()

# %% reject cross_entropy: clipped much too early
# message: must cost at least 10
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 0.01, 1)
    return -np.mean(np.sum(one_hot_labels * np.log(p), axis=1))

# %% reject cross_entropy: binary cross-entropy
# message: binary cross-entropy, averaged
def cross_entropy(one_hot_labels, probabilities):
    return keras.losses.BinaryCrossentropy()(one_hot_labels, probabilities)

# %% reject cross_entropy: binary cross-entropy, summed over the classes
# message: binary cross-entropy, which adds
def cross_entropy(one_hot_labels, probabilities):
    y, p = one_hot_labels, np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)

# %% reject cross_entropy: base 2
# message: base 2
def cross_entropy(one_hot_labels, probabilities):
    return -np.mean(np.sum(one_hot_labels * np.log2(np.clip(probabilities, 1e-7, 1)), axis=1))

# %% reject cross_entropy: base 10
# message: base 10
def cross_entropy(one_hot_labels, probabilities):
    return -np.mean(np.sum(one_hot_labels * np.log10(np.clip(probabilities, 1e-7, 1)), axis=1))

# %% reject cross_entropy: labels and probabilities swapped inside the logarithm
# message: wrong value
def cross_entropy(one_hot_labels, probabilities):
    return -np.mean(np.sum(probabilities * np.log(np.clip(one_hot_labels, 1e-7, 1)), axis=1))

# %% reject cross_entropy: squared error
# message: mean squared error
def cross_entropy(one_hot_labels, probabilities):
    return np.mean((one_hot_labels - probabilities) ** 2)

# %% reject cross_entropy: takes the probabilities for logits
# message: wrong value
def cross_entropy(one_hot_labels, probabilities):
    return keras.losses.CategoricalCrossentropy(from_logits=True)(one_hot_labels, probabilities)

# %% reject cross_entropy: raises the zeros in place
# message: changes its argument in place
def cross_entropy(one_hot_labels, probabilities):
    probabilities[probabilities == 0] = 1e-7
    return -np.mean(np.sum(one_hot_labels * np.log(probabilities), axis=1))

# %% reject cross_entropy: a clip at one in ten thousand, which costs 9.2
# message: must cost at least 10
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-4, 1)
    return -np.mean(np.sum(one_hot_labels * np.log(p), axis=1))

# %% reject cross_entropy: clipped from above, so that certainty costs something
# message: wrong value
def cross_entropy(one_hot_labels, probabilities):
    p = np.clip(probabilities, 1e-7, 0.99)
    return -np.mean(np.sum(one_hot_labels * np.log(p), axis=1))

# %% accept build_classifier: Sequential
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model

# %% accept build_classifier: functional, Softmax layer, objects everywhere
def build_classifier(learning_rate=0.01):
    inputs = keras.Input(shape=(28, 28))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.Dense(300)(x)
    x = keras.layers.ReLU()(x)
    x = keras.layers.Activation("relu")(keras.layers.Dense(100)(x))
    outputs = keras.layers.Softmax()(keras.layers.Dense(10)(x))
    model = keras.Model(inputs, outputs)
    model.compile(
        keras.optimizers.SGD(learning_rate=learning_rate),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return model

# %% accept build_classifier: subclass, called once so that its weights exist
class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = keras.layers.Flatten()
        self.hidden1 = keras.layers.Dense(300, activation=keras.activations.relu)
        self.hidden2 = keras.layers.Dense(100, activation=tf.nn.relu)
        self.out = keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.out(self.hidden2(self.hidden1(self.flatten(x))))

def build_classifier(learning_rate=0.01):
    model = Classifier()
    model(np.zeros((1, 28, 28), dtype="float32"))
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate),
        loss=keras.losses.sparse_categorical_crossentropy,
        metrics=["accuracy"],
    )
    return model

# %% accept build_classifier: Reshape, add in a loop, build by hand, a summary printed
def build_classifier(learning_rate=0.01):
    model = keras.models.Sequential()
    model.add(keras.layers.Reshape((784,)))
    for units in (300, 100):
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Activation("softmax"))
    model.build((None, 28, 28))
    model.summary()
    optimizer = keras.optimizers.get({"class_name": "SGD", "config": {"learning_rate": learning_rate}})
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=("accuracy",))
    return model

# %% accept build_classifier: input_shape with its warning, He initialisation, further metrics
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.layers.Flatten(input_shape=(28, 28)),
        keras.layers.Dense(300, activation="relu", kernel_initializer="he_normal"),
        keras.layers.Dense(100, activation="relu", kernel_initializer="he_normal"),
        keras.layers.Dense(10, activation="softmax", name="probabilities"),
    ])
    model.compile(
        optimizer=tf.keras.optimizers.SGD(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy", keras.metrics.SparseTopKCategoricalAccuracy(2, name="top2")],
    )
    return model

# %% accept build_classifier: the softmax as an operation, steps_per_execution, weighted metric
def build_classifier(learning_rate=0.01):
    inputs = keras.Input((28, 28))
    x = keras.ops.reshape(inputs, (-1, 784))
    for units in [300, 100]:
        x = keras.ops.relu(keras.layers.Dense(units)(x))
    model = keras.Model(inputs, keras.ops.softmax(keras.layers.Dense(10)(x)))
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=8,
    )
    return model

# %% accept build_classifier: run eagerly
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(300, activation="relu"))
    model.add(keras.layers.Dense(100, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    sgd = keras.optimizers.SGD()
    sgd.learning_rate = learning_rate
    model.compile(sgd, "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    return model

# %% reject build_classifier: no return
# message: return model
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for units in (300, 100):
        model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])

# %% reject build_classifier: the input's shape is missing, so there are no weights
# message: has no weights yet
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: no Flatten
# message: other weights than expected
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: the second hidden layer forgotten
# message: other weights than expected
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: takes rows of 784
# message: does not take inputs of shape (64, 28, 28)
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: logits
# message: The softmax at the end is missing
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(learning_rate), loss, metrics=["accuracy"])
    return model

# %% reject build_classifier: softmax twice
# message: The softmax is applied twice
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
        keras.layers.Softmax(),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: sigmoid output
# message: a sigmoid for each class
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="sigmoid"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: no activation in the hidden layers
# message: The hidden layers have no activation
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300),
        keras.layers.Dense(100),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: ReLU in the first hidden layer only
# message: wrong value
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: sigmoid in the hidden layers
# message: The hidden layers use the sigmoid
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="sigmoid"),
        keras.layers.Dense(100, activation="sigmoid"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: scales the images a second time
# message: The model divides its input by 255
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: dropout that nobody asked for
# message: in training mode
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: not compiled
# message: is not compiled
def build_classifier(learning_rate=0.01):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])

# %% reject build_classifier: the string "sgd", so the rate is not passed on
# message: the learning rate of the model of build_classifier(0.25)
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: another default for the rate
# message: the learning rate
def build_classifier(learning_rate=0.1):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: Adam
# message: compiled with the optimizer Adam
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: a loss for one-hot labels
# message: sparse_categorical_crossentropy
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: squared error
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "mse", metrics=["accuracy"])
    return model

# %% reject build_classifier: from_logits on probabilities
# message: from_logits=True takes your probabilities for logits
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(learning_rate), loss, metrics=["accuracy"])
    return model

# %% reject build_classifier: the metric is called acc
# message: nothing named 'accuracy'
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["acc"])
    return model

# %% reject build_classifier: a metric named by its class
# message: nothing named 'accuracy'
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        keras.optimizers.SGD(learning_rate),
        "sparse_categorical_crossentropy",
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model

# %% reject build_classifier: the Accuracy meter, which compares labels with probabilities
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(
        keras.optimizers.SGD(learning_rate),
        "sparse_categorical_crossentropy",
        metrics=[keras.metrics.Accuracy(name="accuracy")],
    )
    return model

# %% reject build_classifier: metrics as a string
# message: Expected `metrics` argument to be a list
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics="accuracy")
    return model

# %% reject build_classifier: metrics in third place, where compile expects loss_weights
# message: model.evaluate stopped
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", ["accuracy"])
    return model

# %% reject build_classifier: SGD(lr=), as it used to be written
# message: not recognized
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(lr=learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: one model for all, as a class attribute
# message: share their weights
class Single:
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])

def build_classifier(learning_rate=0.01):
    Single.model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Single.model

# %% reject build_classifier: a penalty on the weights
# message: the loss that model.evaluate reports
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu", kernel_regularizer="l2"),
        keras.layers.Dense(100, activation="relu", kernel_regularizer="l2"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(keras.optimizers.SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: SGD with momentum
# message: momentum=0.9
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.SGD(learning_rate, momentum=0.9)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: SGD with clipped gradients
# message: clipnorm=1
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.SGD(learning_rate, clipnorm=1.0)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% reject build_classifier: SGD with weight decay
# message: weight_decay=0.01
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.SGD(learning_rate, weight_decay=0.01)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% accept build_classifier: plain SGD with everything said
def build_classifier(learning_rate=0.01):
    model = keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(300, activation="relu"),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate, momentum=0.0, nesterov=False, name="plain")
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% accept confusion_matrix: a loop
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for true, predicted in zip(labels, predictions):
        matrix[true, predicted] += 1
    return matrix

# %% accept confusion_matrix: np.add.at
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype="int32")
    np.add.at(matrix, (labels, predictions), 1)
    return matrix

# %% accept confusion_matrix: bincount of pair numbers
def confusion_matrix(labels, predictions, n_classes):
    pairs = labels.astype(int) * n_classes + predictions
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)

# %% accept confusion_matrix: TensorFlow
def confusion_matrix(labels, predictions, n_classes):
    return tf.math.confusion_matrix(labels, predictions, num_classes=n_classes)

# %% accept confusion_matrix: scikit-learn with all labels
from sklearn import metrics

def confusion_matrix(labels, predictions, n_classes):
    return metrics.confusion_matrix(labels, predictions, labels=range(n_classes))

# %% accept confusion_matrix: pandas with missing classes put back
import pandas as pd

def confusion_matrix(labels, predictions, n_classes):
    table = pd.crosstab(labels, predictions)
    everyone = range(n_classes)
    return table.reindex(index=everyone, columns=everyone, fill_value=0)

# %% accept confusion_matrix: product of one-hot matrices
def confusion_matrix(labels, predictions, n_classes):
    eye = np.eye(n_classes, dtype=int)
    return eye[labels].T @ eye[predictions]

# %% accept confusion_matrix: a list of lists, counted
from collections import Counter

def confusion_matrix(labels, predictions, n_classes):
    counts = Counter(zip(labels.tolist(), predictions.tolist()))
    return [[counts[i, j] for j in range(n_classes)] for i in range(n_classes)]

# %% accept confusion_matrix: histogram2d, converted
def confusion_matrix(labels, predictions, n_classes):
    edges = np.arange(n_classes + 1) - 0.5
    return np.histogram2d(labels, predictions, bins=[edges, edges])[0].astype(int)

# %% reject confusion_matrix: fancy indexing counts each pair once
# message: is counted once
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix

# %% reject confusion_matrix: rows are the predicted classes
# message: Rows and columns are swapped
def confusion_matrix(labels, predictions, n_classes):
    return tf.math.confusion_matrix(predictions, labels, num_classes=n_classes)

# %% reject confusion_matrix: floats
# message: Make them integers
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes))
    np.add.at(matrix, (labels, predictions), 1)
    return matrix

# %% reject confusion_matrix: scikit-learn leaves out classes that do not occur
# message: Classes that do not occur
from sklearn import metrics

def confusion_matrix(labels, predictions, n_classes):
    return metrics.confusion_matrix(labels, predictions)

# %% reject confusion_matrix: as large as the largest class that occurs
# message: not the largest class
def confusion_matrix(labels, predictions, n_classes):
    return tf.math.confusion_matrix(labels, predictions)

# %% reject confusion_matrix: shares of the rows
# message: shares of the rows
from sklearn import metrics

def confusion_matrix(labels, predictions, n_classes):
    return metrics.confusion_matrix(labels, predictions, labels=range(n_classes), normalize="true")

# %% reject confusion_matrix: shares of all
# message: shares of all
def confusion_matrix(labels, predictions, n_classes):
    return tf.math.confusion_matrix(labels, predictions, n_classes) / len(labels)

# %% reject confusion_matrix: bytes overflow in the count
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype="uint8")
    np.add.at(matrix, (labels, predictions), 1)
    return matrix

# %% reject confusion_matrix: pair numbers do not fit into bytes
def confusion_matrix(labels, predictions, n_classes):
    pairs = labels * n_classes + predictions
    return np.bincount(pairs, minlength=n_classes**2)[: n_classes**2].reshape(n_classes, n_classes)

# %% reject confusion_matrix: only the mistakes are counted
# message: wrong value
def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=int)
    for true, predicted in zip(labels, predictions):
        if true != predicted:
            matrix[true, predicted] += 1
    return matrix

# %% reject confusion_matrix: always 10 classes
# message: wrong shape
def confusion_matrix(labels, predictions, n_classes):
    return tf.math.confusion_matrix(labels, predictions, 10)

# %% reject confusion_matrix: prints and returns nothing
# message: return
def confusion_matrix(labels, predictions, n_classes):
    print(tf.math.confusion_matrix(labels, predictions, n_classes))

# %% accept most_confused: copy, fill_diagonal, unravel_index
def most_confused(matrix):
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    return np.unravel_index(np.argmax(mistakes), mistakes.shape)

# %% accept most_confused: two loops, plain ints
def most_confused(matrix):
    best, pair = -1, None
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            if i != j and matrix[i, j] > best:
                best, pair = matrix[i, j], (i, j)
    return pair

# %% accept most_confused: argwhere, the last of several, an array
def most_confused(matrix):
    mistakes = matrix - np.diag(np.diag(matrix))
    return np.argwhere(mistakes == mistakes.max())[-1]

# %% accept most_confused: divmod, a list
def most_confused(matrix):
    mistakes = matrix * (1 - np.eye(len(matrix)))
    return list(divmod(int(mistakes.argmax()), len(matrix)))

# %% accept most_confused: max over all pairs
from itertools import permutations

def most_confused(matrix):
    return max(permutations(range(len(matrix)), 2), key=lambda pair: matrix[pair])

# %% accept most_confused: TensorFlow
def most_confused(matrix):
    n = len(matrix)
    mistakes = tf.linalg.set_diag(tf.constant(matrix), tf.fill([n], tf.cast(-1, matrix.dtype)))
    return tf.unravel_index(tf.argmax(tf.reshape(mistakes, [-1])), [n, n])

# %% accept most_confused: a masked array
def most_confused(matrix):
    mistakes = np.ma.masked_array(matrix, mask=np.eye(len(matrix), dtype=bool))
    i = mistakes.max(axis=1).argmax()
    return int(i), int(mistakes[i].argmax())

# %% accept most_confused: pandas
import pandas as pd

def most_confused(matrix):
    table = pd.DataFrame(matrix).stack()
    i, j = zip(*table.index)
    return table[np.array(i) != np.array(j)].idxmax()

# %% reject most_confused: the diagonal included
# message: on the diagonal
def most_confused(matrix):
    return np.unravel_index(matrix.argmax(), matrix.shape)

# %% reject most_confused: the number of the place, not the pair
# message: Two class numbers
def most_confused(matrix):
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    return mistakes.argmax()

# %% reject most_confused: predicted first
# message: the wrong way round
def most_confused(matrix):
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    true, predicted = np.unravel_index(mistakes.argmax(), mistakes.shape)
    return predicted, true

# %% reject most_confused: empties the caller's diagonal
# message: changes its argument in place
def most_confused(matrix):
    np.fill_diagonal(matrix, 0)
    return np.unravel_index(matrix.argmax(), matrix.shape)

# %% reject most_confused: counts of both directions added
# message: and there is one of
def most_confused(matrix):
    both = matrix + matrix.T
    np.fill_diagonal(both, 0)
    i, j = np.unravel_index(both.argmax(), both.shape)
    return (i, j) if matrix[i, j] >= matrix[j, i] else (j, i)

# %% reject most_confused: the largest share of a row
# message: and there is one of
def most_confused(matrix):
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    np.fill_diagonal(shares, 0)
    return np.unravel_index(shares.argmax(), shares.shape)

# %% reject most_confused: looks above the diagonal only
# message: and there is one of
def most_confused(matrix):
    mistakes = np.triu(matrix, k=1)
    return np.unravel_index(mistakes.argmax(), mistakes.shape)

# %% reject most_confused: the worst row and the worst column, each by itself
def most_confused(matrix):
    mistakes = matrix - np.diag(np.diag(matrix))
    return mistakes.sum(axis=1).argmax(), mistakes.sum(axis=0).argmax()

# %% reject most_confused: the smallest count
# message: and there is one of
def most_confused(matrix):
    mistakes = matrix + np.diag(np.full(len(matrix), 10**6))
    return np.unravel_index(mistakes.argmin(), mistakes.shape)

# %% reject most_confused: the count instead of the pair
# message: Two class numbers
def most_confused(matrix):
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    return mistakes.max()

# %% reject most_confused: class names
# message: Two class numbers
NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]

def most_confused(matrix):
    mistakes = matrix.copy()
    np.fill_diagonal(mistakes, 0)
    i, j = np.unravel_index(mistakes.argmax(), mistakes.shape)
    return NAMES[i], NAMES[j]

# %% reject most_confused: begins with a best count of 1
# message: None
def most_confused(matrix):
    best, pair = 1, None
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            if i != j and matrix[i, j] > best:
                best, pair = matrix[i, j], (i, j)
    return pair

# %% reject most_confused: takes the largest of each row for the right answers
# message: on the diagonal
def most_confused(matrix):
    second = np.argsort(matrix, axis=1)[:, -2]
    counts = matrix[np.arange(len(matrix)), second]
    true = counts.argmax()
    return true, second[true]

# %% reject most_confused: leaves out as many of the largest as there are classes
def most_confused(matrix):
    places = np.argsort(-matrix.ravel())
    return divmod(int(places[len(matrix)]), len(matrix))

# %% accept accuracy_interval: the two formulas
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError("n must be at least 1")
    a = n_correct / n
    centre = (a + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(a * (1 - a) / n + z**2 / (4 * n**2))
    return centre - half, centre + half

# %% accept accuracy_interval: multiplied out, clipped, an array
def accuracy_interval(n_correct, n, z=1.96):
    if n <= 0:
        raise ValueError(n)
    root = z * (n_correct * (n - n_correct) / n + z * z / 4) ** 0.5
    ends = np.array([n_correct + z * z / 2 - root, n_correct + z * z / 2 + root]) / (n + z * z)
    return np.clip(ends, 0, 1)

# %% accept accuracy_interval: roots of the quadratic
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError("nothing was counted")
    a, w = n_correct / n, z**2 / n
    return sorted(np.roots([1 + w, -(2 * a + w), a**2]).real)

# %% accept accuracy_interval: TensorFlow
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError("n")
    a, w = tf.constant(n_correct / n, tf.float64), z**2 / n
    centre, half = a + w / 2, tf.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% accept accuracy_interval: the standard library and an assertion turned into a ValueError
import math

def accuracy_interval(n_correct, n, z=1.96):
    try:
        assert n >= 1
    except AssertionError:
        raise ValueError("n must be at least 1") from None
    denominator = n + z**2
    middle = (n_correct + z**2 / 2) / denominator
    spread = z / denominator * math.sqrt(n_correct * (n - n_correct) / n + z**2 / 4)
    return [middle - spread, middle + spread]

# %% reject accuracy_interval: share plus and minus z standard errors
# message: two standard errors on either side of the share
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a = n_correct / n
    half = z * np.sqrt(a * (1 - a) / n)
    return a - half, a + half

# %% reject accuracy_interval: z is always 1.96
# message: The argument z is not used
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, 1.96**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: z is 2 unless said otherwise
# message: wrong value
def accuracy_interval(n_correct, n, z=2):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: n of 0 gives the whole range
# message: should raise ValueError
def accuracy_interval(n_correct, n, z=1.96):
    if n == 0:
        return 0.0, 1.0
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: division by zero
# message: ZeroDivisionError
def accuracy_interval(n_correct, n, z=1.96):
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: a negative n is let through
# message: should raise ValueError
def accuracy_interval(n_correct, n, z=1.96):
    if n == 0:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(abs(w * a * (1 - a) + w**2 / 4))
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: an example alone is too few
# message: accuracy_interval(1, 1)
def accuracy_interval(n_correct, n, z=1.96):
    if n <= 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre - half) / (1 + w), (centre + half) / (1 + w)

# %% reject accuracy_interval: the half width is not divided
# message: wrong value
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = (a + w / 2) / (1 + w), np.sqrt(w * a * (1 - a) + w**2 / 4)
    return centre - half, centre + half

# %% reject accuracy_interval: brackets missing below the fraction
# message: wrong value
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a = n_correct / n
    centre = (a + z**2 / 2 * n) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(a * (1 - a) / n + z**2 / 4 * n**2)
    return centre - half, centre + half

# %% reject accuracy_interval: centre and half width
# message: centre and the half width
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    return (a + w / 2) / (1 + w), np.sqrt(w * a * (1 - a) + w**2 / 4) / (1 + w)

# %% reject accuracy_interval: high comes first
# message: upper end comes first
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    return (centre + half) / (1 + w), (centre - half) / (1 + w)

# %% reject accuracy_interval: no return
# message: return
def accuracy_interval(n_correct, n, z=1.96):
    if n < 1:
        raise ValueError
    a, w = n_correct / n, z**2 / n
    centre, half = a + w / 2, np.sqrt(w * a * (1 - a) + w**2 / 4)
    print((centre - half) / (1 + w), (centre + half) / (1 + w))

# %% accept repair_evaluation: floats, argmax
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_train.mean(), x_train.std()
    predictions = model.predict((x_test - mean) / std, verbose=0).argmax(axis=1)
    return np.mean(predictions == y_test)

# %% accept repair_evaluation: with the functions of earlier exercises
def repair_evaluation(model, x_train, x_test, y_test):
    images = standardize(x_test, *fit_scaler(x_train))
    return float(np.mean(np.argmax(model.predict(images), axis=-1) == y_test))

# %% accept repair_evaluation: evaluate
def repair_evaluation(model, x_train, x_test, y_test):
    images = (x_test.astype("float32") - x_train.mean()) / x_train.std()
    return model.evaluate(images, y_test, verbose=0, return_dict=True)["accuracy"]

# %% accept repair_evaluation: Keras's metric, fed in batches
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = float(np.mean(x_train)), float(np.std(x_train))
    metric = keras.metrics.SparseCategoricalAccuracy()
    for start in range(0, len(x_test), 32):
        images = (x_test[start : start + 32].astype("float32") - mean) / std
        metric.update_state(y_test[start : start + 32], model(images))
    return float(metric.result())

# %% accept repair_evaluation: a comparison of one-hot rows
def repair_evaluation(model, x_train, x_test, y_test):
    scaled = (x_test - float(x_train.mean())) / x_train.std()
    scores = model.predict(scaled, verbose=0)
    is_largest = scores == scores.max(axis=1, keepdims=True)
    is_class = np.eye(scores.shape[1], dtype=bool)[y_test]
    return float(np.mean(np.all(is_largest == is_class, axis=1)))

# %% accept repair_evaluation: counted in a loop
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_train.astype("float64").mean(), x_train.astype("float64").std()
    n_right = 0
    for row, label in zip(model.predict((x_test - mean) / std, verbose=0), y_test):
        n_right += int(row.argmax()) == int(label)
    return n_right / len(y_test)

# %% reject repair_evaluation: as handed out
# message: There are more faults
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_test.mean(), x_test.std()
    scaled = (x_test - mean.astype(x_test.dtype)) / std
    probabilities = model.predict(scaled, verbose=0)
    is_class = np.eye(probabilities.shape[1])[y_test]
    return float(np.mean((probabilities > 0.5) == is_class))

# %% reject repair_evaluation: only the scaler is left wrong
# message: The scaler is fitted again
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_test.mean(), x_test.std()
    scaled = (x_test - mean) / std
    predictions = model.predict(scaled, verbose=0).argmax(axis=1)
    return float(np.mean(predictions == y_test))

# %% reject repair_evaluation: only the bytes are left
# message: The subtraction is done in bytes
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_train.mean(), x_train.std()
    scaled = (x_test - mean.astype(x_test.dtype)) / std
    predictions = model.predict(scaled, verbose=0).argmax(axis=1)
    return float(np.mean(predictions == y_test))

# %% reject repair_evaluation: only the counting is left wrong
# message: each of the k is counted
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_train.mean(), x_train.std()
    scaled = (x_test - mean) / std
    probabilities = model.predict(scaled, verbose=0)
    is_class = np.eye(probabilities.shape[1])[y_test]
    return float(np.mean((probabilities > 0.5) == is_class))

# %% reject repair_evaluation: only the counting is mended
# message: The scaler is fitted again on the test images. The model was trained with the other one. The subtraction
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_test.mean(), x_test.std()
    scaled = (x_test - mean.astype(x_test.dtype)) / std
    return float(np.mean(model.predict(scaled, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: only the bytes are mended
# message: The scaler is fitted again on the test images. The model was trained with the other one. Each image
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_test.mean(), x_test.std()
    probabilities = model.predict((x_test - mean) / std, verbose=0)
    is_class = np.eye(probabilities.shape[1])[y_test]
    return float(np.mean((probabilities > 0.5) == is_class))

# %% reject repair_evaluation: only the scaler is mended
# message: 254. Each image
def repair_evaluation(model, x_train, x_test, y_test):
    mean, std = x_train.mean(), x_train.std()
    probabilities = model.predict((x_test - mean.astype(x_test.dtype)) / std, verbose=0)
    is_class = np.eye(probabilities.shape[1])[y_test]
    return float(np.mean((probabilities > 0.5) == is_class))

# %% reject repair_evaluation: only the mean is taken from the training images
# message: The std is that of the test images
def repair_evaluation(model, x_train, x_test, y_test):
    scaled = (x_test - x_train.mean()) / x_test.std()
    return float(np.mean(model.predict(scaled, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: only the std is taken from the training images
# message: The mean is that of the test images
def repair_evaluation(model, x_train, x_test, y_test):
    scaled = (x_test - x_test.mean()) / x_train.std()
    return float(np.mean(model.predict(scaled, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: a mean and a std for each pixel
# message: a mean and std of its own
def repair_evaluation(model, x_train, x_test, y_test):
    scaled = (x_test - x_train.mean(axis=0)) / x_train.std(axis=0)
    return float(np.mean(model.predict(scaled, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: no scaling at all
# message: not standardised at all
def repair_evaluation(model, x_train, x_test, y_test):
    return float(np.mean(model.predict(x_test, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: divided by 255
# message: divided by 255
def repair_evaluation(model, x_train, x_test, y_test):
    return float(np.mean(model.predict(x_test / 255, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: a probability above one half is asked for
# message: above 0.5 or not
def repair_evaluation(model, x_train, x_test, y_test):
    p = model.predict((x_test - x_train.mean()) / x_train.std(), verbose=0)
    return float(np.mean(p[np.arange(len(p)), y_test] > 0.5))

# %% reject repair_evaluation: a percentage
# message: percentage
def repair_evaluation(model, x_train, x_test, y_test):
    p = model.predict((x_test - x_train.mean()) / x_train.std(), verbose=0)
    return float(100 * np.mean(p.argmax(axis=1) == y_test))

# %% reject repair_evaluation: the number of right answers
# message: Divide by how many
def repair_evaluation(model, x_train, x_test, y_test):
    p = model.predict((x_test - x_train.mean()) / x_train.std(), verbose=0)
    return float(np.sum(p.argmax(axis=1) == y_test))

# %% reject repair_evaluation: trains on the test images first
def repair_evaluation(model, x_train, x_test, y_test):
    scaled = (x_test - x_train.mean()) / x_train.std()
    model.fit(scaled, y_test, epochs=1, verbose=0)
    return float(np.mean(model.predict(scaled, verbose=0).argmax(axis=1) == y_test))

# %% reject repair_evaluation: an array with a truth value for each image
# message: wrong shape
def repair_evaluation(model, x_train, x_test, y_test):
    p = model.predict((x_test - x_train.mean()) / x_train.std(), verbose=0)
    return p.argmax(axis=1) == y_test
