"""Many small networks trained at once, stacked along a first axis: faster than one after another."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

Examples = tuple[Any, Any]


def train_stack(
    units: int,
    rates: Any,
    n_seeds: int,
    epochs: int,
    training: Examples,
    validation: Examples,
    test: Examples,
    *,
    batch_size: int = 64,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Train a network with one hidden layer for each learning rate and each of `n_seeds` seeds, all at once.

    Each network has `units` ReLU units and a linear output, Glorot weights and an order of the examples
    of its own, and is trained by plain SGD on the squared error. training, validation, test: pairs of
    float32 arrays, x (n, d) and y (n,). Returns the validation losses after each epoch, (epochs, n_rates,
    n_seeds), and the test losses at the end, (n_rates, n_seeds); NaN or inf where training diverged.
    """
    x, y = (tf.constant(array, tf.float32) for array in training)
    shape, n = (len(rates), n_seeds), len(rates) * n_seeds
    steps = tf.constant(np.repeat(rates, n_seeds).reshape(n, 1, 1), tf.float32)
    rng = np.random.default_rng([seed, units])

    def kernel(n_in: int, n_out: int) -> tf.Variable:  # Glorot uniform, as Keras draws it
        limit = np.sqrt(6 / (n_in + n_out))
        drawn = rng.uniform(-limit, limit, (n, n_in, n_out))
        return tf.Variable(tf.constant(drawn, tf.float32))

    n_features = np.shape(training[0])[1]
    weights = [kernel(n_features, units), tf.Variable(tf.zeros((n, 1, units)))]
    weights += [kernel(units, 1), tf.Variable(tf.zeros((n, 1, 1)))]

    @tf.function
    def train_epoch(orders: tf.Tensor) -> None:
        for start in tf.range(0, len(x), batch_size):
            rows = orders[:, start : start + batch_size]
            with tf.GradientTape() as tape:
                losses = _losses(weights, tf.gather(x, rows), tf.gather(y, rows))
                total = tf.reduce_sum(losses)
            # Each weight is in one loss only, so it gets the gradient it would get alone.
            gradients: Any = tape.gradient(total, weights)
            for variable, gradient in zip(weights, gradients):  # noqa: B905
                variable.assign_sub(steps * gradient)

    @tf.function
    def evaluate(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        return _losses(weights, x, y)

    rows = np.tile(np.arange(len(x), dtype="int32"), (n, 1))
    history = []
    for _ in range(epochs):
        train_epoch(tf.constant(rng.permuted(rows, axis=1)))
        history.append(evaluate(*validation).numpy().reshape(shape))
    return np.array(history), evaluate(*test).numpy().reshape(shape)


def _losses(weights: list[tf.Variable], x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """The mean squared error of each network of a stack, (n,)."""
    kernel_1, bias_1, kernel_2, bias_2 = weights
    hidden = tf.nn.relu(x @ kernel_1 + bias_1)
    outputs = tf.squeeze(hidden @ kernel_2 + bias_2, axis=-1)
    return tf.reduce_mean((outputs - y) ** 2, axis=-1)
