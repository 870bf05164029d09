"""The tests of this lesson: `checks.run("build_and_train")` runs `test_build_and_train`, and so on."""

import json
import time
import zipfile
from io import BytesIO
from pathlib import Path

import keras
import numpy as np

from helpers import checks, data
from helpers.checks import answers

#: From the log loss that a step allows to the points it gives. By experiments/capstone.py, five seeds each: numbers
#: alone 0.409 to 0.417, the baseline 0.320 to 0.323, a dense network on the same 0.313 to 0.317, a good network 0.281
#: to 0.283. So the nearest step is 0.001 away from a seed of the middle two, and 0.007 from the good network.
STEPS = {0.45: 1, 0.33: 3, 0.318: 4, 0.308: 6, 0.297: 7, 0.29: 8}
#: Where Keras has the functions that a file may name.
_FUNCTIONS = (keras.activations, keras.initializers, keras.regularizers, keras.constraints)
#: What the file of a model that loads again is worth.
FILE_POINTS = 2


@checks.beside
def _as_texts(rows):
    """Columns and labels, words as arrays that go from one process to another."""
    columns, labels = rows
    return {
        name: values.astype(str) if values.dtype == object else values
        for name, values in columns.items()
    }, labels


@checks.beside
def _rows():
    """The rows that ship with the course, for training and for validation; only this side can read files."""
    adult = data.load_adult()
    return _as_texts(adult.train), _as_texts(adult.valid)


@checks.beside
def _as_rows(columns):
    """The columns as `data.load_adult` gives them: words are arrays of Python's strings."""
    return {
        name: values.astype(object) if values.dtype.kind == "U" else values.copy()
        for name, values in columns.items()
    }


@checks.beside
def _built(build, train, valid):
    """What the answer builds, its seconds of processor time, and whether it left its arguments alone."""
    given = [(_as_rows(columns), labels.copy()) for columns, labels in (train, valid)]
    keras.utils.set_random_seed(0)
    start = time.process_time()
    model = build(*given)
    seconds = time.process_time() - start
    unchanged = all(
        list(columns) == list(own)
        and np.array_equal(labels, own_labels)
        and all(np.array_equal(np.asarray(columns[name]), own[name]) for name in own)
        for (columns, labels), (own, own_labels) in zip(given, (train, valid), strict=True)
    )
    return model, seconds, unchanged


@checks.beside
def _predicted(model, columns):
    """What the model predicts for raw columns."""
    return model.predict(_as_rows(columns), batch_size=1000, verbose=0)


@checks.beside
def _saved(model, folder, columns):
    """Save the model, load it where only Keras's own classes are known: the file, predictions, what went wrong.

    It happens on this side, because loading a file means to do what it says, which is nothing for the side that
    judges. Here it can do no more than the answer itself could. Processes cannot be started here. So what was
    registered is taken away for the moment, and Keras then finds no class but its own.
    """
    path = Path(folder) / "model.keras"
    registered = keras.saving.get_custom_objects()
    known = dict(registered)
    content, predictions = b"", None
    try:
        model.save(path)
        content = path.read_bytes()
        registered.clear()
        loaded = keras.saving.load_model(path, compile=False, safe_mode=True)
        predictions = np.asarray(loaded.predict(_as_rows(columns), batch_size=500, verbose=0))
        problem = ""
    except Exception as error:
        step = "load again" if content else "save"
        problem = f"It does not {step} ({type(error).__name__}: {str(error).strip()[:200]})."
    finally:
        registered.update(known)
    return content, predictions, problem


