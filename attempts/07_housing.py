# %% accept split_housing: places first, rows afterwards
def split_housing(data, target):
    from sklearn.model_selection import train_test_split

    places = np.arange(len(data))
    rest, test = train_test_split(places, test_size=0.25, random_state=7)
    train, valid = train_test_split(rest, test_size=0.25, random_state=1)
    return [[data[p], target[p]] for p in (train, valid, test)]

# %% accept split_housing: the default share is a quarter
import sklearn.model_selection
def split_housing(data, target):
    split = sklearn.model_selection.train_test_split
    a, x_test, b, y_test = split(data, target, random_state=7)
    x_train, x_valid, y_train, y_valid = split(a, b, random_state=1)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% accept split_housing: one array with the target as last column
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    table = np.column_stack([data, target])
    rest, test = train_test_split(table, test_size=0.25, random_state=7)
    train, valid = train_test_split(rest, test_size=0.25, random_state=1)
    return tuple((part[:, :-1], part[:, -1]) for part in (train, valid, test))

# %% accept split_housing: by scikit-learn's ShuffleSplit
from sklearn.model_selection import ShuffleSplit
def split_housing(data, target):
    rest, test = next(ShuffleSplit(1, test_size=0.25, random_state=7).split(data))
    a, b = next(ShuffleSplit(1, test_size=0.25, random_state=1).split(rest))
    train, valid = rest[a], rest[b]
    return (data[train], target[train]), (data[valid], target[valid]), (data[test], target[test])

# %% reject split_housing: seeds swapped
# message: The seeds are swapped
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=1)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25, random_state=7)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: the same seed twice
# message: The second cut needs random_state=1
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25, random_state=7)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: a quarter of all rows for validation
# message: wrong shape
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=1 / 3, random_state=1)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: no seed
# message: wrong value
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: rows and targets are mixed apart
# message: wrong value
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test = train_test_split(data, test_size=0.25, random_state=7)
    y, y_test = train_test_split(target, test_size=0.25, random_state=8)
    x_train, x_valid = train_test_split(x, test_size=0.25, random_state=1)
    y_train, y_valid = train_test_split(y, test_size=0.25, random_state=1)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: the order of train_test_split's result
# message: should give three pairs
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    return (*train_test_split(x, y, test_size=0.25, random_state=1), x_test, y_test)

# %% reject split_housing: test before validation
# message: wrong shape
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25, random_state=1)
    return (x_train, y_train), (x_test, y_test), (x_valid, y_valid)

# %% reject split_housing: sliced, not mixed
# message: They must be mixed
def split_housing(data, target):
    n = len(data)
    test = -(-n // 4)
    valid = -(-(n - test) // 4)
    a, b = n - test - valid, n - test
    return (data[:a], target[:a]), (data[a:b], target[a:b]), (data[b:], target[b:])

# %% reject split_housing: the sizes of the housing data are built in
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=5160, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=3870, random_state=1)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: the second cut is made from all rows again
# message: made from what the first one has left
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    _, x_test, _, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(data, target, test_size=0.25, random_state=1)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: swapped states, on the second targets only
# message: The seeds are swapped
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test = train_test_split(data, test_size=0.25, random_state=7)
    x_train, x_valid = train_test_split(x, test_size=0.25, random_state=1)
    y, y_test = train_test_split(target, test_size=0.25, random_state=1)
    y_train, y_valid = train_test_split(y, test_size=0.25, random_state=7)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% reject split_housing: no return
# message: should give three pairs
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25, random_state=1)

# %% reject split_housing: mixes the caller's rows
# message: changes its argument in place
from sklearn.model_selection import train_test_split
def split_housing(data, target):
    x, x_test, y, y_test = train_test_split(data, target, test_size=0.25, random_state=7)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.25, random_state=1)
    data[:], target[:] = np.concatenate([x, x_test]), np.concatenate([y, y_test])
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)

