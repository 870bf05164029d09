"""Every row of the lessons' "Then and now" tables is run: the old way behaves as it says, the new works."""

from __future__ import annotations

import re
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import LESSONS, PROJECT


def rows() -> dict[str, tuple[str, str]]:
    """From the old way to (what happens today, the new way), over all lessons."""
    found = {}
    for lesson in LESSONS:
        text = PROJECT.source(lesson).read_text()
        table = text[text.index("# ## Then and now") : text.index("# ## Summary")]
        for line in re.findall(r"^# \| (.+) \|$", table, re.MULTILINE)[1:]:
            then, today, now = line.split(" | ")
            found[then] = (today, now)
    return found


def fails(kind: type[Exception], old) -> None:
    with pytest.raises(kind):
        old()


def warns(old) -> None:
    with pytest.warns(UserWarning, match="(?i)argument"):
        old()


def classifier(**compiling):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", **compiling)
    return model


X, Y = np.ones((6, 4), "float32"), np.array([0, 1, 2, 0, 1, 2])


def version():
    fails(AttributeError, lambda: tf.VERSION)
    assert tf.__version__


def private_dense():
    def old():
        from tensorflow.python.keras.layers import Dense  # pyright: ignore[reportMissingImports]

        keras.Sequential([keras.Input((4,)), Dense(3)])

    fails(ValueError, old)
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])


def session():
    fails(AttributeError, lambda: tf.Session().run(tf.constant(1)))
    assert tf.constant(1).numpy() == 1


def placeholder():
    fails(AttributeError, lambda: tf.placeholder(tf.float32))
    assert keras.Input((3,)).shape == (None, 3)


def relu_alpha():
    fails(TypeError, lambda: keras.activations.relu(np.array([-1.0]), alpha=0.2))
    assert np.allclose(keras.activations.relu(np.array([-1.0]), negative_slope=0.2), -0.2)


def leaky_relu_alpha():
    warns(lambda: keras.layers.LeakyReLU(alpha=0.2))
    keras.layers.LeakyReLU(negative_slope=0.2)


def relu_at_zero():
    x = tf.constant(0.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = keras.activations.relu(x)
    assert tape.gradient(y, x).numpy() == 0


def one_name_for_all():
    namespace: dict = {}
    exec("def derivative(x): return 1\ndef derivative(x): return 2\n", namespace)
    assert namespace["derivative"](0) == 2


def flatten_input_shape():
    warns(
        lambda: keras.Sequential(
            [keras.layers.Flatten(input_shape=(28, 28)), keras.layers.Dense(3)]
        )
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])


def sgd_lr():
    fails(ValueError, lambda: keras.optimizers.SGD(lr=0.01))
    keras.optimizers.SGD(learning_rate=0.01)


def old_optimizer():
    fails(AttributeError, lambda: tf.train.GradientDescentOptimizer(0.01))
    keras.optimizers.SGD(0.01)


def metrics_as_a_string():
    fails(ValueError, lambda: classifier(metrics="accuracy").fit(X, Y, verbose=0))
    classifier(metrics=["accuracy"]).fit(X, Y, verbose=0)


def history_acc():
    history = classifier(metrics=["accuracy"]).fit(X, Y, verbose=0)
    fails(KeyError, lambda: history.history["acc"])
    assert len(history.history["accuracy"]) == 1


def fit_lists():
    fails(ValueError, lambda: classifier().fit(X.tolist(), Y.tolist(), verbose=0))
    classifier().fit(np.array(X.tolist()), np.array(Y.tolist()), verbose=0)


def predict_classes():
    fails(AttributeError, lambda: classifier().predict_classes(X))
    assert classifier().predict(X, verbose=0).argmax(axis=-1).shape == (6,)


def np_utils():
    def old():
        from keras.utils import np_utils  # noqa: F401  # pyright: ignore[reportAttributeAccessIssue]

    fails(ImportError, old)
    assert keras.utils.to_categorical(Y).shape == (6, 3)


def scaler_fitted_twice():
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    x_train, x_valid = np.array([[0.0], [2.0]]), np.array([[10.0], [12.0]])
    assert np.allclose(scaler.fit_transform(x_train), scaler.fit_transform(x_valid))  # two scales
    scaler.fit(x_train)
    assert np.allclose(scaler.transform(x_valid), [[9.0], [11.0]])


RUNS = {
    "`tf.VERSION`": version,
    "`from tensorflow.python.keras.layers import Dense`": private_dense,
    "`tf.Session().run(x)`": session,
    "`tf.placeholder(tf.float32)`": placeholder,
    "`keras.activations.relu(x, alpha=0.2)`": relu_alpha,
    "`keras.layers.LeakyReLU(alpha=0.2)`": leaky_relu_alpha,
    'the slope of ReLU at 0 "is" 1': relu_at_zero,
    "every function called `derivative`": one_name_for_all,
    "`Flatten(input_shape=(28, 28))`": flatten_input_shape,
    "`keras.optimizers.SGD(lr=0.01)`": sgd_lr,
    "`tf.train.GradientDescentOptimizer(0.01)`": old_optimizer,
    '`metrics="accuracy"`': metrics_as_a_string,
    '`metrics=["accuracy"]`, then `history.history["acc"]`': history_acc,
    "`fit(list_of_lists, labels)`": fit_lists,
    "`model.predict_classes(x)`": predict_classes,
    "`from keras.utils import np_utils`": np_utils,
    "`scaler.fit_transform(x_train)`, then `scaler.fit_transform(x_valid)`": scaler_fitted_twice,
}


def test_every_row_is_run_here():
    assert set(rows()) == set(RUNS)


@pytest.mark.parametrize("then", RUNS, ids=lambda then: then.replace("`", "")[:40])
def test_row(then):
    RUNS[then]()
