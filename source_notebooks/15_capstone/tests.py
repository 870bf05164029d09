"""The tests of this lesson: `checks.run("build_and_train")` runs `test_build_and_train`, and so on."""

import time
from io import BytesIO

import keras
import numpy as np

from helpers import checks, data
from helpers.checks import answers


@checks.beside
def _sample():
    """The images and labels that ship with the course: x_train, y_train, x_valid, y_valid."""
    sample = data.load_fashion_mnist(data.SHIPPED_FOLDER)
    return sample.x_train, sample.y_train, sample.x_test, sample.y_test


@checks.beside
def _begin():
    """Seed all random numbers; read the clock of processor time."""
    keras.utils.set_random_seed(0)
    return time.process_time()


@checks.beside
def _clock():
    """Read the clock of processor time, which is that of the answer's own process."""
    return time.process_time()


@checks.beside
def _can_predict(model):
    """Whether there is a method predict."""
    return callable(getattr(model, "predict", None))


@checks.beside
def _scores(model, images):
    """What the model predicts for these images."""
    return np.asarray(model.predict(images))


def test_build_and_train():
    x_train, y_train, x_valid, y_valid = _sample()
    numbers = np.arange(10, dtype="uint8")  # the number of each class
    x_judge, y_judge, judged_by = x_valid, y_valid, "validation"
    ### BEGIN HIDDEN TESTS
    order = checks.fresh_rng().permutation(10)
    numbers[order] = np.roll(order, 1)  # no class keeps its number
    exam = np.load(BytesIO(checks.hidden_file("fashion_mnist_unseen.npz")))
    x_judge, y_judge, judged_by = exam["x"], exam["y"], "unseen"
    ### END HIDDEN TESTS
    start = _begin()
    call = checks.call(
        answers.build_and_train, x_train, numbers[y_train], x_valid, numbers[y_valid]
    )
    model = call.result
    seconds = _clock() - start
    checks.require(model is not None, "build_and_train gave None. Does it end with `return model`?")
    checks.require(
        _can_predict(model),
        f"build_and_train gave a {checks.kind(model)}, which has no method predict. Return the model.",
    )
    checks.require(
        seconds <= 45,
        f"It took {seconds:.0f} s of processor time; 30 s are the budget. Fewer epochs, larger "
        "batches or a smaller network train faster.",
    )
    try:
        scores = np.asarray(_scores(model, x_judge))
    except Exception as error:
        first_line = str(error).partition("\n")[0]
        checks.require(
            False,
            "model.predict does not take uint8 images of shape (n, 28, 28), pixels from 0 to 255 "
            f"({type(error).__name__}: {first_line}).",
        )
    checks.require(
        scores.shape == (len(x_judge), 10),
        f"model.predict gave the shape {scores.shape} for {len(x_judge)} images. Expected "
        f"({len(x_judge)}, 10): a score for each class.",
    )
    checks.require(
        scores.dtype.kind in "fiu" and np.isfinite(scores).all(),
        "model.predict gave values that are not finite numbers. Has the training diverged?",
    )
    accuracy = float((scores.argmax(axis=1) == numbers[y_judge]).mean())
    print(f"{judged_by} accuracy {accuracy:.3f}, {seconds:.1f} s of processor time")
    steps = {0.70: 2, 0.80: 4, 0.825: 6, 0.84: 8}
    points = max((p for step, p in steps.items() if accuracy >= step), default=0)
    slip = ""
    if len(np.unique(scores.argmax(axis=1))) == 1:
        slip = " It gives every image the same class: is it trained, and are the pixels scaled?"
    checks.require(
        points > 0,
        f"The {judged_by} accuracy is {accuracy:.3f}; points begin at 0.70. Does predict take the "
        f"pixels as they come, from 0 to 255, as the training did?{slip}",
    )
    return checks.Points(points, of=8)