# %% accept standardize_splits: scikit-learn's scaler, constant features set to 0
from sklearn.preprocessing import StandardScaler
def standardize_splits(train, valid, test):
    scaler = StandardScaler().fit(train)
    constant = np.ptp(train, axis=0) == 0
    parts = [scaler.transform(x) for x in (train, valid, test)]
    for part in parts:
        part[:, constant] = 0
    return parts

# %% accept standardize_splits: a loop over the columns, float32
def standardize_splits(train, valid, test):
    out = [np.zeros(x.shape, "float32") for x in (train, valid, test)]
    for j in range(train.shape[1]):
        column = train[:, j].astype("float64")
        if len(np.unique(column)) == 1:
            continue
        for o, x in zip(out, (train, valid, test)):
            o[:, j] = (x[:, j] - column.mean()) / column.std()
    return tuple(out)

# %% accept standardize_splits: multiplied by the inverse, zeros for constants
def standardize_splits(train, valid, test):
    low, high = train.min(axis=0), train.max(axis=0)
    varies = (high > low).astype(float)
    std = np.sqrt(((train - train.mean(0)) ** 2).mean(0))
    inverse = np.divide(varies, std, out=np.zeros(std.shape), where=varies > 0)
    def scale(x):
        return (x - train.mean(0)) * inverse
    return scale(train), scale(valid), scale(test)

# %% accept standardize_splits: pandas
import pandas as pd
def standardize_splits(train, valid, test):
    frame = pd.DataFrame(train)
    std = frame.std(ddof=0).where(frame.nunique() > 1)
    def scale(x):
        return ((pd.DataFrame(x) - frame.mean()) / std).fillna(0).to_numpy()
    return [scale(train), scale(valid), scale(test)]

# %% accept standardize_splits: tensors
def standardize_splits(train, valid, test):
    t = [tf.convert_to_tensor(x, tf.float64) if x.dtype.kind == "f" else tf.cast(x, tf.float64) for x in (train, valid, test)]
    mean, std = tf.reduce_mean(t[0], 0), tf.math.reduce_std(t[0], 0)
    std = tf.where(tf.reduce_max(t[0], 0) == tf.reduce_min(t[0], 0), tf.zeros_like(std), std)
    return [tf.math.divide_no_nan(x - mean, std) for x in t]

# %% reject standardize_splits: each set by its own figures
# message: Use the training set's mean and standard deviation
def standardize_splits(train, valid, test):
    return [
        np.where(x.std(axis=0) == 0, 0, (x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-12))
        for x in (train, valid, test)
    ]

# %% reject standardize_splits: fitted on everything
# message: Fitted on all sets together
def standardize_splits(train, valid, test):
    both = np.concatenate([train, valid, test])
    constant = np.ptp(train, axis=0) == 0
    std = np.where(constant, 1, both.std(axis=0))
    return [np.where(constant, 0, (x - both.mean(axis=0)) / std) for x in (train, valid, test)]

# %% reject standardize_splits: sample standard deviation
# message: (ddof=1)
def standardize_splits(train, valid, test):
    constant = np.ptp(train, axis=0) == 0
    std = np.where(constant, 1, train.std(axis=0, ddof=1))
    return [np.where(constant, 0, (x - train.mean(axis=0)) / std) for x in (train, valid, test)]

# %% reject standardize_splits: one mean for all features
# message: Each feature has its own: axis=0
def standardize_splits(train, valid, test):
    return [(x - train.mean()) / train.std() for x in (train, valid, test)]

# %% reject standardize_splits: NaN for a constant feature
# message: not finite
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / std, (valid - mean) / std, (test - mean) / std

# %% reject standardize_splits: divides by 1 where constant, and leaves the difference
# message: must become 0 everywhere
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[train.max(axis=0) == train.min(axis=0)] = 1
    return (train - mean) / std, (valid - mean) / std, (test - mean) / std

# %% reject standardize_splits: asks whether the deviation is exactly 0
# message: has the wrong value
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    constant = std == 0
    std = np.where(constant, 1, std)
    return [np.where(constant, 0, (x - mean) / std) for x in (train, valid, test)]

