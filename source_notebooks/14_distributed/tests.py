"""The tests of this lesson: `checks.run("make_dataset")` runs `test_make_dataset`, and so on."""

import os
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from helpers import checks
from helpers.checks import answers, models


def _examples(rng, n, shape=(3,), dtype="float32"):
    """n examples that can be told apart, and n different labels in no order."""
    return rng.uniform(0, 200, (n, *shape)).astype(dtype), rng.permutation(3 * n)[:n]


@checks.beside
def _batches(dataset, most):
    """The first elements of a dataset; pairs of arrays where they are pairs."""
    batches = []
    for batch in dataset:
        in_parts = isinstance(batch, (tuple, list))
        batches.append([np.asarray(part) for part in batch] if in_parts else batch)
        if len(batches) == most:
            break
    return batches


def _epoch(dataset, x, y, batch_size, label, advice="Shuffle them together."):
    """Go through a dataset once, check its batches; return the order of the examples, and their x.

    `advice` is for examples with another x than theirs. Without it only the form of x is checked.
    """
    sizes = [min(batch_size, len(x) - start) for start in range(0, len(x), batch_size)]
    batches = _batches(dataset, len(sizes) + 2)
    pairs = all(isinstance(batch, list) and len(batch) == 2 for batch in batches)
    checks.require(batches and pairs, f"The elements of {label} should be pairs (x, y).")
    x_parts, y_parts = zip(*[(np.asarray(a), np.asarray(b)) for a, b in batches])
    checks.require(
        y_parts[0].ndim == y.ndim and x_parts[0].ndim == x.ndim,
        f"The first element of {label} has shapes {x_parts[0].shape} and {y_parts[0].shape}. Expected: "
        f"a batch of x and a batch of y, {(sizes[0], *x.shape[1:])} and {(sizes[0], *y.shape[1:])}.",
    )
    actual = [len(part) for part in y_parts]
    hint = ""
    if len(actual) == len(sizes) - 1 and sum(actual) == sum(sizes[:-1]):
        hint = " The last batch is missing: it holds what is left (no drop_remainder)."
    elif sorted(actual) == sorted(sizes):
        hint = (
            " These are shuffled batches. Shuffle the examples, before you put them into batches."
        )
    elif len(actual) > len(sizes):
        hint = " It goes on after that: an epoch is each example once (no repeat)."
    checks.require(
        actual == sizes,
        f"{label} has batches of {', '.join(map(str, actual[:8]))}{', …' if actual[8:] else ''}. "
        f"Expected {', '.join(map(str, sizes[:8]))}{', …' if sizes[8:] else ''}.{hint}",
    )
    for name, parts, whole in [("x", x_parts, x), ("y", y_parts, y)]:
        checks.require(
            parts[0].dtype == whole.dtype and parts[0].shape[1:] == whole.shape[1:],
            f"The batches of {name} in {label} have dtype {parts[0].dtype} and shape {parts[0].shape}. "
            f"Expected {whole.dtype} and {(sizes[0], *whole.shape[1:])}.",
        )
    places = {row.tobytes(): place for place, row in enumerate(y)}
    order = np.array([places.get(row.tobytes(), -1) for row in np.concatenate(y_parts)])
    checks.require(
        np.array_equal(np.sort(order), np.arange(len(y))),
        f"In one epoch of {label} not every example comes exactly once.",
    )
    found = np.concatenate(x_parts)
    checks.require(
        not advice or np.array_equal(found, x[order]),
        f"In {label} some x come with the y of another example. {advice}",
    )
    return order, found


