"""Train a network on one device, on several, or as one of several workers: it is the same function.

Lesson 14 imports `train`, and starts this file once for each worker:

    python worker.py FOLDER

FOLDER holds data.npz with the arrays x and y. Each worker writes worker-RANK.npz into it: the losses,
the final weights, and what became of Keras's own `fit`. Which worker this is, and where the others
are, says the environment variable TF_CONFIG.
"""

import faulthandler
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


def build_model():
    """Build a small classifier for Fashion-MNIST, without weights of any particular value."""
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def train(strategy, x, y, batch_size=128, epochs=4, learning_rate=0.05):
    """Train a new network under a strategy; return the mean loss of each epoch, and the weights.

    `batch_size` counts the examples of all devices together, and divides the number of examples.
    """
    with strategy.scope():  # every variable made in here gets a copy on each device
        keras.utils.set_random_seed(13)  # the same weights for every worker
        model = build_model()
        optimizer = keras.optimizers.SGD(learning_rate)
        optimizer.build(model.trainable_variables)
    loss_fn = keras.losses.SparseCategoricalCrossentropy(reduction="none")  # one for each example

    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset = dataset.shuffle(len(x), seed=13).batch(batch_size)
    # Each device gets its part of each batch.
    parts = strategy.experimental_distribute_dataset(dataset)

    def step(images, labels):  # runs on each device, with that device's part
        with tf.GradientTape() as tape:
            losses = loss_fn(labels, model(images, training=True))
            loss = tf.reduce_sum(losses) / batch_size  # by the whole batch: the parts add up
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))  # adds up, then steps
        return loss

    @tf.function
    def distributed_step(images, labels):
        losses = strategy.run(step, args=(images, labels))
        return strategy.reduce(tf.distribute.ReduceOp.SUM, losses, axis=None)

    epoch_losses = []
    for _ in range(epochs):
        batch_losses = [float(distributed_step(images, labels)) for images, labels in parts]
        epoch_losses.append(np.mean(batch_losses))
    return epoch_losses, model.get_weights()


def try_fit(strategy, x, y):
    """Call Keras's `fit` under a strategy; return what it says when it fails."""
    with strategy.scope():
        model = build_model()
        model.compile("sgd", "sparse_categorical_crossentropy")
    try:
        dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(128)
        model.fit(dataset, epochs=1, shuffle=False, verbose=0)
    except Exception as error:
        lines = str(error).splitlines()
        return f"{type(error).__name__}: {lines[0][:60]} ... {lines[-1][-75:]}"
    return "it works"


def main():
    """Be one of the workers."""
    faulthandler.dump_traceback_later(300, exit=True)  # whatever happens, end after 5 minutes
    folder = Path(sys.argv[1])
    strategy = tf.distribute.MultiWorkerMirroredStrategy()  # reads TF_CONFIG, meets the others
    rank = strategy.cluster_resolver.task_id
    with np.load(folder / "data.npz") as arrays:
        x, y = arrays["x"], arrays["y"]
    losses, weights = train(strategy, x, y)
    for epoch, loss in enumerate(losses, start=1):
        print(f"worker {rank} of {strategy.num_replicas_in_sync}: epoch {epoch}, loss {loss:.6f}")
    named = {f"weight_{i}": weight for i, weight in enumerate(weights)}
    fit = try_fit(strategy, x, y)
    np.savez(folder / f"worker-{rank}.npz", losses=losses, fit=fit, **named)


if __name__ == "__main__":
    main()