def _strangers(content):
    """The classes that a model's file names and Keras does not have; the file is read, not loaded."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("config.json") as file:
            parts = [json.loads(file.read(32 << 20))]
    except (OSError, ValueError, KeyError, RecursionError, zipfile.BadZipFile):
        return ["no archive of Keras"]
    found = []
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            name = part.get("class_name")
            if name == "function":  # by name alone, such as "relu"
                known = any(hasattr(place, str(part.get("config"))) for place in _FUNCTIONS)
            else:
                known = f"{part.get('module')}.".startswith("keras.") and name != "Lambda"
            if "module" in part and name is not None and not known:
                found.append(str(part["config"] if name == "function" else name))
            parts += [value for key, value in part.items() if key != "compile_config"]
        elif isinstance(part, list):
            parts += part
    return found


def _file_problem(model, columns, predictions):
    """Why the file of the model is no good; nothing where it is."""
    content, again, problem = _saved(model, str(checks.new_folder()), columns)
    if not problem and (strangers := _strangers(content)):
        problem = f"It needs code that only the notebook has: {', '.join(strangers[:3])}."
    if not problem:
        again = np.asarray(again)
        if again.shape != predictions.shape or not np.allclose(again, predictions, atol=1e-3):
            problem = "Loaded again, it predicts other numbers."
    return (
        problem
        and f"As a .keras file the model is no good, which costs {FILE_POINTS} points. {problem}"
    )


def _check_predictions(predictions, n):
    """Check that these are n probabilities, of shape (n, 1)."""
    checks.require(
        isinstance(predictions, np.ndarray) and predictions.shape == (n, 1),
        f"model.predict gave {getattr(predictions, 'shape', checks.kind(predictions))} for {n} rows. Expected is an "
        f"array of shape ({n}, 1): one probability for each row.",
    )
    checks.require(
        predictions.dtype.kind == "f" and np.isfinite(predictions).all(),
        "model.predict gave values that are not finite numbers. Has the training diverged?",
    )
    checks.require(
        predictions.min() >= 0 and predictions.max() <= 1,
        f"model.predict gave numbers from {predictions.min():.2f} to {predictions.max():.2f}, which are no "
        "probabilities. Are they logits? Then a sigmoid is missing.",
    )


def _log_losses(labels, predictions):
    """The log loss of each row, with probabilities kept 1e-7 away from 0 and 1, as Keras does."""
    p = np.clip(predictions.astype("float64").ravel(), 1e-7, 1 - 1e-7)
    return -np.where(labels == 1, np.log(p), np.log(1 - p))


def test_build_and_train():
    train, valid = _rows()
    columns, labels = valid
    is_exam = False
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    is_exam = True
    exam = np.load(BytesIO(checks.hidden_file("adult_exam.npz")))
    names = rng.permutation(list(columns)).tolist()

    def anew(rows):
        """The rows in another order, the columns too, and the labels 0 and 1 exchanged."""
        order = rng.permutation(len(rows[1]))
        return {name: rows[0][name][order] for name in names}, 1 - rows[1][order]

    train, valid = anew(train), anew(valid)
    columns, labels = anew(_as_texts.here(data.adult_rows(exam, "exam")))
    ### END HIDDEN TESTS
    model, seconds, unchanged = _built(answers.build_and_train, train, valid)
    checks.require(model is not None, "build_and_train gave None. Does it end with `return model`?")
    checks.require(
        checks.is_a(model, keras.Model),
        f"build_and_train gave a {checks.kind(model)}; a keras.Model was expected.",
    )
    checks.require(
        unchanged,
        "build_and_train changes its arguments in place. Others still need them: work on copies.",
    )
    checks.require(
        seconds <= 90,
        f"It took {seconds:.0f} s of processor time; 60 s are the budget. Fewer epochs, larger "
        "batches or a smaller network train faster.",
    )
    # One row alone, with a word that nobody has met in training, as it may come in service.
    stranger = {name: values[:1].copy() for name, values in columns.items()}
    stranger["native_country"] = np.array(["Atlantis"])
    for rows, n in ((columns, len(labels)), (stranger, 1)):
        try:
            predictions = _predicted(model, rows)
        except Exception as error:
            first_line = str(error).strip().partition("\n")[0]
            what = "the raw columns" if n > 1 else "a single row with a word it has not met before"
            checks.require(
                False,
                f"model.predict does not take {what}, as a dict from the name of a column to an array (n,) "
                f"({type(error).__name__}: {first_line}). Is all preparation inside the model?",
            )
        _check_predictions(predictions, n)
        if n > 1:
            probabilities = predictions
    losses = _log_losses(labels, probabilities)
    loss, error = float(losses.mean()), float(losses.std() / len(losses) ** 0.5)
    few = {name: values[:500] for name, values in columns.items()}
    problem = _file_problem(model, few, probabilities[:500])
    if not is_exam:
        print(
            f"validation log loss {loss:.4f}, standard error {error:.4f}, {seconds:.0f} s of processor time. "
            "This is an estimate, from the rows you choose by: the exam has other rows."
        )
        checks.require(not problem, problem)
    ### BEGIN HIDDEN TESTS
    print(f"log loss {loss:.4f} on the rows of the exam, {seconds:.0f} s of processor time")
    points = max((p for step, p in STEPS.items() if loss <= step), default=0)
    turned = float(_log_losses(1 - labels, probabilities).mean())
    slip = ""
    if turned < min(loss, max(STEPS)):
        slip = " Turned round, the probabilities would be good ones: are they those of label 1?"
    elif np.ptp(probabilities) < 0.02:
        slip = " It says nearly the same of every row: is it trained?"
    checks.require(
        points > 0,
        f"The log loss is {loss:.3f} on the rows of the exam; points begin at {max(STEPS):.2f}. The base rate alone "
        f"would give 0.55.{slip}",
    )
    print(problem)
    points += 0 if problem else FILE_POINTS
    return checks.Points(points, of=max(STEPS.values()) + FILE_POINTS)
    ### END HIDDEN TESTS