def _check_shuffled(order, batch_size, label):
    """Check that an order is shuffled over the whole set. At least 600 examples, batches of 30."""
    n = len(order)
    checks.require(not np.array_equal(order, np.arange(n)), f"{label} does not shuffle.")
    checks.require(
        np.mean(np.diff(order) == 1) < 0.5,
        f"{label} keeps neighbours together: most examples follow the one that is before them in x. "
        "Shuffle the examples, before you put them into batches.",
    )
    # A buffer of b elements never gives example i a place before i - b + 1. With a buffer for all, one
    # comes early by at least 3/4 of the set, but for less than once in 100,000,000 times.
    early = np.max(order - np.arange(n))
    checks.require(
        early >= 0.75 * n,
        f"{label}: no example comes more than {early} places early, of {n}. So the buffer of shuffle "
        "is too small: give it room for all examples, whatever n is.",
    )
    for batch in np.split(order, range(batch_size, n, batch_size)):
        # 30 examples from all over the set lie in one half of it less than once in 10,000,000 times.
        checks.require(
            len(batch) < 30 or np.ptp(batch) >= n // 2,
            f"In {label} a batch holds neighbours only: examples {batch.min()} to {batch.max()} of {n}. "
            "Shuffle the examples, over the whole set, before you put them into batches.",
        )


def _check_orders(first, second, batch_size, label):
    """Check that two epochs are shuffled over the whole set, each in its own way."""
    _check_shuffled(first, batch_size, label)
    checks.require(
        not np.array_equal(first, second),
        f"{label} has the same order in both epochs. Let shuffle reshuffle, and do not keep its order "
        "(in a cache, say).",
    )
    _check_shuffled(second, batch_size, f"the second epoch of {label}")


def _check_dataset(x, y, batch_size, **seed):
    """Check two epochs of a dataset, and return their orders."""
    call = checks.call(answers.make_dataset, x, y, batch_size, **seed)
    label = call.label
    checks.require(
        checks.is_a(call.result, tf.data.Dataset),
        f"{label} gave a {checks.kind(call.result)}; a tf.data.Dataset is expected.",
    )
    first, second = (_epoch(call.result, x, y, batch_size, label)[0] for _ in range(2))
    if len(x) >= 600:
        _check_orders(first, second, batch_size, label)
    return first, second


def test_make_dataset():
    _check_dataset(np.zeros((10, 28, 28)), np.arange(10), 4)
    x, y = _examples(np.random.default_rng(610), 610)
    _check_dataset(x, y, 60)
    first, second = _check_dataset(x, y, 60, shuffle_seed=7)
    again = _check_dataset(x, y, 60, shuffle_seed=7)
    checks.require(
        np.array_equal(first, again[0]),
        "Two datasets made with the seed 7 have different first epochs. Pass the seed on to shuffle.",
    )
    checks.require(
        np.array_equal(second, again[1]),
        "Two datasets made with the seed 7 have the same first epoch, but different second ones.",
    )
    ### BEGIN HIDDEN TESTS
    other, _ = _check_dataset(x, y, 60, shuffle_seed=8)
    checks.require(
        not np.array_equal(first, other), "The seeds 7 and 8 give the same order. Use shuffle_seed."
    )
    rng = checks.fresh_rng()
    x, y = _examples(rng, 610)
    zero, zero_again = (_check_dataset(x, y, 50, shuffle_seed=0) for _ in range(2))
    checks.require(
        np.array_equal(zero, zero_again),
        "Two datasets made with the seed 0 have different orders. 0 is a seed like any other.",
    )
    _check_dataset(*_examples(rng, 15_000, ()), 500)  # a buffer of 10,000 is too small for these
    images, labels = _examples(rng, 37, (5, 4, 1), "uint8")
    _check_dataset(images, np.stack([labels, 2 * labels], axis=1).astype("float64"), 8)
    _check_dataset(images.astype("float64"), labels.astype("int32"), 37)
    _check_dataset(images, labels, 100, shuffle_seed=3)
    _check_dataset(*_examples(rng, 6), 1)
    ### END HIDDEN TESTS


@checks.beside
def _raise_all(example):
    """Add a random number from 0 to 1/2 to all of an example, the same to each element."""

    def draw():  # tf.random would begin again in each epoch, where a seed is set
        return np.float32(np.random.default_rng().uniform(0, 0.5))

    return tf.cast(example, tf.float32) + tf.ensure_shape(
        tf.numpy_function(draw, [], tf.float32), ()
    )


@checks.beside
def _leave(example):
    """Change nothing."""
    return example