# %% reject standardize_splits: in place
# message: changes its argument in place
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[std == 0] = 1
    for x in (train, valid, test):
        x -= mean
        x /= std
    return train, valid, test

# %% reject standardize_splits: the variance
# message: Take its square root
def standardize_splits(train, valid, test):
    constant = np.ptp(train, axis=0) == 0
    variance = np.where(constant, 1, train.var(axis=0))
    return [np.where(constant, 0, (x - train.mean(0)) / variance) for x in (train, valid, test)]

# %% reject standardize_splits: the training set alone
# message: should give three arrays
def standardize_splits(train, valid, test):
    constant = np.ptp(train, axis=0) == 0
    std = np.where(constant, 1, train.std(axis=0))
    return np.where(constant, 0, (train - train.mean(axis=0)) / std)

# %% accept standardize_splits: constant where the deviation is next to nothing
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    varies = std > 1e-9 * (1 + np.abs(mean))
    return [np.where(varies, (x - mean) / np.where(varies, std, 1), 0) for x in (train, valid, test)]

# %% reject standardize_splits: a small number added to the deviation
# message: has the wrong value
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    return [(x - mean) / (std + 1e-7) for x in (train, valid, test)]

# %% reject standardize_splits: a feature that varies little counts as constant
# message: has the wrong value
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    constant = std < 0.01
    std[constant] = 1
    return [np.where(constant, 0, (x - mean) / std) for x in (train, valid, test)]

# %% reject standardize_splits: constant in the set itself, not in the training set
# message: has the wrong value
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), np.maximum(train.std(axis=0), 1e-12)
    return [np.where(np.ptp(x, axis=0) == 0, 0, (x - mean) / std) for x in (train, valid, test)]

# %% reject standardize_splits: scaled to lie between 0 and 1
# message: That is min-max scaling
def standardize_splits(train, valid, test):
    low, width = train.min(axis=0), np.ptp(train, axis=0)
    return [np.where(width == 0, 0, (x - low) / np.where(width == 0, 1, width)) for x in (train, valid, test)]

