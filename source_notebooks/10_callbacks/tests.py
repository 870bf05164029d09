"""The tests of this lesson: `checks.run("make_callbacks")` runs `test_make_callbacks`, and so on."""

from pathlib import Path

import keras
import numpy as np

from helpers import checks
from helpers.checks import answers


@checks.beside
def _fit_by_script(callbacks, val_losses):
    """Fit a network of one weight, put in by hand so that its validation losses are exactly these.

    Its training loss goes the other way: up where the validation loss goes down.

    Returns:
        after how many epochs it ended, and the network's weights then.
    """

    class Script(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.weight = np.sqrt(val_losses[epoch])

        def on_train_batch_end(self, batch, logs=None):
            self.model.set_weights([np.array([[self.weight]], dtype="float32")])

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(0.0), "mean_squared_error", run_eagerly=True)
    model.set_weights([np.zeros((1, 1), dtype="float32")])
    one = np.ones((1, 1), dtype="float32")
    history = model.fit(
        one,
        10 * one,
        epochs=len(val_losses),
        validation_data=(one, 0 * one),
        verbose=0,
        callbacks=[Script(), *callbacks],
    )
    return len(history.epoch), model.get_weights()


@checks.beside
def _settings(callback):
    """What a callback is set to, by the names of its attributes."""
    names = ("monitor", "mode", "patience", "min_delta", "save_best_only", "restore_best_weights")
    return {name: getattr(callback, name) for name in names if hasattr(callback, name)}


def _slips(callbacks, patience):
    """What catches the eye in the settings, for the message of a check that has failed already."""
    slips = ""
    for callback in callbacks:
        kind, found = checks.kind(callback), _settings(callback)
        monitor = found.get("monitor", "val_loss")
        if monitor != "val_loss":
            slips += f"\n{kind} watches {monitor!r}, not 'val_loss'."
        if found.get("mode") == "max":
            slips += f"\n{kind} has mode='max'. The lower a loss, the better."
        if checks.is_a(callback, keras.callbacks.ModelCheckpoint) and not found["save_best_only"]:
            slips += "\nModelCheckpoint saves every epoch: save_best_only=True is missing."
        if checks.is_a(callback, keras.callbacks.EarlyStopping):
            min_delta = abs(found["min_delta"])
            if found["patience"] != patience:
                slips += f"\nEarlyStopping has patience {found['patience']}, not {patience}."
            if abs(min_delta - 1e-3) > 1e-9:
                slips += f"\nEarlyStopping has min_delta {min_delta:g}, not 1e-3."
            if not found["restore_best_weights"]:
                slips += "\nEarlyStopping does not restore: restore_best_weights=True is missing."
    return slips


@checks.beside
def _is_folder(path):
    """Whether there is a folder of this name."""
    return Path(path).is_dir()


@checks.beside
def _saved_weights(path):
    """The weights of the network in a file; None where there is no such file."""
    if not Path(path).is_file():
        return None
    return keras.Model.get_weights(keras.models.load_model(path))


@checks.beside
def _event_files(folder):
    """TensorBoard's files anywhere in a folder, each as the parts of its path from there."""
    return [p.relative_to(folder).parts for p in Path(folder).rglob("events.out.tfevents*")]


def _loss_at(weights):
    """The validation loss of the network of one weight."""
    return float(weights[0][0, 0]) ** 2