def _augmented(dataset, x, y, batch_size, label):
    """Go through a dataset of `_raise_all` once; return the order, and what was added to each example."""
    order, found = _epoch(dataset, x.astype("float32"), y, batch_size, label, advice="")
    n = len(x)
    added = (found - x[order]).reshape(n, -1)
    whole = f"In {label}, with an augment that adds a random number below 0.5 to an example,"
    checks.require(
        np.any(added != 0) or n < 2, f"{whole} x comes out unchanged: augment is not called."
    )
    checks.require(
        np.all((added > -0.01) & (added < 0.51)),
        f"{whole} x is off by {added.min():.3g} to {added.max():.3g}. Call augment once for each example, "
        "and keep x and y together.",
    )
    checks.require(np.all(np.ptp(added, axis=1) < 0.01), f"{whole} the elements of one x differ.")
    in_place = np.empty(n)
    in_place[order] = added[:, 0]
    steps = np.abs(np.diff(added[:, 0])) > 1e-4  # rounding of numbers up to 200 makes 1e-5
    checks.require(
        n < 20 or steps.mean() > 0.9,
        f"{whole} neighbours have the same number added. augment takes one example, not a batch: call "
        "it before you put examples into batches.",
    )
    return order, in_place


def _check_repaired(x, y, batch_size):
    """Check two epochs of the pipeline, for examples that can be told apart."""
    call = checks.call(answers.repair_pipeline, x, y, _raise_all, batch_size)
    label = call.label
    checks.require(
        checks.is_a(call.result, tf.data.Dataset),
        f"{label} gave a {checks.kind(call.result)}; a tf.data.Dataset is expected.",
    )
    first, second = (_augmented(call.result, x, y, batch_size, label) for _ in range(2))
    checks.require(
        len(x) < 20 or np.mean(np.abs(first[1] - second[1]) > 1e-4) > 0.9,
        f"{label} gives each example the same change in both epochs. Augment after what is kept (in a cache, "
        "say), so that it is done anew.",
    )
    if len(x) >= 600:
        _check_orders(first[0], second[0], batch_size, label)


def test_repair_pipeline():
    _check_repaired(np.arange(20, dtype="float32").reshape(10, 2), np.arange(10), 4)
    x, y = _examples(np.random.default_rng(620), 620)
    _check_repaired(x, y, 60)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_repaired(*_examples(rng, 610, (2, 3, 1), "uint8"), 50)
    x, y = _examples(rng, 2300, ())
    _check_repaired(x, y.astype("int32"), 100)  # a buffer of 1,000 or 2,000 is too small for these
    _check_repaired(*_examples(rng, 37, (4,)), 37)
    _check_repaired(*_examples(rng, 37, (4,)), 100)
    _check_repaired(*_examples(rng, 23, (4,)), 1)
    x, y = _examples(rng, 45, (3,), "int32")
    unchanged = checks.call(answers.repair_pipeline, x, y, _leave, 10)
    _epoch(unchanged.result, x, y, 10, unchanged.label)
    ### END HIDDEN TESTS


def _images(rng, n, height, width):
    """n images, and n labels in no order: all different, negative ones too, most beyond a byte."""
    images = rng.integers(0, 256, (n, height, width), dtype="uint8")
    return images, rng.permutation(5 * n + 1000)[:n] - 100


@checks.beside
def _as_texts(paths):
    """Paths as texts."""
    return [os.fspath(path) for path in paths]


@checks.beside
def _is_in(path, folder):
    """Whether a path leads into this folder."""
    return Path(path).resolve().parent == Path(folder).resolve()


@checks.beside
def _records(path):
    """For each record of a file a dict, from a name to its list of values; or what the file is instead."""
    if not Path(path).is_file():
        return "missing"
    contents = []
    try:
        records = list(tf.data.TFRecordDataset(path).as_numpy_iterator())
    except tf.errors.OpError:
        return "no TFRecord file"
    for record in records:
        try:
            features = tf.train.Example.FromString(record).features.feature
        except Exception:  # protobuf's own errors
            return "no file of tf.train.Example records"
        contents.append(
            {
                name: (kind, list(getattr(value, kind).value))
                for name, value in features.items()
                if (kind := value.WhichOneof("kind"))
            }
        )
    return contents