# %% reject standardize_splits: the training set in place, the others copied
# message: changes its argument in place
def standardize_splits(train, valid, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    constant = np.ptp(train, axis=0) == 0
    std[constant] = 1
    parts = [np.where(constant, 0, (x - mean) / std) for x in (train, valid, test)]
    train[:] = parts[0]
    return parts

# %% accept regression_errors: scikit-learn
from sklearn import metrics
def regression_errors(y_true, y_pred):
    a, b = np.asarray(y_true).reshape(-1), np.asarray(y_pred).reshape(-1)
    mse = metrics.mean_squared_error(a, b)  # raises ValueError for other lengths
    return {"rmse": mse**0.5, "mae": metrics.mean_absolute_error(a, b), "mse": mse}

# %% accept regression_errors: plain Python
def regression_errors(y_true, y_pred):
    import math
    true = [float(v) for v in np.array(y_true).flatten()]
    pred = [float(v) for v in np.array(y_pred).flatten()]
    errors = [p - t for t, p in zip(true, pred, strict=True)]
    mse = sum(e * e for e in errors) / len(errors)
    return {"mse": mse, "mae": sum(map(abs, errors)) / len(errors), "rmse": math.sqrt(mse)}

# %% accept regression_errors: tensors, with more keys than asked for
def regression_errors(y_true, y_pred):
    a = tf.reshape(tf.cast(y_true, tf.float64), [-1])
    b = tf.reshape(tf.cast(y_pred, tf.float64), [-1])
    if a.shape != b.shape:
        raise ValueError("lengths differ")
    mse = tf.reduce_mean(tf.square(a - b))
    return dict(mse=mse, mae=tf.reduce_mean(tf.abs(a - b)), rmse=tf.sqrt(mse), n=len(a))

# %% accept regression_errors: as columns
def regression_errors(y_true, y_pred):
    if y_true.size != y_pred.size:
        raise ValueError
    difference = y_true.reshape(-1, 1).astype(float) - y_pred.reshape(-1, 1)
    mse = float((difference**2).mean())
    return {"mse": mse, "mae": float(np.absolute(difference).mean()), "rmse": float(np.sqrt(mse))}

# %% reject regression_errors: broadcasts
# message: (n, 1) minus (n,) is (n, n)
def regression_errors(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    e = y_pred - y_true
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: no complaint about one value
# message: should raise ValueError
def regression_errors(y_true, y_pred):
    e = np.ravel(y_pred) - np.ravel(y_true)
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: cut to the shorter one
# message: should raise ValueError
def regression_errors(y_true, y_pred):
    e = np.array([p - t for t, p in zip(np.ravel(y_true), np.ravel(y_pred))])
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: with a half
# message: no factor of one half
def regression_errors(y_true, y_pred):
    a, b = np.ravel(y_true), np.ravel(y_pred)
    if len(a) != len(b):
        raise ValueError("lengths differ")
    mse = np.mean((a - b) ** 2) / 2
    return {"mse": mse, "mae": np.mean(np.abs(a - b)), "rmse": np.sqrt(mse)}

# %% reject regression_errors: signs cancel
# message: cancel
def regression_errors(y_true, y_pred):
    a, b = np.ravel(y_true), np.ravel(y_pred)
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return {"mse": np.mean((b - a) ** 2), "mae": np.mean(b - a), "rmse": np.sqrt(np.mean((b - a) ** 2))}

# %% reject regression_errors: a root of the sum
# message: Divide by n first
def regression_errors(y_true, y_pred):
    a, b = np.ravel(y_true), np.ravel(y_pred)
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return {"mse": np.mean((a - b) ** 2), "mae": np.mean(abs(a - b)), "rmse": np.linalg.norm(a - b)}

# %% reject regression_errors: root of every square
# message: which is the MAE
def regression_errors(y_true, y_pred):
    a, b = np.ravel(y_true), np.ravel(y_pred)
    if len(a) != len(b):
        raise ValueError("lengths differ")
    squares = (a - b) ** 2
    return {"mse": np.mean(squares), "mae": np.mean(abs(a - b)), "rmse": np.mean(np.sqrt(squares))}

# %% reject regression_errors: a tuple
# message: should give a dict
def regression_errors(y_true, y_pred):
    e = np.ravel(y_pred) - np.ravel(y_true)
    return np.mean(e**2), np.mean(np.abs(e)), np.sqrt(np.mean(e**2))

# %% reject regression_errors: refuses columns
# message: ValueError
def regression_errors(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    e = y_pred - y_true
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: flattens the predictions only
# message: (n, 1) minus (n,) is (n, n)
def regression_errors(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    e = np.ravel(y_pred) - y_true
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: complains by assert
# message: should raise ValueError
def regression_errors(y_true, y_pred):
    a, b = np.ravel(y_true), np.ravel(y_pred)
    assert len(a) == len(b), "lengths differ"
    e = b - a
    return {"mse": np.mean(e**2), "mae": np.mean(np.abs(e)), "rmse": np.sqrt(np.mean(e**2))}

# %% reject regression_errors: works on the caller's predictions
# message: changes its argument in place
def regression_errors(y_true, y_pred):
    a, b = y_true.reshape(-1), y_pred.reshape(-1)
    if len(a) != len(b):
        raise ValueError("lengths differ")
    b -= a
    return {"mse": np.mean(b**2), "mae": np.mean(np.abs(b)), "rmse": np.sqrt(np.mean(b**2))}

# %% accept build_regressor: functional API
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    inputs = keras.Input(shape=(n_features,))
    x = inputs
    for units in hidden_units:
        x = keras.layers.Dense(units, activation=keras.activations.relu)(x)
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=learning_rate), loss="mse", metrics=["mae"])
    return model

# %% accept build_regressor: activation layers apart, a loss object, momentum 0
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    layers = [keras.layers.InputLayer(shape=(n_features,))]
    for units in hidden_units:
        layers += [keras.layers.Dense(units, kernel_initializer="he_normal"), keras.layers.ReLU()]
    layers.append(keras.layers.Dense(1, activation="linear"))
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.SGD(learning_rate, momentum=0.0), keras.losses.MeanSquaredError())
    return model

# %% accept build_regressor: built afterwards, a loss of its own
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    def squared(y_true, y_pred):
        return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)
    model = keras.Sequential([keras.layers.Dense(u, "relu") for u in hidden_units])
    model.add(keras.layers.Dense(1))
    model.build((None, n_features))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss=squared)
    return model