def _check_callbacks(folder, val_losses, epochs, saved, restored, **patience):
    """Let an answer's callbacks accompany a training whose validation losses are known."""
    callbacks = checks.call(answers.make_callbacks, folder, **patience).result
    told = [repr(folder).replace(str(Path(folder).parent), "...")]
    told += [f"{name}={value}" for name, value in patience.items()]
    label = f"make_callbacks({', '.join(told)})"
    checks.require(
        isinstance(callbacks, (list, tuple)),
        f"{label} gave a {checks.kind(callbacks)}; a list of callbacks was expected.",
    )
    for callback in callbacks:
        checks.require(
            checks.is_a(callback, keras.callbacks.Callback),
            f"{label}: {callback!r} in the list is no callback. Make an object of the class: "
            "keras.callbacks.X(...).",
        )
    for kind in ("TensorBoard", "ModelCheckpoint", "EarlyStopping"):
        checks.require(
            any(checks.is_a(callback, getattr(keras.callbacks, kind)) for callback in callbacks),
            f"{label}: there is no {kind} in the list.",
        )
    checks.require(_is_folder(folder), f"{label} did not make the folder.")

    slips = _slips(callbacks, patience.get("patience", 5))
    n_epochs, left = _fit_by_script(callbacks, val_losses)
    script = f"A training with the validation losses {', '.join(f'{v:g}' for v in val_losses)}"
    checks.require(
        n_epochs == epochs,
        f"{script} ended after epoch {n_epochs}; it should end after epoch {epochs}, with patience "
        f"{patience.get('patience', 5)} and min_delta 1e-3.{slips}",
    )
    best = _saved_weights(Path(folder) / "best.keras")
    checks.require(
        best is not None, f"After a training there is no file best.keras in folder.{slips}"
    )
    kept = _loss_at(best)
    checks.require(
        abs(kept - saved) < 1e-5,
        f"{script} left a best.keras whose validation loss is {kept:.4f}; the best was "
        f"{saved:g}.{slips}",
    )
    left = _loss_at(left)
    checks.require(
        abs(left - restored) < 1e-5,
        f"{script} left a network with the validation loss {left:.4f}; the best by EarlyStopping's "
        f"measure was {restored:g}.{slips}",
    )
    written = _event_files(folder)
    checks.require(
        written and all(parts[0] == "logs" for parts in written),
        "TensorBoard's files should be in folder/logs. There "
        f"{'are some in ' + str(sorted({str(Path(*p[:-1])) for p in written})) if written else 'are none'}.",
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _make_folder(path):
    """Make an empty folder."""
    Path(path).mkdir()


### END HIDDEN TESTS


def test_make_callbacks():
    place = checks.new_folder()
    down_and_up = [0.5, 0.4, 0.3, 0.6, 0.7, 0.8, 0.9, 1.0]
    _check_callbacks(place / "first", down_and_up, epochs=6, saved=0.3, restored=0.3, patience=3)
    within = f"{place}/second/run"  # two folders are missing
    _check_callbacks(within, [*down_and_up, 0.1], epochs=8, saved=0.3, restored=0.3)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    place = checks.new_folder()
    # Steps of less than 1e-3 are no improvement for EarlyStopping, but the best to a checkpoint.
    first, n = round(rng.uniform(0.3, 0.7), 3), int(rng.integers(2, 5))
    slow = [2 * first, *(round(first - 0.0009 * i / n, 5) for i in range(n + 1)), first - 0.1]
    _check_callbacks(
        f"{place}/a/b/c", slow, epochs=n + 2, saved=slow[n + 1], restored=first, patience=n
    )
    # Steps of a little more than 1e-3 are; and a training that runs through is restored as well.
    first, n = round(rng.uniform(0.3, 0.7), 3), int(rng.integers(4, 7))
    steady = [round(first - 0.0011 * i, 4) for i in range(n)]
    steady += [first + 0.1, round(steady[-1] - 9e-4, 4)]
    there = f"{place}/there"
    _make_folder(there)
    _check_callbacks(there, steady, epochs=n + 2, saved=steady[-1], restored=steady[-3], patience=3)
    checks.call(answers.make_callbacks, Path(there)).result  # a second time is no error
    ### END HIDDEN TESTS


def _check_step(epoch, rate):
    """Compare one epoch's rate with the plan, and name the usual slips."""
    expected = rate / 2 if epoch in range(10, 1000, 10) else rate
    call = checks.call(answers.step_decay, epoch, rate)
    checks.require(
        call.result is None or isinstance(call.result, (float, np.floating)),
        f"{call.label} gave a {checks.kind(call.result)}. LearningRateScheduler takes floats only.",
    )
    mistakes = {
        "Epoch 0 is the first: its rate stays as it is.": rate / 2 if epoch == 0 else np.nan,
        "The rate given is the one in force: it has been halved before. Halve it once "
        "more, not for all the tens so far (hint 2).": rate * 0.5 ** (epoch // 10)
        if epoch >= 10
        else np.nan,
        "Epochs count from 0: halve at 10, 20, 30, not at 9, 19, 29.": rate / 2
        if epoch % 10 == 9
        else np.nan,
        "At 10, 20, 30 ... the rate is halved.": rate if expected != rate else np.nan,
        "Halve the rate: a factor of 0.5, not 0.1.": rate / 10,
    }
    call.equals(expected, mistakes=mistakes)


def test_step_decay():
    for epoch in (0, 1, 9, 10, 11, 15, 20):
        _check_step(epoch, 0.1)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    rate = first = round(rng.uniform(0.3, 0.9), 3)
    for epoch in range(41):
        _check_step(epoch, rate)
        rate = answers.step_decay(epoch, rate)
    checks.compare(
        rate, first / 16, f"the rate after step_decay for the epochs 0 to 40, from {first}"
    )
    _check_step(100, 0.0008)
    _check_step(15, 3.0)
    _check_step(np.int64(30), np.float64(0.02))
    _check_step(np.int64(31), np.float32(0.02))
    for epoch in rng.permutation(np.arange(50, 900, 10))[:5].tolist():
        rate = round(rng.uniform(0.01, 2.0), 4)
        _check_step(epoch, rate)
        _check_step(epoch + int(rng.integers(1, 10)), rate)
    ### END HIDDEN TESTS


@checks.beside
def _watched(callbacks, found):
    """These callbacks between two others, which note in `found` whether `logs` were changed."""

    def before(_, logs):
        found["logs"] = dict(logs)

    def after(_, logs):
        found["changed"] = found.get("changed", False) or dict(logs) != found["logs"]

    make = keras.callbacks.LambdaCallback
    first = make(on_train_batch_end=before, on_epoch_end=before)
    return [first, *callbacks, make(on_train_batch_end=after, on_epoch_end=after)]


_READ_ONLY = (
    "logs were changed. Every callback of a fit is handed the same dict: read from it, and leave it "
    "as it is."
)


@checks.beside
def _fit_in_batches(callbacks, x, y, weights, epochs, valid=None):
    """Fit a small network that begins with these weights, in batches of 4, one after another."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.05), "mean_squared_error", run_eagerly=True)
    model.set_weights(weights)
    model.fit(
        x,
        y,
        batch_size=4,
        epochs=epochs,
        shuffle=False,
        validation_data=valid,
        verbose=0,
        callbacks=callbacks,
    )


@checks.beside
def _fit_watched(callback, x, y, weights, epochs, valid):
    """The same with this callback alone; whether it changed its logs."""
    found = {}
    _fit_in_batches(_watched([callback], found), x, y, weights, epochs, valid)
    return bool(found["changed"])


@checks.beside
def _losses_of(history):
    """What a callback has in `losses`; None where it has no such thing."""
    return list(history.losses) if hasattr(history, "losses") else None


def _fit_and_record(history, rng, n_examples, epochs, valid=None):
    """Fit a small network with the answer; return what Keras reports then, a list for each epoch."""
    x = rng.normal(size=(n_examples, 2)).astype("float32")
    y = rng.normal(3, 2, size=(n_examples, 1)).astype("float32")
    weights = [rng.normal(size=shape).astype("float32") for shape in ((2, 1), (1,))]
    changed = _fit_watched(history, x, y, weights, epochs, valid)
    checks.require(not changed, _READ_ONLY)
    reported = []
    spy = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: reported.append([]),
        on_train_batch_end=lambda batch, logs: reported[-1].append(float(logs["loss"])),
    )
    _fit_in_batches.here([spy], x, y, weights, epochs)
    return reported


def _check_losses(history, reported, n_examples, earlier=()):
    """Compare `losses` with what Keras reported in the latest fit, and name the usual slips."""
    everything = [loss for epoch in reported for loss in epoch]
    seen = np.minimum(4 * np.arange(1, len(reported[0]) + 1), n_examples)
    own = [
        np.diff(np.multiply(epoch, seen), prepend=0) / np.diff(seen, prepend=0)
        for epoch in reported
    ]
    losses = _losses_of(history) or []
    for value in losses:
        checks.require(
            isinstance(value, (float, np.floating)),
            f"There is a {checks.kind(value)} in losses; each should be a float. Take logs['loss'].",
        )
    checks.compare(
        losses,
        everything,
        f"losses after a fit of {len(reported)} epochs of {len(seen)} batches",
        rtol=1e-4,
        mistakes={
            "That is the last epoch alone. Empty the list when training begins, not each epoch.": (
                reported[-1]
            ),
            "The losses of the earlier fit are still there. Empty the list in on_train_begin.": (
                [*earlier, *everything]
            ),
            "That is one value for each epoch. Use on_train_batch_end.": [e[-1] for e in reported],
            "These are the losses of the single batches. What Keras reports in logs['loss'] is the mean "
            "over the epoch so far; take it as it is.": np.concatenate(own),
            "Keras reports once after each batch; each value is there twice.": np.repeat(
                everything, 2
            ),
        },
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _evaluate_and_predict(callback, x, y):
    """Evaluate a small network, and have it predict, with this callback."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="mean_squared_error", run_eagerly=True)
    model.evaluate(x, y, verbose=0, callbacks=[callback])
    model.predict(x, verbose=0, callbacks=[callback])


### END HIDDEN TESTS


def test_BatchLossHistory():
    history = checks.call(answers.BatchLossHistory).result
    checks.require(
        checks.is_a(history, keras.callbacks.Callback),
        "BatchLossHistory should be a subclass of keras.callbacks.Callback.",
    )
    checks.require(
        _losses_of(history) == [],
        "Before the first fit, BatchLossHistory().losses should be an empty list.",
    )
    rng = np.random.default_rng(0)
    first = _fit_and_record(history, rng, n_examples=12, epochs=2)
    _check_losses(history, first, 12)
    valid = (np.ones((9, 2), dtype="float32"), np.zeros((9, 1), dtype="float32"))
    second = _fit_and_record(history, rng, n_examples=12, epochs=1, valid=valid)
    _check_losses(history, second, 12, earlier=[loss for epoch in first for loss in epoch])
    fresh = checks.call(answers.BatchLossHistory).result
    checks.require(
        _losses_of(fresh) == [],
        "A new BatchLossHistory() has the losses of another. Make the list in __init__, not in the class.",
    )
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    third = _fit_and_record(fresh, rng, n_examples=18, epochs=3, valid=valid)
    _check_losses(fresh, third, 18)  # the last batch has two examples; validation does not count
    _check_losses(history, second, 12)
    _evaluate_and_predict(fresh, *valid)  # that is no fit
    _check_losses(fresh, third, 18)
    ### END HIDDEN TESTS


@checks.beside
def _stopped_after(callback, epochs):
    """Drive a callback through epochs with these logs, as `fit` would.

    Returns:
        the epoch it stops after, and whether it changed any logs.
    """
    before = [dict(logs) for logs in epochs]
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin({})
    for epoch, logs in enumerate(epochs):
        callback.on_epoch_begin(epoch, {})
        callback.on_epoch_end(epoch, logs)
        if model.stop_training:
            return epoch, before != epochs
    return None, before != epochs


def _check_stop(target, epochs, expected, hint=""):
    """Drive an answer through epochs with these logs, two times; None: it must never stop."""
    callback = checks.call(answers.StopAtAccuracy, target).result
    checks.require(
        checks.is_a(callback, keras.callbacks.Callback),
        "StopAtAccuracy should be a subclass of keras.callbacks.Callback.",
    )
    for _ in range(2):  # the same object for two trainings
        stopped, changed = _stopped_after(callback, epochs)
        checks.require(not changed, _READ_ONLY)
        checks.require(
            stopped == expected,
            f"StopAtAccuracy({target}) with these logs, epoch by epoch,\n  "
            + "\n  ".join(f"{epoch}: {logs}" for epoch, logs in enumerate(epochs))
            + f"\n{'did not stop' if stopped is None else f'stopped after epoch {stopped}'}; it should "
            + (f"stop after epoch {expected}." if expected is not None else "never stop.")
            + (f"\n{hint}" if hint else ""),
        )


@checks.beside
def _epochs_of_fit(callback, key, accuracies):
    """After how many epochs a real `fit` ends; these accuracies are put into its logs."""

    class Script(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs[key] = accuracies[epoch]

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mean_squared_error", run_eagerly=True)
    one = np.ones((1, 1), dtype="float32")
    history = model.fit(one, one, epochs=len(accuracies), verbose=0, callbacks=[Script(), callback])
    return len(history.epoch)


def _check_in_fit(target, key, accuracies, n_epochs):
    """Check that a real `fit` ends after so many epochs."""
    ran = _epochs_of_fit(answers.StopAtAccuracy(target), key, accuracies)
    checks.require(
        ran == n_epochs,
        f"A fit with StopAtAccuracy({target}) and the {key} {accuracies} ran for {ran} epochs; "
        f"{n_epochs} were expected. Set self.model.stop_training = True.",
    )


def test_StopAtAccuracy():
    _check_stop(
        0.9,
        [
            {"val_accuracy": 0.7},
            {"val_accuracy": 0.85},
            {"val_accuracy": 0.9},
            {"val_accuracy": 0.95},
        ],
        expected=2,
        hint="An accuracy equal to the target is enough: >=.",
    )
    _check_stop(
        0.8,
        [{"accuracy": 0.85, "val_accuracy": 0.6}, {"accuracy": 0.9, "val_accuracy": 0.82}],
        expected=1,
        hint="Where there is a val_accuracy, accuracy does not count.",
    )
    _check_stop(
        0.8,
        [{"accuracy": 0.6}, {"accuracy": 0.85}],
        expected=1,
        hint="Without val_accuracy, accuracy counts.",
    )
    _check_stop(
        0.9,
        [{"loss": 0.1, "val_loss": 0.95}],
        expected=None,
        hint="Without any accuracy the training goes on.",
    )
    _check_in_fit(0.9, "val_accuracy", [0.7, 0.85, 0.9, 0.95], 3)
    ### BEGIN HIDDEN TESTS
    _check_stop(0.9, [{}, {"loss": 0.95}, {"loss": 0.1, "val_loss": 0.95}], expected=None)
    _check_stop(
        0.5,
        [{"accuracy": 0.7, "val_accuracy": 0.0}, {"accuracy": 0.8, "val_accuracy": 0.1}],
        expected=None,
        hint="A val_accuracy of 0.0 is there, though it is false for `or` and `if`: see hint 2.",
    )
    # validation_freq=2: every second epoch has no val_accuracy, and then its accuracy counts.
    half = [
        {"accuracy": 0.6, "loss": 1.2},
        {"accuracy": 0.95, "loss": 1.1, "val_accuracy": 0.7, "val_loss": 1.5},
        {"accuracy": 0.92, "loss": 0.9},
        {"accuracy": 0.93, "loss": 0.8, "val_accuracy": 0.75, "val_loss": 1.4},
    ]
    _check_stop(0.9, half, expected=2, hint="Epoch 2 has no val_accuracy, so its accuracy counts.")
    _check_stop(0.97, half, expected=None)
    _check_stop(0.7, half, expected=1)
    _check_stop(1.0, [{"val_accuracy": 0.999}, {"val_accuracy": 1.0}], expected=1)
    _check_stop(0.3, [{"accuracy": 0.1, "val_accuracy": 0.31}], expected=0)
    _check_stop(0.9, [{"acc": 0.95, "my_accuracy": 1.0, "val_acc": 0.95}], expected=None)
    _check_in_fit(0.5, "accuracy", [0.1, 0.2, 0.3], 3)
    _check_in_fit(0.15, "accuracy", [0.1, 0.2, 0.3], 2)
    rng = checks.fresh_rng()
    for _ in range(6):
        target, n = round(rng.uniform(0.3, 0.9), 3), int(rng.integers(5, 10))
        stop = int(rng.integers(1, n))
        epochs = []
        for epoch in range(n):
            low, high = (target, 1.0) if epoch == stop else (0.0, target - 0.002)
            counts, other = round(rng.uniform(low, high), 3), round(rng.random(), 3)
            if rng.random() < 0.6:
                epochs.append({"accuracy": other, "val_accuracy": counts})
            else:
                epochs.append({"loss": other, "accuracy": counts})
        _check_stop(target, epochs, expected=stop)
    _check_in_fit(target, "val_accuracy", [0.0] * stop + [1.0, 1.0], stop + 1)
    ### END HIDDEN TESTS


def _rates_of_keras(val_losses, learning_rate, **settings):
    """What Keras's own callback makes of these losses, at an optimizer of its own."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(learning_rate), "mean_squared_error")
    callback = keras.callbacks.ReduceLROnPlateau(**settings)
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(val_losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        rates.append(float(f"{float(model.optimizer.learning_rate):.6g}"))  # float32 in Keras
    return rates


def test_reduce_on_plateau():
    losses = [1.0, 0.8, 0.9, 0.8, 0.7, 0.75, 0.71, 0.72]
    checks.call(answers.reduce_on_plateau, losses, 0.1, factor=0.5, patience=2).equals(
        [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025],
        mistakes={
            "That is the rate during each epoch. A cut at its end counts already.": (
                [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025]
            ),
            "You compare with the epoch before. Compare with the best so far.": [0.1] * 8,
            "The cut comes one epoch late: when the count has reached patience, not passed it.": (
                [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05]
            ),
            "After a cut the count goes back to 0.": (
                [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.0125]
            ),
            "The sign is wrong: an improvement is below best - min_delta.": (
                [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05]
            ),
        },
    )
    flat = [0.5] * 7
    checks.call(answers.reduce_on_plateau, flat, 0.1, patience=2, min_lr=0.005).equals(
        [0.1, 0.1, 0.01, 0.01, 0.005, 0.005, 0.005],
        mistakes={
            "The rate must not go below min_lr.": [0.1, 0.1, 0.01, 0.01, 0.001, 0.001, 1e-4],
            "Where a cut would go below min_lr, the rate becomes min_lr.": [0.1, 0.1] + [0.01] * 5,
            "The best loss survives a cut: do not forget it.": (
                [0.1, 0.1, 0.01, 0.01, 0.01, 0.005, 0.005]
            ),
        },
    )
    checks.call(answers.reduce_on_plateau, flat[:3], 0.01, patience=1, min_lr=0.02).equals(
        [0.01, 0.01, 0.01],
        mistakes={
            "A rate at or below min_lr is left alone. It must never be raised.": [0.01, 0.02, 0.02]
        },
    )
    ### BEGIN HIDDEN TESTS

    def slip(which, val_losses, rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
        """The rates that a known misconception leads to."""
        best, previous, wait, first, rates = np.inf, np.inf, 0, rate, []
        for loss in val_losses:
            before = rate
            bar = {
                "previous": previous - min_delta,
                "no delta": best,
                "equal": np.nextafter(best - min_delta, np.inf),
                "relative": best * (1 - min_delta),
                "plus": best + min_delta,
            }.get(which, best - min_delta)
            if loss < bar:
                best, wait = loss, wait if which == "no reset" else 0
            else:
                if which == "follow" and loss < best:
                    best = loss
                wait += 1
                due = wait > patience if which == "late" else wait >= patience
                if due and (rate > min_lr or which == "raise"):
                    rate = max(rate * factor, -1.0 if which == "no floor" else min_lr)
                    if which == "from the first":
                        rate = max(first * factor, min_lr)
                    if which == "stop at the floor" and before * factor < min_lr:
                        rate = before
                    if which != "count goes on":
                        wait = 0
                    if which == "forget":
                        best = np.inf
                    if which == "new best":
                        best = loss
            previous = loss
            rates.append(before if which == "during" else rate)
        return rates

    slips = {
        "previous": "You compare with the epoch before. Compare with the best so far.",
        "no delta": "min_delta is not used: a smaller gain than that is no improvement.",
        "equal": "A gain of exactly min_delta is no improvement: the loss must be below best - min_delta.",
        "relative": "min_delta is subtracted from the best, it is no share of it.",
        "plus": "The sign is wrong: an improvement is below best - min_delta.",
        "follow": "A gain of less than min_delta is no improvement, and best must not follow it.",
        "late": "The cut comes one epoch late: when the count has reached patience, not passed it.",
        "raise": "A rate at or below min_lr is left alone. It must never be raised.",
        "no floor": "The rate must not go below min_lr.",
        "from the first": "Each cut multiplies the rate in force, not the one from the beginning.",
        "stop at the floor": "Where a cut would go below min_lr, the rate becomes min_lr.",
        "no reset": "After an improvement the count goes back to 0.",
        "count goes on": "After a cut the count goes back to 0.",
        "forget": "The best loss survives a cut: do not forget it.",
        "new best": "The best loss survives a cut: do not put the present one in its place.",
        "during": "That is the rate during each epoch. A cut at its end counts already.",
    }

    creeping = [1.0, 0.996, 0.992, 0.988, 0.984, 0.98, 0.976, 0.972]
    rng = checks.fresh_rng()
    # Multiples of 0.001, so that no gain here is as large as a min_delta.
    noisy = (np.exp(-np.arange(45) / 8) + 0.3 + rng.normal(0, 0.02, 45)).round(3).tolist()
    rate = round(rng.uniform(0.02, 0.09), 4)
    flat, short = [0.3] * 9, [0.9, 0.7, 0.8, 0.6, 0.7, 0.7]
    # The defaults, one by one. Twelve epochs a little under, and a little over, the default min_delta.
    n = int(rng.integers(11, 14))
    under, over = ([round(0.7 - i * step, 6) for i in range(2)] * 6 for step in (9e-5, 1.1e-4))
    cases = [
        # The best survives a cut: 0.85 is no improvement on 0.8, though it is one on what follows.
        ([1.0, 0.8, 0.9, 0.95, 0.85, 0.84, 0.83, 0.82, 0.79, 0.9], 1.0, {"patience": 2}),
        # An improvement between two bumps.
        ([1.0, 1.1, 0.8, 0.9, 0.7, 0.8, 0.9], 1.0, {"patience": 2}),
        # Creeping: each step is smaller than min_delta, together they are not.
        (creeping, 0.2, {"factor": 0.5, "patience": 3, "min_delta": 0.01}),
        (creeping, 0.2, {"factor": 0.5, "patience": 3, "min_delta": 0.0}),
        ([4.0, 3.92, 3.95, 3.84, 3.9], 0.2, {"factor": 0.5, "patience": 1, "min_delta": 0.05}),
        ([0.5, 0.5004, 0.5008, 0.4995], 0.2, {"factor": 0.5, "patience": 1, "min_delta": 0.001}),
        # The lower limit: passed by a cut, reached exactly, and above the rate from the beginning.
        (flat, 0.08, {"factor": 0.25, "patience": 2, "min_lr": 0.004}),
        (flat, 0.01, {"factor": 0.5, "patience": 1, "min_lr": 0.01}),
        (flat, 0.01, {"factor": 0.5, "patience": 1, "min_lr": 0.02}),
        # Short patience, the defaults, a long random training, losses below 0, a single epoch.
        (short, 1.0, {"factor": 0.5, "patience": 0}),
        (short, 1.0, {"factor": 0.5, "patience": 1}),
        (noisy, 0.01, {}),
        ([0.5] * n, rate, {"factor": 0.5}),  # patience
        ([0.5] * 3, rate, {"patience": 2}),  # factor
        (under[:4], rate, {"factor": 0.5, "patience": 3}),  # min_delta
        (over[:4], rate, {"factor": 0.5, "patience": 3}),
        ([0.5] * 6, 1.0, {"factor": 0.01, "patience": 1}),  # min_lr, down to 1e-10
        # A gain of exactly min_delta, in numbers without rounding.
        ([1.0, 0.75, 0.5, 0.375], rate, {"factor": 0.5, "patience": 1, "min_delta": 0.25}),
        (noisy, rate, {"factor": 0.3, "patience": 3, "min_delta": 0.0055, "min_lr": 1e-4}),
        ([-0.1, -0.5, -0.45, -0.4, -0.6, -0.55], 1.0, {"factor": 0.5, "patience": 2}),
        ([0.7], 0.01, {"patience": 1}),
    ]
    calls = [checks.call(answers.reduce_on_plateau, *case, **settings) for *case, settings in cases]

    def explains(which):
        """Whether this misconception leads to what the answer gave, in all the cases."""
        for call, (*case, settings) in zip(calls, cases, strict=True):
            rates = np.asarray(call.result)
            wrong = slip(which, *case, **settings)
            if rates.shape != np.shape(wrong) or not np.allclose(rates, wrong, 1e-4, 1e-13):
                return False
        return True

    named = [which for which in slips if explains(which)]
    for call, (*case, settings) in zip(calls, cases, strict=True):
        mistakes = {slips[which]: slip(which, *case, **settings) for which in named}
        call.equals(_rates_of_keras(*case, **settings), rtol=1e-5, atol=1e-13, mistakes=mistakes)
    ### END HIDDEN TESTS


@checks.beside
def _sweep(callback, targets, batch_size, epochs, weight, compiled_rate):
    """Fit a network of one weight with this callback; its output is the weight itself.

    Returns:
        how many batches were trained, the weight then, `rates` and `losses` (None where missing), and
        whether logs were changed.
    """
    found = {}
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    optimizer = keras.optimizers.SGD(compiled_rate)
    model.compile(optimizer, "mean_squared_error", run_eagerly=True)
    model.set_weights([np.full((1, 1), weight, dtype="float32")])
    model.fit(
        np.ones((len(targets), 1), dtype="float32"),
        np.array(targets, dtype="float32")[:, np.newaxis],
        batch_size=batch_size,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=_watched([callback], found),
    )
    lists = [
        list(getattr(callback, name)) if hasattr(callback, name) else None
        for name in ("rates", "losses")
    ]
    end = float(model.get_weights()[0][0, 0])
    return int(model.optimizer.iterations), end, *lists, bool(found["changed"])


def _walk(weight, batches, rates):
    """The loss of each batch alone, and the weight after the last: plain gradient descent."""
    losses = []
    for batch, rate in zip(batches, rates, strict=True):
        residual = weight - np.array(batch)
        losses.append(np.mean(residual * residual))
        weight = weight - 2 * rate * np.mean(residual)
    return losses, weight


def _check_sweep(sweep, arguments, targets, batch_size, epochs, weight=0.0):
    """Let an answer sweep through a small training all of whose losses are known."""
    low, high, n_batches = arguments
    batches = [targets[i : i + batch_size] for i in range(0, len(targets), batch_size)] * epochs
    per_epoch = len(batches) // epochs
    planned = np.geomspace(low, high, n_batches)
    n = min(n_batches, len(batches))
    batches, expected = batches[:n], planned[:n]
    compiled = 0.3
    trained, end, rates, losses, changed = _sweep(
        sweep, targets, batch_size, epochs, weight, compiled
    )
    label = f"LearningRateSweep({low}, {high}, {n_batches})"
    said = f"{label} in a fit of {epochs} epochs with {per_epoch} batches each"
    checks.require(
        trained == n,
        f"{said}: {trained} batches were trained; {n} were expected.",
    )
    for name, values in (("rates", rates), ("losses", losses)):
        checks.require(values is not None, f"{label} has no attribute {name} after a fit.")
        for value in values:
            checks.require(
                isinstance(value, (float, np.floating)),
                f"There is a {checks.kind(value)} in {name}; each should be a float.",
            )
        checks.require(
            len(values) == n,
            f"{said}: there are {len(values)} {name}; {n} were expected, one for each batch trained in the "
            "latest fit.",
        )
    place = np.arange(n)
    checks.compare(
        rates,
        expected,
        f"rates of {said}",
        rtol=1e-4,
        atol=1e-9,
        mistakes={
            "The steps from rate to rate are equal differences. Equal factors are wanted.": np.linspace(
                low, high, n_batches
            )[:n],
            "high should be the rate of the last of n_batches: between n_batches rates are n_batches - 1 "
            "steps.": np.geomspace(low, high, n_batches + 1)[:n_batches][:n],
            "The rates begin anew with each epoch. `batch` counts within the epoch; count the batches of the "
            "whole fit.": planned[place % per_epoch],
        },
    )
    own, right_end = _walk(weight, batches, expected)
    late, _ = _walk(weight, batches, [compiled, *expected[:-1]])
    never, _ = _walk(weight, batches, [compiled] * n)
    sizes = np.array([len(batch) for batch in batches])
    epoch_of = place // per_epoch
    reported, undone = np.empty(n), np.empty(n)
    for epoch in range(epoch_of[-1] + 1):
        of = epoch_of == epoch
        reported[of] = np.cumsum(sizes[of] * np.array(own)[of]) / np.cumsum(sizes[of])
        undone[of] = np.diff(reported[of] * np.arange(1, of.sum() + 1), prepend=0)
    checks.compare(
        losses,
        own,
        f"losses of {said}",
        rtol=2e-3,
        atol=1e-4,
        mistakes={
            "These are the running means that Keras reports in logs['loss'], not the losses of the single "
            "batches.": reported,
            "You have undone the mean as if all batches were of one size. The last one of an epoch may be "
            "smaller, and then counts less.": undone,
            "Each batch was trained at the rate of the one before. Set the rate before the batch.": late,
            "The batches were trained at the optimizer's own rate all along. Set "
            "self.model.optimizer.learning_rate.": never,
        },
    )
    checks.require(
        abs(end - right_end) <= 1e-3 * max(1, abs(right_end)),
        f"{said}: rates and losses are right, but the last batch was not trained at the rate {expected[-1]:g}.",
    )
    checks.require(not changed, _READ_ONLY)


def test_LearningRateSweep():
    sweep = checks.call(answers.LearningRateSweep, 0.01, 0.4, 5).result
    checks.require(
        checks.is_a(sweep, keras.callbacks.Callback),
        "LearningRateSweep should be a subclass of keras.callbacks.Callback.",
    )
    # Three batches an epoch, the last one smaller; it stops within the second epoch.
    targets = [1.0, 3.0, -2.0, 6.0, 4.0]
    _check_sweep(sweep, (0.01, 0.4, 5), targets, batch_size=2, epochs=3)
    _check_sweep(
        sweep, (0.01, 0.4, 5), targets[::-1], batch_size=2, epochs=1
    )  # fewer than 5 batches
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    for n_batches, n_examples, epochs in ((2, 4, 2), (9, 11, 4), (7, 28, 1), (6, 6, 5)):
        low = round(rng.uniform(0.001, 0.01), 4)
        arguments = (low, round(low * rng.uniform(10, 40), 4), n_batches)
        sweep = checks.call(answers.LearningRateSweep, *arguments).result
        targets = rng.normal(0, 3, n_examples).round(2).tolist()
        weight = round(rng.normal(), 2)
        for _ in range(2):
            _check_sweep(sweep, arguments, targets, 4, epochs, weight)
    other = checks.call(answers.LearningRateSweep, 0.02, 0.2, 4).result
    _check_sweep(other, (0.02, 0.2, 4), [1.0, 5.0, 2.0], 1, 2)
    _check_sweep(sweep, arguments, targets, 4, epochs, weight)  # two objects have nothing in common
    ### END HIDDEN TESTS


@checks.beside
def _rates_at(schedule, steps):
    """The rate an optimizer has after so many steps, if it is given this schedule."""
    optimizer = keras.optimizers.SGD(schedule)
    rates = []
    for step in steps:
        optimizer.iterations.assign(step)
        rates.append(float(optimizer.learning_rate))
    return rates


def _check_schedule(n_examples, batch_size, epochs, rate):
    call = checks.call(answers.repair_schedule, n_examples, batch_size, epochs, rate)
    checks.require(
        checks.is_a(call.result, keras.optimizers.schedules.LearningRateSchedule),
        f"{call.label} gave a {checks.kind(call.result)}. A schedule of "
        "keras.optimizers.schedules was expected.",
    )
    per_epoch = (n_examples - 1) // batch_size + 1
    total = per_epoch * epochs
    steps = sorted({0, 1, total // 3, total // 2, total - per_epoch, total - 1, total})
    rates = np.array(_rates_at(call.result, steps))

    def cosine(end, lowest=0.0):
        share = np.clip(np.array(steps) / max(end, 1), 0, 1)
        return rate * (lowest + (1 - lowest) * np.cos(np.pi * share / 2) ** 2)

    expected = cosine(total)
    # What is seen first at the end of the plan.
    slips = ""
    if not np.allclose(rates, expected, 1e-3, 1e-5 * rate):
        if rates[-1] > 1e-3 * rate:
            slips += f"\nAfter the last batch the rate is {rates[-1]:g}; it should be 0."
        elif rates[-2] < 0.5 * expected[-2]:
            slips += "\nThe rate has arrived before the last batch of the last epoch."
        whole = n_examples // batch_size
        for lowest in (0.0, 0.1):
            if whole != per_epoch and np.allclose(
                rates, cosine(whole * epochs, lowest), 1e-3, 1e-5
            ):
                slips += (
                    f"\n{n_examples} examples in batches of {batch_size} are {per_epoch} batches: the last "
                    "one is smaller, but it is a step as well."
                )
            if np.allclose(rates, cosine(per_epoch * (epochs - 1), lowest), 1e-3, 1e-5):
                slips += "\nThe plan is one epoch too short."
        if np.allclose(rates, cosine(epochs), 1e-3, 1e-5):
            slips += "\nThe steps of a schedule are batches, not epochs."
    told = ", ".join(f"{step}: {value:.4g}" for step, value in zip(steps, expected, strict=True))
    checks.compare(
        rates,
        expected,
        f"the rates of {call.label} after so many batches ({told} were expected)",
        rtol=1e-3,
        atol=1e-5 * rate,
        mistakes={slips.strip(): rates} if slips else None,
    )


def test_repair_schedule():
    _check_schedule(100, 20, 4, 0.1)
    _check_schedule(110, 20, 1, 0.1)  # six batches, the last one smaller
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    for n_examples, batch_size in ((50, 64), (129, 64), (128, 64), (3, 1), (1000, 7)):
        rate = round(rng.uniform(0.01, 2.0), 3)
        _check_schedule(n_examples, batch_size, int(rng.integers(2, 9)), rate)
    _check_schedule(11610, 64, 30, 0.05)
    _check_schedule(1, 1, 1, 0.5)
    ### END HIDDEN TESTS