def _check_record(record, images, labels, label):
    """Check a record, and return the place of its example."""
    for name, kind in [
        ("image", "bytes_list"),
        ("height", "int64_list"),
        ("width", "int64_list"),
        ("label", "int64_list"),
    ]:
        checks.require(
            name in record,
            f"{label} has records with {', '.join(sorted(record)) or 'nothing'} in them. {name} is missing.",
        )
        found, values = record[name]
        checks.require(
            found == kind and len(values) == 1,
            f"{label}: the {name} of a record is a {found} of {len(values)}; a {kind} of one is expected.",
        )
    places = np.flatnonzero(labels == record["label"][1][0])
    checks.require(
        len(places) == 1,
        f"{label} has a record with the label {record['label'][1][0]}, which was not among those given. "
        f"Given were {labels.min()} to {labels.max()}.",
    )
    place = int(places[0])
    shape = (record["height"][1][0], record["width"][1][0])
    swapped = shape == images.shape[:0:-1] and shape[0] != shape[1]
    checks.require(
        shape == images.shape[1:],
        f"{label} has a record with height {shape[0]} and width {shape[1]}. The images have shape "
        f"{images.shape[1:]}." + (" They are the wrong way round." if swapped else ""),
    )
    pixels = images[place].flatten()
    content = np.frombuffer(record["image"][1][0], dtype="uint8")
    checks.require(
        len(content) == len(pixels),
        f"{label} has an image of {len(content)} bytes. {len(pixels)} are expected, one for each pixel.",
    )
    checks.require(
        np.array_equal(content, pixels),
        f"{label}: the pixels with the label {labels[place]} are not those of its image, row after row.",
    )
    return place


def _check_written(images, labels, n_shards, as_text=False):
    """Have shards written into a new folder, and look into each of them."""
    folder = checks.new_folder()
    given = str(folder) if as_text else folder
    call = checks.call(answers.write_shards, images, labels, given, n_shards)
    label = f"write_shards with {len(images)} examples and n_shards={n_shards}"
    checks.require(
        isinstance(call.result, (list, tuple)),
        f"{label} gave a {checks.kind(call.result)}. A list of paths is expected.",
    )
    paths = _as_texts(call.result)
    checks.require(
        len(set(paths)) == len(paths) == n_shards,
        f"{label} gave {len(paths)} paths, {len(set(paths))} of them different. Expected {n_shards}.",
    )
    places, sizes = [], []
    for path in paths:
        records = _records(path)
        checks.require(
            _is_in(path, str(folder)),
            f"{label} gave {path}, which is not in the folder {folder}. Return whole paths.",
        )
        checks.require(
            records != "missing",
            f"{label}: there is no file {path}. An empty shard is a file, too.",
        )
        checks.require(isinstance(records, list), f"{label}: {path} is {records}.")
        sizes.append(len(records))
        places += [_check_record(record, images, labels, label) for record in records]
    lost = len(images) - len(set(places))
    checks.require(
        lost == 0,
        f"{label} has lost {lost} of the examples. Some shards must take one more.",
    )
    checks.require(
        len(places) == len(images), f"{label}: some examples are written more than once."
    )
    checks.require(
        max(sizes) - min(sizes) <= 1,
        f"{label} has shards of {', '.join(map(str, sizes))} examples. They may differ by one at most.",
    )


def test_write_shards():
    _check_written(*_images(np.random.default_rng(1), 5, 2, 3), 3)
    _check_written(*_images(np.random.default_rng(2), 2, 3, 3), 4)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    images, labels = _images(rng, 23, 5, 4)
    _check_written(images, labels, 5, as_text=True)
    _check_written(images[:, ::-1, ::2], labels.astype("int16"), 1)
    _check_written(images, rng.permutation(200)[:23].astype("uint8"), 23)
    _check_written(images, labels * 10**9, int(rng.integers(6, 11)))
    _check_written(images[:10], labels[:10].astype("int32"), 4)
    ### END HIDDEN TESTS