# %% accept build_regressor: a subclass
class Regressor(keras.Model):
    def __init__(self, hidden_units):
        super().__init__()
        self.hidden = [keras.layers.Dense(u, activation="relu") for u in hidden_units]
        self.out = keras.layers.Dense(1)
    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)

def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = Regressor(hidden_units)
    model(np.zeros((1, n_features), "float32"))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: not compiled
# message: is not compiled
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    return model

# %% reject build_regressor: ReLU on the output
# message: The output has a ReLU
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in (*hidden_units, 1):
        model.add(keras.layers.Dense(units, "relu"))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: no activation at all
# message: The hidden layers have no activation
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in (*hidden_units, 1):
        model.add(keras.layers.Dense(units))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: SGD by name, so the rate is not used
# message: the learning rate of
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile("sgd", "mse")
    return model

# %% reject build_regressor: Adam
# message: expected SGD
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(learning_rate), "mse")
    return model

# %% reject build_regressor: absolute error
# message: That is the mean absolute error
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mae")
    return model

# %% reject build_regressor: always 30 units
# message: other weights than expected
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential(
        [keras.Input((n_features,)), keras.layers.Dense(30, "relu"), keras.layers.Dense(1)]
    )
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: eight features built in
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((8,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: no input shape
# message: has no weights yet
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.layers.Dense(u, "relu") for u in hidden_units])
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: built once, given out for ever
_models = {}
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    key = (n_features, tuple(hidden_units), learning_rate)
    if key not in _models:
        model = keras.Sequential([keras.Input((n_features,))])
        for units in hidden_units:
            model.add(keras.layers.Dense(units, "relu"))
        model.add(keras.layers.Dense(1))
        model.compile(keras.optimizers.SGD(learning_rate), "mse")
        _models[key] = model
    return _models[key]

# %% accept build_regressor: the layers in one list, momentum and weight decay switched off by name
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    hidden = [keras.layers.Dense(units, activation="relu") for units in hidden_units]
    model = keras.Sequential([keras.Input((n_features,)), *hidden, keras.layers.Dense(1)])
    sgd = keras.optimizers.SGD(learning_rate, momentum=0.0, nesterov=False, weight_decay=None)
    model.compile(optimizer=sgd, loss=keras.losses.MeanSquaredError(), run_eagerly=True)
    return model

# %% reject build_regressor: momentum added
# message: Plain SGD is asked for
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate, momentum=0.9), "mse")
    return model

# %% reject build_regressor: weight decay added
# message: after two training steps
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate, weight_decay=0.5), "mse")
    return model

# %% reject build_regressor: gradients are clipped
# message: after two training steps
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate, clipnorm=0.1), "mse")
    return model

# %% reject build_regressor: another default for the rate
# message: the learning rate of
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.1):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: another default for the units
# message: other weights than expected
def build_regressor(n_features, hidden_units=(30, 30), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: a hidden layer where none is asked for
# message: other weights than expected
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units or (30,):
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: dropout before the output
# message: in training mode
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dropout(0.5))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: a penalty on the weights
# message: the loss of
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu", kernel_regularizer="l2"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_regressor: no return
# message: is None
def build_regressor(n_features, hidden_units=(30,), learning_rate=0.01):
    model = keras.Sequential([keras.Input((n_features,))])
    for units in hidden_units:
        model.add(keras.layers.Dense(units, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")

# %% accept early_stopping: with a while loop
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best_epoch, epoch = 0, 0
    while epoch < len(val_losses) - 1:
        epoch += 1
        if val_losses[epoch] + min_delta < val_losses[best_epoch]:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            break
    return epoch, best_epoch

# %% accept early_stopping: Keras's own callback, driven by hand
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    class Model:
        stop_training = False
    stopper = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience, min_delta=min_delta, mode="min")
    stopper.set_model(Model())
    stopper.on_train_begin()
    for epoch, loss in enumerate(val_losses):
        stopper.on_epoch_end(epoch, {"val_loss": loss})
        if stopper.model.stop_training:
            break
    return epoch, stopper.best_epoch

# %% accept early_stopping: a list of the improvements
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    improvements = [0]
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[improvements[-1]] - min_delta and not (
            val_losses[epoch] + min_delta >= val_losses[improvements[-1]]
        ):
            improvements.append(epoch)
        elif epoch >= improvements[-1] + patience:
            return [epoch, improvements[-1]]
    return [len(val_losses) - 1, improvements[-1]]

# %% accept early_stopping: NumPy integers
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    losses = np.array(val_losses)
    best = wait = np.int64(0)
    for epoch in np.arange(1, len(losses)):
        wait = wait + 1
        if losses[epoch] + min_delta < losses[best]:
            best, wait = epoch, np.int64(0)
        elif wait >= patience:
            return epoch, best
    return np.int64(len(losses) - 1), best

# %% reject early_stopping: one epoch late
# message: one epoch late
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait > patience:
                return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: one epoch early
# message: one epoch early
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait >= patience - 1:
                return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: min_delta is ignored
# message: min_delta is ignored
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: the lowest loss is remembered, improvement or not
# message: must not become the best loss
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best, best_epoch, wait = val_losses[0], 0, 0
    for epoch, loss in enumerate(val_losses[1:], start=1):
        if loss + min_delta < best:
            best_epoch, wait = epoch, 0
        else:
            wait += 1
        best = min(best, loss)
        if wait >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch

# %% reject early_stopping: the lowest of all losses
# message: last improvement
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, int(np.argmin(val_losses))
    return len(val_losses) - 1, int(np.argmin(val_losses))

# %% reject early_stopping: counted from 1
# message: count from 0
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best + 1
    return len(val_losses), best + 1

# %% reject early_stopping: the pair swapped
# message: The order is (stopped_epoch, best_epoch)
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_losses) - 1

# %% reject early_stopping: each loss is compared with the one before
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[epoch - 1]:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: the waiting is not reset
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: lower by exactly min_delta counts
# message: Lower by exactly min_delta
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta <= val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: patience is ignored
# message: fits patience=5 and min_delta=0.001
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + 0.001 < val_losses[best]:
            best = epoch
        elif epoch - best >= 5:
            return epoch, best
    return len(val_losses) - 1, best

# %% accept early_stopping: the difference is more than min_delta
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[best] - val_losses[epoch] > min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: another default for patience
# message: has the wrong value
def early_stopping(val_losses, patience=3, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: another default for min_delta
# message: min_delta is ignored
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: a larger default for min_delta
# message: has the wrong value
def early_stopping(val_losses, patience=5, min_delta=1e-2):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: min_delta built in
# message: fits patience=5 and min_delta=0.001
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + 0.001 < val_losses[best]:
            best = epoch
        elif epoch - best >= 5:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: the arguments in another order
# message: wrong order
def early_stopping(val_losses, min_delta=1e-3, patience=5):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# %% reject early_stopping: reads the list from its end, and empties it
# message: changes its argument in place
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    losses, best = list(val_losses), 0
    val_losses.clear()
    for epoch in range(1, len(losses)):
        if losses[epoch] + min_delta < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best

# %% reject early_stopping: the best loss is the one where it stopped
# message: last improvement
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, val_losses.index(min(val_losses[: epoch + 1]))
    return len(val_losses) - 1, best

# %% reject early_stopping: a best loss of 0 counts as none
# message: has the wrong value
def early_stopping(val_losses, patience=5, min_delta=1e-3):
    best = 0
    for epoch in range(1, len(val_losses)):
        if not val_losses[best] or val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best