@checks.beside
def _write(path, images, labels):
    """Write a file in the format of the lesson."""
    with tf.io.TFRecordWriter(str(path)) as file:
        for pixels, label in zip(images, labels):
            record = tf.train.Example()
            kept = record.features.feature
            kept["image"].bytes_list.value.append(bytes(pixels.ravel()))
            for name, number in zip(("height", "width", "label"), (*pixels.shape, label)):
                kept[name].int64_list.value.append(number)
            serialised = record.SerializeToString()
            file.write(serialised)


def _check_read(rng, sizes, batch_size, height=3, width=5):
    """Write files with these numbers of examples, and check two epochs of what is read."""
    images, labels = _images(rng, sum(sizes), height, width)
    parts = np.split(np.arange(len(labels)), np.cumsum(sizes)[:-1])
    folder, paths = checks.new_folder(), []
    for number, part in enumerate(parts):
        paths.append(str(folder / f"{number}.tfrecord"))
        _write(paths[-1], images[part], labels[part])
    call = checks.call(answers.read_shards, paths, batch_size)
    label = f"read_shards of files with {', '.join(map(str, sizes[:8]))}{', …' if sizes[8:] else ''} examples"
    checks.require(
        checks.is_a(call.result, tf.data.Dataset),
        f"{label} gave a {checks.kind(call.result)}; a tf.data.Dataset is expected.",
    )
    whose = np.repeat(np.arange(len(sizes)), sizes)
    for epoch in ("", ", in the second epoch,"):
        advice = "Or the pixels of an image are not in their places: they lie row after row."
        order, _ = _epoch(call.result, images, labels, batch_size, label + epoch, advice)
        turn = len(sizes)
        for start in range(0, turn * min(sizes), turn):
            files = whose[order[start : start + turn]]
            checks.require(
                len(set(files)) == turn,
                f"{label}{epoch} takes its examples {start + 1} to {start + turn} from "
                f"{len(set(files))} of the {turn} files. An example of each file in turn: all files at "
                "once (cycle_length).",
            )


def test_read_shards():
    _check_read(np.random.default_rng(3), [3, 3], 4)
    _check_read(np.random.default_rng(4), [3] * 24, 16)  # more files than most computers have cores
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_read(rng, [4, 0, 3], 5)
    _check_read(rng, [5, 9, 7], 2, height=7, width=2)
    _check_read(rng, [1] * 3 + [0] * 4, 10)
    _check_read(rng, [6], 3, height=1, width=4)
    _check_read(rng, [6, 5, 5], 1)
    _check_read(rng, [2] * 30, 100, height=int(rng.integers(2, 9)), width=1)
    ### END HIDDEN TESTS


def _check_shards(n_examples, n_workers):
    """Check the shards of all workers together."""
    shards = []
    for rank in range(n_workers):
        call = checks.call(answers.shard, n_examples, n_workers, rank)
        checks.require(
            call.result is not None, f"{call.label} gave None. Does it end with `return`?"
        )
        part = np.asarray(call.result)
        listed = isinstance(call.result, (list, range)) and part.size == 0
        checks.require(
            part.ndim == 1 and (part.dtype.kind in "iu" or listed),
            f"{call.label} gave an array of dtype {part.dtype} and shape {part.shape}. Indices are "
            "expected: an array of integers, (n,), even if it is empty.",
        )
        again = np.asarray(checks.call(answers.shard, n_examples, n_workers, rank).result)
        checks.require(
            np.array_equal(part, again),
            f"{call.label} gives another shard each time. The workers must agree on who has what.",
        )
        shards.append(part.astype(int))
    whose = f"The shards of {n_examples} examples for {n_workers} workers"
    together = np.concatenate(shards)
    sizes = [len(part) for part in shards]
    checks.require(
        np.all((together >= 0) & (together < n_examples)),
        f"{whose} contain the index {together.max(initial=0)} or a negative one. Indices run from 0 to "
        f"{n_examples - 1}.",
    )
    found = np.unique(together)
    checks.require(len(found) == len(together), f"{whose} have an index in common, or one twice.")
    missing = np.setdiff1d(np.arange(n_examples), found)
    checks.require(
        len(missing) == 0,
        f"{whose} leave out {len(missing)} of the examples: {', '.join(map(str, missing[:5]))}"
        f"{', …' if len(missing) > 5 else ''}. Somebody must take what is left over.",
    )
    checks.require(
        max(sizes) - min(sizes) <= 1,
        f"{whose} have {', '.join(map(str, sizes))} examples. They may differ by one at most: spread "
        "what is left over.",
    )


def test_shard():
    _check_shards(8, 3)
    _check_shards(1, 3)
    ### BEGIN HIDDEN TESTS
    for n_examples, n_workers in [
        (9, 3),
        (11, 4),
        (10, 4),
        (33, 2),
        (7, 1),
        (5, 5),
        (3, 8),
        (103, 10),
    ]:
        _check_shards(n_examples, n_workers)
    rng = checks.fresh_rng()
    for n_workers in rng.integers(2, 12, size=3).tolist():
        _check_shards(int(rng.integers(100, 300)), n_workers)
    ### END HIDDEN TESTS


def _check_average(worker_gradients, worker_sizes, given=None):
    """Compare an answer with the weighted mean, and name the usual slips.

    `given` is what the answer gets instead of the arrays: the same numbers as tensors.
    """
    call = checks.call(answers.average_gradients, given or worker_gradients, worker_sizes)
    n_variables, n_workers = len(worker_gradients[0]), len(worker_sizes)
    checks.require(
        isinstance(call.result, (list, tuple)) and len(call.result) == n_variables,
        f"{call.label} should give a list with one gradient for each of the {n_variables} variables"
        + (
            f"; it has {len(call.result)} entries."
            if isinstance(call.result, (list, tuple))
            else f". It gave a {checks.kind(call.result)}."
        ),
    )
    n = sum(worker_sizes)
    for place, averaged in enumerate(call.result):
        gradients = [np.asarray(worker[place], dtype="float64") for worker in worker_gradients]
        right = np.average(gradients, axis=0, weights=worker_sizes)
        weighted = n * right
        checks.compare(
            averaged,
            right,
            f"The averaged gradient of variable {place} of {n_variables}, workers with "
            f"{', '.join(map(str, worker_sizes))} examples,",
            rtol=1e-4,
            mistakes={
                "That counts each worker alike. A worker with more examples counts for more.": (
                    sum(gradients) / n_workers
                ),
                "That is the plain sum of the workers' gradients.": sum(gradients),
                "The sum is not divided by the number of all examples.": weighted,
                "You divide by the number of workers. Divide by the number of all examples.": (
                    weighted / n_workers
                ),
                "The gradients are not multiplied by the workers' numbers of examples.": (
                    sum(gradients) / n
                ),
                "The sizes are in the wrong order: worker_sizes[0] belongs to worker 0.": (
                    np.average(gradients, axis=0, weights=worker_sizes[::-1])
                ),
                "That is the first worker's gradient alone.": gradients[0],
            },
        )


### BEGIN HIDDEN TESTS
@checks.beside
def _tensors(worker_gradients):
    """The workers' gradients as tensors."""
    return [[tf.constant(array) for array in worker] for worker in worker_gradients]


### END HIDDEN TESTS


def test_average_gradients():
    _check_average(
        [[np.array([1.0, 2.0]), np.array(4.0)], [np.array([5.0, 6.0]), np.array(0.0)]], [3, 1]
    )
    _check_average([[np.array([1.0])], [np.array([3.0])], [np.array([20.0])]], [4, 4, 2])
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    shapes = [(4, 3), (3,), (3, 2), (2,), (), (2, 3, 1, 2)]
    for sizes in ([5, 11], [7, 7, 2], [6], [0, 3, 1], [1, 2, 3, 4, 90]):
        arrays = [[rng.normal(size=shape).astype("float32") for shape in shapes] for _ in sizes]
        _check_average(arrays, sizes)
        _check_average(arrays[:3], sizes[:3], given=_tensors(arrays[:3]))
    ### END HIDDEN TESTS


@checks.beside
def _strategy(device=None):
    """A strategy for one device, or the one that is in force."""
    return tf.distribute.OneDeviceStrategy(device) if device else tf.distribute.get_strategy()


@checks.beside
def _linear_model(kernel, bias):
    """A compiled linear model with these weights."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.set_weights([kernel, bias])
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error", metrics=["mae"])
    return model


@checks.beside
def _dataset(x, y, batch_size):
    """A dataset of batches, always in the same order."""
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)


def _check_training(strategy, rng, epochs, batch_size=8):
    """Train a linear model, and compare with the same steps computed in NumPy."""
    x, y = rng.normal(size=(16, 3)), rng.normal(size=(16, 1))
    kernel, bias = rng.normal(size=(3, 1)), rng.normal(size=1)
    found = []  # the strategy in force at each call of build_model

    def build_model():
        found.append(_strategy())
        return _linear_model(kernel, bias)

    losses, errors, weights = [], [], [kernel, bias]
    for _ in range(epochs):
        residuals = []
        for start in range(0, len(x), batch_size):
            part = slice(start, start + batch_size)
            residual = x[part] @ weights[0] + weights[1] - y[part]
            residuals.append(residual)
            weights = [
                weights[0] - 0.2 * x[part].T @ residual / batch_size,
                weights[1] - 0.2 * residual.mean(axis=0),
            ]
        losses.append(np.mean(np.square(residuals)))
        errors.append(np.mean(np.abs(residuals)))

    dataset = _dataset(x.astype("float32"), y.astype("float32"), batch_size)
    result = checks.call(answers.train_distributed, strategy, build_model, dataset, epochs).result
    label = f"train_distributed with {checks.kind(strategy)}"
    checks.require(len(found) > 0, f"{label} never calls build_model().")
    checks.require(
        found[0] is strategy,
        f"{label} calls build_model() outside the strategy's scope. Call it under "
        "`with strategy.scope():`.",
    )
    checks.require(
        len(found) == 1, f"{label} calls build_model() {len(found)} times. Once is enough."
    )
    checks.require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        f"{label} gave a {checks.kind(result)}. Expected: (model, history dict).",
    )
    model, history = result
    checks.require(
        checks.is_a(model, keras.Model),
        f"The first of the two results is a {checks.kind(model)}; the trained model is expected.",
    )
    checks.require(
        not checks.is_a(history, keras.callbacks.History),
        "The second of the two results is the History object. Its attribute `history` is the dict.",
    )
    checks.require(
        isinstance(history, dict) and {"loss", "mae"} <= set(history),
        f"The second of the two results is a {checks.kind(history)}"
        + (f" with {', '.join(map(str, history))}" if isinstance(history, dict) else "")
        + "; a dict with a list for 'loss' and one for 'mae' is expected.",
    )
    for name, expected in [("loss", losses), ("mae", errors)]:
        checks.compare(
            history[name],
            expected,
            f"history[{name!r}] of {label}, {epochs} epochs,",
            rtol=1e-4,
            mistakes={
                "That is the last epoch alone. A value for each epoch is expected.": expected[-1],
                "That is one epoch. Use the argument epochs.": expected[:1],
            },
        )
    for name, actual, expected, first in zip(
        ["kernel", "bias"], models.weights(model), weights, [kernel, bias]
    ):
        checks.compare(
            actual,
            expected,
            f"the {name} of the model that comes back from {label}",
            rtol=1e-4,
            atol=1e-5,
            mistakes={"The model that comes back is not trained.": first},
        )


### BEGIN HIDDEN TESTS
@checks.beside
def _replicas():
    """A strategy for two devices, where there are two."""
    n_devices = len(tf.config.list_logical_devices("CPU"))
    return tf.distribute.MirroredStrategy(
        [f"CPU:{i}" for i in range(min(n_devices, 2))],
        cross_device_ops=tf.distribute.ReductionToOneDevice(),
    )


### END HIDDEN TESTS


def test_train_distributed():
    rng = np.random.default_rng(0)
    _check_training(_strategy(), rng, epochs=2)
    _check_training(_strategy("CPU:0"), rng, epochs=1, batch_size=16)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    _check_training(_strategy("CPU:0"), rng, epochs=3, batch_size=4)
    _check_training(_replicas(), rng, epochs=2)
    ### END HIDDEN TESTS
