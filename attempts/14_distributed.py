# %% accept make_dataset: shuffle, then batch
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size)

# %% accept make_dataset: a buffer larger than needed, prefetch, everything spelled out
def make_dataset(x, y, batch_size, shuffle_seed=None):
    xs = tf.data.Dataset.from_tensor_slices(x)
    ys = tf.data.Dataset.from_tensor_slices(y)
    return (
        tf.data.Dataset.zip((xs, ys))
        .cache()
        .shuffle(buffer_size=10 * len(x) + 1, seed=shuffle_seed, reshuffle_each_iteration=True)
        .batch(batch_size, drop_remainder=False, num_parallel_calls=tf.data.AUTOTUNE)
        .prefetch(tf.data.AUTOTUNE)
    )

# %% accept make_dataset: shuffles indices and gathers whole batches
def make_dataset(x, y, batch_size, shuffle_seed=None):
    tx, ty = tf.constant(x), tf.constant(y)
    indices = tf.data.Dataset.range(len(x)).shuffle(len(x), seed=shuffle_seed).batch(batch_size)
    return indices.map(lambda rows: (tf.gather(tx, rows), tf.gather(ty, rows)))

# %% accept make_dataset: a generator of batches with NumPy's random numbers
def make_dataset(x, y, batch_size, shuffle_seed=None):
    rng = np.random.default_rng(shuffle_seed)

    def batches():
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            yield x[rows], y[rows]

    return tf.data.Dataset.from_generator(
        batches,
        output_signature=(
            tf.TensorSpec((None, *x.shape[1:]), x.dtype),
            tf.TensorSpec((None, *y.shape[1:]), y.dtype),
        ),
    )

# %% accept make_dataset: two shuffles, the second after unbatching
def make_dataset(x, y, batch_size, shuffle_seed=None):
    n = len(y)
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size).unbatch()
    return dataset.shuffle(n, seed=shuffle_seed).shuffle(n, seed=shuffle_seed).batch(batch_size)

# %% accept make_dataset: the global seed instead of the operation's
def make_dataset(x, y, batch_size, shuffle_seed=None):
    if shuffle_seed is not None:
        tf.random.set_seed(shuffle_seed)
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset = dataset.shuffle(dataset.cardinality())
    print("batches of", batch_size)
    return dataset.batch(batch_size)

# %% accept make_dataset: a subset of steps in a helper, and a warning
import warnings

def _steps(dataset, n, batch_size, **options):
    return dataset.shuffle(n, **options).batch(batch_size).prefetch(1)

def make_dataset(x, y, batch_size, shuffle_seed=None):
    warnings.warn("shuffling")
    return tf.data.Dataset.from_tensor_slices((x, y)).apply(
        lambda dataset: _steps(dataset, x.shape[0], batch_size, seed=shuffle_seed)
    )

# %% accept make_dataset: random keys, sorted anew in each epoch by TensorFlow
def make_dataset(x, y, batch_size, shuffle_seed=None):
    n = len(x)
    epoch = tf.data.Dataset.random(seed=shuffle_seed, rerandomize_each_iteration=True).take(1)

    def examples(number):
        keys = tf.random.stateless_uniform((n,), seed=[number, 1])
        order = tf.argsort(keys)
        return tf.data.Dataset.from_tensor_slices((tf.gather(x, order), tf.gather(y, order)))

    return epoch.flat_map(examples).batch(batch_size)

# %% reject make_dataset: does not shuffle
# message: does not shuffle
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)

# %% reject make_dataset: batch before shuffle
# message: These are shuffled batches
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.batch(batch_size).shuffle(len(x), seed=shuffle_seed)

# %% reject make_dataset: shuffles batches, then cuts anew
# message: keeps neighbours together
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    return dataset.shuffle(len(x), seed=shuffle_seed).unbatch().batch(batch_size)

# %% reject make_dataset: shuffles batches, then within each batch
# message: neighbours only
def make_dataset(x, y, batch_size, shuffle_seed=None):
    indices = tf.data.Dataset.range(len(x)).batch(batch_size, drop_remainder=False)
    rng = np.random.default_rng(shuffle_seed)

    def batches():
        starts = np.arange(0, len(x), batch_size)
        full, last = starts[:-1], starts[-1:]
        for start in [starts[-2], *rng.permutation(starts[:-2]), *last] if len(starts) > 2 else starts:
            rows = rng.permutation(np.arange(start, min(start + batch_size, len(x))))
            yield x[rows], y[rows]

    signature = tuple(tf.TensorSpec((None, *a.shape[1:]), a.dtype) for a in (x, y))
    return tf.data.Dataset.from_generator(batches, output_signature=signature)

# %% reject make_dataset: a buffer as large as a batch
# message: too small
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(batch_size, seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: always a buffer of 1000
# message: give it room for all examples
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(1000, seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: always a buffer of 10000
# message: give it room for all examples
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(10_000, seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: half of the set as buffer
# message: too small
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x) // 2, seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: the same order in each epoch
# message: same order in both epochs
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset = dataset.shuffle(len(x), seed=shuffle_seed, reshuffle_each_iteration=False)
    return dataset.batch(batch_size)

# %% reject make_dataset: cache after shuffle
# message: same order in both epochs
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x), seed=shuffle_seed).cache().batch(batch_size)

# %% reject make_dataset: shuffled once, by NumPy
# message: same order in both epochs
def make_dataset(x, y, batch_size, shuffle_seed=None):
    order = np.random.default_rng(shuffle_seed).permutation(len(x))
    return tf.data.Dataset.from_tensor_slices((x[order], y[order])).batch(batch_size)

# %% reject make_dataset: ignores the seed
# message: Pass the seed on
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size)

# %% reject make_dataset: a fixed seed
# message: The seeds 7 and 8 give the same order
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=42).batch(batch_size)

# %% reject make_dataset: takes 0 for no seed
# message: 0 is a seed like any other
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset = dataset.shuffle(len(x), seed=shuffle_seed) if shuffle_seed else dataset.shuffle(len(x))
    return dataset.batch(batch_size)

# %% reject make_dataset: shuffles with a seed only
# message: does not shuffle
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    if shuffle_seed is not None:
        dataset = dataset.shuffle(len(x), seed=shuffle_seed)
    return dataset.batch(batch_size)

# %% reject make_dataset: x and y shuffled apart
# message: Shuffle them together
def make_dataset(x, y, batch_size, shuffle_seed=None):
    xs = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x), seed=shuffle_seed)
    ys = tf.data.Dataset.from_tensor_slices(y).shuffle(len(y), seed=shuffle_seed)
    return tf.data.Dataset.zip((xs, ys)).batch(batch_size)

# %% reject make_dataset: only x shuffled
# message: y of another example
def make_dataset(x, y, batch_size, shuffle_seed=None):
    xs = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x), seed=shuffle_seed)
    return tf.data.Dataset.zip((xs, tf.data.Dataset.from_tensor_slices(y))).batch(batch_size)

# %% reject make_dataset: drops the last batch
# message: no drop_remainder
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size, drop_remainder=True)

# %% reject make_dataset: repeats for ever
# message: no repeat
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size).repeat()

# %% reject make_dataset: repeats before batching
# message: no repeat
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.repeat().shuffle(len(x), seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: no batches
# message: The first element
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=shuffle_seed)

# %% reject make_dataset: an iterator
# message: a tf.data.Dataset is expected
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size).as_numpy_iterator()

# %% reject make_dataset: a dict
# message: should be pairs
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices({"x": x, "y": y})
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: from_tensors, the whole arrays as one element
# message: does not shuffle
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensors((x, y)).shuffle(len(x), seed=shuffle_seed).unbatch().batch(batch_size)

# %% reject make_dataset: converts x to float32
# message: have dtype
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((tf.cast(x, tf.float32), y))
    return dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: a seed for the first epoch alone
# message: different second ones
def make_dataset(x, y, batch_size, shuffle_seed=None):
    passes = []

    def batches():
        rng = np.random.default_rng(None if passes else shuffle_seed)
        passes.append(1)
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            yield x[rows], y[rows]

    signature = tuple(tf.TensorSpec((None, *a.shape[1:]), a.dtype) for a in (x, y))
    return tf.data.Dataset.from_generator(batches, output_signature=signature)

# %% reject make_dataset: draws with replacement
# message: exactly once
def make_dataset(x, y, batch_size, shuffle_seed=None):
    rng = np.random.default_rng(shuffle_seed)

    def batches():
        order = rng.integers(0, len(x), len(x))
        for start in range(0, len(x), batch_size):
            yield x[order[start : start + batch_size]], y[order[start : start + batch_size]]

    signature = tuple(tf.TensorSpec((None, *a.shape[1:]), a.dtype) for a in (x, y))
    return tf.data.Dataset.from_generator(batches, output_signature=signature)

# %% reject make_dataset: batches of 32, whatever is asked for
# message: batches of
def make_dataset(x, y, batch_size, shuffle_seed=None):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=shuffle_seed).batch(32)

# %% reject make_dataset: shuffles within each batch
# message: too small
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    return dataset.flat_map(
        lambda a, b: tf.data.Dataset.from_tensor_slices((a, b)).shuffle(batch_size, seed=shuffle_seed)
    ).batch(batch_size)

# %% reject make_dataset: no return
# message: a tf.data.Dataset is expected
def make_dataset(x, y, batch_size, shuffle_seed=None):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset.shuffle(len(x), seed=shuffle_seed).batch(batch_size)

# %% reject make_dataset: not written
# message: not written yet
def make_dataset(x, y, batch_size, shuffle_seed=None):
    raise NotImplementedError()

# %% accept repair_pipeline: augments after shuffling
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    return dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% accept repair_pipeline: the cache comes first, everything in parallel
def repair_pipeline(x, y, augment, batch_size):
    def change(example, label):
        return augment(example), label

    return (
        tf.data.Dataset.from_tensor_slices((x, y))
        .cache()
        .shuffle(4 * len(x), reshuffle_each_iteration=True)
        .map(change, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(batch_size, drop_remainder=False)
        .prefetch(2)
    )

# %% accept repair_pipeline: augments before shuffling, without a cache
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    examples = examples.map(lambda example, label: (augment(example), label))
    return examples.shuffle(len(x)).batch(batch_size)

# %% accept repair_pipeline: a generator that calls augment eagerly
def repair_pipeline(x, y, augment, batch_size):
    kind = augment(tf.constant(x[0])).dtype

    def examples():
        for i in np.random.permutation(len(x)):
            yield augment(tf.constant(x[i])), y[i]

    signature = (tf.TensorSpec(x.shape[1:], kind), tf.TensorSpec((), y.dtype))
    return tf.data.Dataset.from_generator(examples, output_signature=signature).batch(batch_size)

# %% accept repair_pipeline: whole batches, in which map_fn augments one example after another
def repair_pipeline(x, y, augment, batch_size):
    kind = augment(tf.constant(x[0])).dtype
    batches = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size)
    return batches.map(lambda a, b: (tf.map_fn(augment, a, fn_output_signature=kind), b))

# %% reject repair_pipeline: as handed out
# message: The last batch is missing
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    examples = examples.map(lambda example, label: (augment(example), label))
    examples = examples.cache()
    batches = examples.batch(batch_size, drop_remainder=True)
    batches = batches.shuffle(len(x), reshuffle_each_iteration=False)
    return batches.prefetch(tf.data.AUTOTUNE)

# %% reject repair_pipeline: only the rest is still dropped
# message: The last batch is missing
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    examples = examples.map(lambda example, label: (augment(example), label))
    return examples.batch(batch_size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)

# %% reject repair_pipeline: only the cache still comes after the augmentation
# message: the same change in both epochs
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    examples = examples.map(lambda example, label: (augment(example), label))
    examples = examples.cache().shuffle(len(x))
    return examples.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% reject repair_pipeline: only batches are still shuffled
# message: Shuffle the examples
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    examples = examples.map(lambda example, label: (augment(example), label))
    return examples.batch(batch_size).shuffle(len(x)).prefetch(tf.data.AUTOTUNE)

# %% reject repair_pipeline: only the order is still the same in each epoch
# message: the same order in both epochs
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y))
    examples = examples.shuffle(len(x), reshuffle_each_iteration=False)
    examples = examples.map(lambda example, label: (augment(example), label))
    return examples.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% reject repair_pipeline: a cache at the end of the pipeline
# message: the same change in both epochs
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    return examples.map(lambda a, b: (augment(a), b)).batch(batch_size).cache()

# %% reject repair_pipeline: the cache stands between shuffle and augmentation
# message: the same order in both epochs
def repair_pipeline(x, y, augment, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).cache()
    return examples.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% reject repair_pipeline: augments whole batches
# message: not a batch
def repair_pipeline(x, y, augment, batch_size):
    batches = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size)
    return batches.map(lambda a, b: (augment(a), b))

# %% reject repair_pipeline: augments everything once, beforehand
# message: the same change in both epochs
def repair_pipeline(x, y, augment, batch_size):
    changed = np.stack([augment(tf.constant(example)) for example in x])
    return tf.data.Dataset.from_tensor_slices((changed, y)).shuffle(len(x)).batch(batch_size)

# %% reject repair_pipeline: the augmentation is left out
# message: augment is not called
def repair_pipeline(x, y, augment, batch_size):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size)

# %% reject repair_pipeline: augments twice
# message: once for each example
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    return dataset.map(lambda a, b: (augment(augment(a)), b)).batch(batch_size)

# %% reject repair_pipeline: a buffer of a thousand
# message: too small
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000)
    return dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% reject repair_pipeline: a buffer of one batch
# message: too small
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(batch_size)
    return dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% reject repair_pipeline: no shuffling at all
# message: does not shuffle
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% reject repair_pipeline: repeats for ever
# message: no repeat
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).repeat()
    return dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% reject repair_pipeline: no return
# message: a tf.data.Dataset is expected
def repair_pipeline(x, y, augment, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))
    dataset.map(lambda a, b: (augment(a), b)).batch(batch_size)

# %% accept write_shards: deals the examples like cards
def _int(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[int(value)]))

def write_shards(images, labels, folder, n_shards):
    paths = [Path(folder) / f"{k:05d}.tfrecord" for k in range(n_shards)]
    writers = [tf.io.TFRecordWriter(str(path)) for path in paths]
    for i, (image, label) in enumerate(zip(images, labels)):
        feature = {
            "image": tf.train.Feature(bytes_list=tf.train.BytesList(value=[image.tobytes()])),
            "height": _int(image.shape[0]),
            "width": _int(image.shape[1]),
            "label": _int(label),
        }
        example = tf.train.Example(features=tf.train.Features(feature=feature))
        writers[i % n_shards].write(example.SerializeToString())
    for writer in writers:
        writer.close()
    return paths

# %% accept write_shards: contiguous parts, fields appended one by one
import os

def write_shards(images, labels, folder, n_shards):
    paths = []
    n, height, width = images.shape
    for k, part in enumerate(np.array_split(np.arange(n), n_shards)):
        path = os.path.join(folder, "shard%d" % k)
        with tf.io.TFRecordWriter(path) as writer:
            for i in part:
                example = tf.train.Example()
                feature = example.features.feature
                feature["image"].bytes_list.value.append(images[i].tobytes("C"))
                feature["height"].int64_list.value.append(height)
                feature["width"].int64_list.value.append(width)
                feature["label"].int64_list.value.append(labels[i])
                writer.write(example.SerializeToString())
        paths.append(path)
    return tuple(paths)

# %% accept write_shards: tf.data writes, in any order
def write_shards(images, labels, folder, n_shards):
    def encode(image, label):
        lists = {"height": image.shape[0], "width": image.shape[1], "label": int(label)}
        feature = {
            name: tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))
            for name, value in lists.items()
        }
        pixels = tf.train.BytesList(value=[bytes(image.reshape(-1).tolist())])
        feature["image"] = tf.train.Feature(bytes_list=pixels)
        feature["split"] = tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"train"]))
        return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()

    order = np.random.default_rng(0).permutation(len(images))
    bounds = np.linspace(0, len(images), n_shards + 1).astype(int)
    paths = []
    for k in range(n_shards):
        paths.append(f"{folder}/part.{k}")
        print("writing", paths[-1])
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in order[bounds[k] : bounds[k + 1]]:
                writer.write(encode(images[i], labels[i]))
    return paths

# %% reject write_shards: the rest is left out
# message: has lost
def write_shards(images, labels, folder, n_shards):
    n = len(images) // n_shards
    return _shards(images, labels, folder, [range(k * n, (k + 1) * n) for k in range(n_shards)])

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: the last shard takes the rest
# message: may differ by one at most
def write_shards(images, labels, folder, n_shards):
    n = len(images) // n_shards
    bounds = [*(k * n for k in range(n_shards)), len(images)]
    return _shards(images, labels, folder, [range(a, b) for a, b in zip(bounds, bounds[1:])])

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: rounded up, so that the last is short
# message: may differ by one at most
def write_shards(images, labels, folder, n_shards):
    size, n = -(-len(images) // n_shards), len(images)
    parts = [range(min(k * size, n), min((k + 1) * size, n)) for k in range(n_shards)]
    return _shards(images, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: no file for an empty shard
# message: paths
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels, folder, [part for part in parts if len(part)])

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: an empty shard is named, but not written
# message: An empty shard is a file, too
def write_shards(images, labels, folder, n_shards):
    paths = []
    for k in range(n_shards):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        part = range(k, len(images), n_shards)
        if part:
            (made,) = _shards(images, labels, folder, [part])
            Path(made).rename(Path(folder) / f"{k}.part")
    for path in paths:
        if Path(path).with_suffix(".part").exists():
            Path(path).with_suffix(".part").rename(path)
    return paths

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: height and width the wrong way round
# message: wrong way round
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[2]),
                    "width": _number(images.shape[1]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: names alone instead of paths
# message: Return whole paths
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return [Path(path).name for path in _shards(images, labels, folder, parts)]

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: each shard has everything
# message: more than once
def write_shards(images, labels, folder, n_shards):
    return _shards(images, labels, folder, [range(len(images))] * n_shards)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: one name for all
# message: 1 of them different
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return [_shards(images, labels, folder, [part])[0] for part in parts]

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: the pixels as floats
# message: one for each pixel
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images.astype("float32") / 255, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: the pixels as PNG
# message: one for each pixel
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[tf.io.encode_png(images[i][..., None]).numpy()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: labels cut to a byte
# message: which was not among those given
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels.astype("uint8"), folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: no width
# message: width is missing
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: the label as a float
# message: int64_list of one is expected
def write_shards(images, labels, folder, n_shards):
    parts = [range(k, len(images), n_shards) for k in range(n_shards)]
    return _shards(images, labels, folder, parts)

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": tf.train.Feature(float_list=tf.train.FloatList(value=[labels[i]])),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% reject write_shards: the path is no text
# message: error
def write_shards(images, labels, folder, n_shards):
    path = folder / "all.tfrecord"
    with tf.io.TFRecordWriter(path) as writer:
        writer.write(b"")
    return [path]

# %% reject write_shards: no tf.train.Example, pixels and label as they are
# message: is missing
def write_shards(images, labels, folder, n_shards):
    paths = []
    for k in range(n_shards):
        paths.append(str(Path(folder) / str(k)))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for _ in range(k, len(images), n_shards):
                writer.write(b"")
    return paths

# %% reject write_shards: NumPy's own format
# message: no TFRecord file
def write_shards(images, labels, folder, n_shards):
    paths = []
    for k in range(n_shards):
        paths.append(str(Path(folder) / f"{k}.npz"))
        np.savez(paths[-1], images=images[k::n_shards], labels=labels[k::n_shards])
    return paths

# %% reject write_shards: no return
# message: A list of paths is expected
def write_shards(images, labels, folder, n_shards):
    _shards(images, labels, folder, [range(k, len(images), n_shards) for k in range(n_shards)])

def _number(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

def _shards(images, labels, folder, parts):
    paths = []
    for k, part in enumerate(parts):
        paths.append(str(Path(folder) / f"{k}.tfrecord"))
        with tf.io.TFRecordWriter(paths[-1]) as writer:
            for i in part:
                pixels = tf.train.BytesList(value=[images[i].tobytes()])
                feature = {
                    "image": tf.train.Feature(bytes_list=pixels),
                    "height": _number(images.shape[1]),
                    "width": _number(images.shape[2]),
                    "label": _number(labels[i]),
                }
                example = tf.train.Example(features=tf.train.Features(feature=feature))
                writer.write(example.SerializeToString())
    return paths

# %% accept read_shards: interleave over all files
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=len(paths), block_length=1)
    return records.map(_decode, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)

# %% accept read_shards: decodes within each file, list_files, a longer cycle than there are files
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.list_files(paths, shuffle=False)
    examples = files.interleave(
        lambda path: tf.data.TFRecordDataset(path).map(_decode),
        cycle_length=10 + len(paths),
        num_parallel_calls=2,
    )
    return examples.batch(batch_size).prefetch(1)

# %% accept read_shards: everything in parallel, as TensorFlow likes
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(
        tf.data.TFRecordDataset,
        cycle_length=len(paths),
        num_parallel_calls=tf.data.AUTOTUNE,
        deterministic=True,
    )
    records = records.map(_decode, num_parallel_calls=tf.data.AUTOTUNE)
    return records.batch(batch_size).prefetch(tf.data.AUTOTUNE)

# %% accept read_shards: parses whole batches
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    def decode(records):
        found = tf.io.parse_example(records, _LAYOUT)
        pixels = tf.io.decode_raw(found["image"], tf.uint8)
        shape = (-1, found["height"][0], found["width"][0])
        return tf.reshape(pixels, shape), found["label"]

    files = tf.data.Dataset.from_tensor_slices(list(reversed(paths)))
    records = files.interleave(lambda path: tf.data.TFRecordDataset([path]), len(paths))
    return records.batch(batch_size).map(decode)

# %% accept read_shards: a generator, round by round
def read_shards(paths, batch_size):
    def examples():
        files = [list(tf.data.TFRecordDataset(path).as_numpy_iterator()) for path in paths]
        for turn in range(max(map(len, files))):
            for record in [file[turn] for file in files if turn < len(file)]:
                feature = tf.train.Example.FromString(record).features.feature
                number = {k: feature[k].int64_list.value[0] for k in ("height", "width", "label")}
                pixels = np.frombuffer(feature["image"].bytes_list.value[0], np.uint8)
                yield pixels.reshape(number["height"], number["width"]), number["label"]

    signature = (tf.TensorSpec((None, None), tf.uint8), tf.TensorSpec((), tf.int64))
    return tf.data.Dataset.from_generator(examples, output_signature=signature).batch(batch_size)

# %% reject read_shards: one file after the other
# message: An example of each file in turn
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    return tf.data.TFRecordDataset(paths).map(_decode).batch(batch_size)

# %% reject read_shards: two files at a time
# message: An example of each file in turn
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=2)
    return records.map(_decode).batch(batch_size)

# %% reject read_shards: blocks of two
# message: An example of each file in turn
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=len(paths), block_length=2)
    return records.map(_decode).batch(batch_size)

# %% reject read_shards: at most 16 files at a time
# message: An example of each file in turn
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=16)
    return records.map(_decode).batch(batch_size)

# %% reject read_shards: batches within each file
# message: has batches of
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(
        lambda path: tf.data.TFRecordDataset(path).map(_decode).batch(batch_size), len(paths)
    )

# %% reject read_shards: no batches
# message: The first element
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode)

# %% reject read_shards: drops the rest
# message: The last batch is missing
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, len(paths))
    return records.map(_decode).batch(batch_size, drop_remainder=True)

# %% reject read_shards: width before height
# message: and shape
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    def decode(record):
        image, label = _decode(record)
        return tf.reshape(image, (tf.shape(image)[1], tf.shape(image)[0])), label

    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(tf.data.TFRecordDataset, len(paths)).map(decode).batch(batch_size)

# %% reject read_shards: column after column
# message: row after row
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    def decode(record):
        image, label = _decode(record)
        height, width = tf.shape(image)[0], tf.shape(image)[1]
        return tf.transpose(tf.reshape(image, (width, height))), label

    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(tf.data.TFRecordDataset, len(paths)).map(decode).batch(batch_size)

# %% reject read_shards: the pixels in one row
# message: The first element
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    def decode(record):
        image, label = _decode(record)
        return tf.reshape(image, (-1,)), label

    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(tf.data.TFRecordDataset, len(paths)).map(decode).batch(batch_size)

# %% reject read_shards: pixels from 0 to 1
# message: have dtype float32
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode)
    return records.map(lambda x, y: (tf.cast(x, tf.float32) / 255, y)).batch(batch_size)

# %% reject read_shards: labels as int32
# message: have dtype int32
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode)
    return records.map(lambda x, y: (x, tf.cast(y, tf.int32))).batch(batch_size)

# %% reject read_shards: the first file alone
# message: has batches of 3
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    return tf.data.TFRecordDataset(paths[0]).map(_decode).batch(batch_size)

# %% reject read_shards: stops at the shortest file
# message: has batches of
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = [tf.data.TFRecordDataset(path).map(_decode) for path in paths]
    turns = tf.data.Dataset.range(len(paths)).repeat()
    return tf.data.Dataset.choose_from_datasets(
        files, turns, stop_on_empty_dataset=True
    ).batch(batch_size)

# %% reject read_shards: can be read once only
# message: should be pairs
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    records = files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode)
    once = iter(records)
    signature = (tf.TensorSpec((None, None), tf.uint8), tf.TensorSpec((), tf.int64))
    return tf.data.Dataset.from_generator(lambda: once, output_signature=signature).batch(batch_size)

# %% reject read_shards: a list of batches
# message: a tf.data.Dataset is expected
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    return list(files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode).batch(batch_size))

# %% reject read_shards: no return
# message: a tf.data.Dataset is expected
_LAYOUT = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "height": tf.io.FixedLenFeature([], tf.int64),
    "width": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}

def _decode(record):
    found = tf.io.parse_single_example(record, _LAYOUT)
    pixels = tf.io.decode_raw(found["image"], tf.uint8)
    return tf.reshape(pixels, [found["height"], found["width"]]), found["label"]

def read_shards(paths, batch_size):
    files = tf.data.Dataset.from_tensor_slices(paths)
    files.interleave(tf.data.TFRecordDataset, len(paths)).map(_decode).batch(batch_size)

# %% accept shard: every n_workers-th
def shard(n_examples, n_workers, rank):
    return np.arange(rank, n_examples, n_workers)

# %% accept shard: contiguous parts
def shard(n_examples, n_workers, rank):
    return np.array_split(np.arange(n_examples), n_workers)[rank]

# %% accept shard: by the remainder
def shard(n_examples, n_workers, rank):
    indices = np.arange(n_examples)
    return indices[indices % n_workers == rank]

# %% accept shard: contiguous, with bounds rounded down
def shard(n_examples, n_workers, rank):
    start = rank * n_examples // n_workers
    stop = (rank + 1) * n_examples // n_workers
    return np.arange(start, stop, dtype="int32")

# %% accept shard: a list
def shard(n_examples, n_workers, rank):
    return [i for i in range(n_examples) if i % n_workers == rank]

# %% accept shard: a range
def shard(n_examples, n_workers, rank):
    return range(n_examples)[rank::n_workers]

# %% accept shard: a tensor
def shard(n_examples, n_workers, rank):
    return tf.range(rank, max(n_examples, rank), n_workers)

# %% accept shard: a permutation with a fixed seed
def shard(n_examples, n_workers, rank):
    return np.random.default_rng(13).permutation(n_examples)[rank::n_workers]

# %% accept shard: by tf.data
def shard(n_examples, n_workers, rank):
    numbers = tf.data.Dataset.range(n_examples).shard(n_workers, rank)
    return np.array(list(numbers.as_numpy_iterator()), dtype="int64")

# %% accept shard: the last ones get one more
def shard(n_examples, n_workers, rank):
    size, rest = divmod(n_examples, n_workers)
    first_large = n_workers - rest
    start = rank * size + max(rank - first_large, 0)
    return start + np.arange(size + (rank >= first_large))

# %% reject shard: the rest is left out
# message: leave out 2 of the examples
def shard(n_examples, n_workers, rank):
    size = n_examples // n_workers
    return np.arange(rank * size, (rank + 1) * size)

# %% reject shard: the last worker takes the whole rest
# message: may differ by one at most
def shard(n_examples, n_workers, rank):
    size = n_examples // n_workers
    stop = n_examples if rank == n_workers - 1 else (rank + 1) * size
    return np.arange(rank * size, stop)

# %% reject shard: rounded up, so that the last is short
# message: may differ by one at most
def shard(n_examples, n_workers, rank):
    size = -(-n_examples // n_workers)
    return np.arange(n_examples)[rank * size : (rank + 1) * size]

# %% reject shard: rounded up, beyond the end
# message: contain the index 8
def shard(n_examples, n_workers, rank):
    size = -(-n_examples // n_workers)
    return np.arange(rank * size, (rank + 1) * size)

# %% reject shard: a random part, another each time
# message: another shard each time
def shard(n_examples, n_workers, rank):
    return np.random.permutation(n_examples)[rank::n_workers]

# %% reject shard: a random sample for each rank
# message: in common
def shard(n_examples, n_workers, rank):
    rng = np.random.default_rng(rank)
    return rng.choice(n_examples, (n_examples + n_workers - 1 - rank) // n_workers, replace=False)

# %% reject shard: ranks from 1
# message: in common
def shard(n_examples, n_workers, rank):
    return np.arange(n_examples)[rank - 1 :: n_workers]

# %% reject shard: a boolean mask
# message: dtype bool
def shard(n_examples, n_workers, rank):
    return np.arange(n_examples) % n_workers == rank

# %% reject shard: an empty array of floats
# message: dtype float64
def shard(n_examples, n_workers, rank):
    return np.array([i for i in range(n_examples) if i % n_workers == rank])

# %% reject shard: everything for everybody
# message: in common
def shard(n_examples, n_workers, rank):
    return np.arange(n_examples)

# %% reject shard: bounds instead of indices
# message: contain the index 8
def shard(n_examples, n_workers, rank):
    return np.array([rank * n_examples // n_workers, (rank + 1) * n_examples // n_workers])

# %% reject shard: neighbours share a border
# message: in common
def shard(n_examples, n_workers, rank):
    start = rank * n_examples // n_workers
    stop = (rank + 1) * n_examples // n_workers
    return np.arange(start, min(stop + 1, n_examples))

# %% reject shard: the shards of all
# message: Indices are expected
def shard(n_examples, n_workers, rank):
    return np.arange(n_examples - n_examples % n_workers).reshape(n_workers, -1)

# %% reject shard: an error where there are fewer examples than workers
# message: stopped with an error
def shard(n_examples, n_workers, rank):
    if n_examples < n_workers:
        raise ValueError("too few examples")
    return np.arange(rank, n_examples, n_workers)

# %% reject shard: no return
# message: gave None
def shard(n_examples, n_workers, rank):
    part = np.arange(rank, n_examples, n_workers)

# %% accept average_gradients: shares and a sum
def average_gradients(worker_gradients, worker_sizes):
    n = sum(worker_sizes)
    return [
        sum(size / n * gradient for size, gradient in zip(worker_sizes, gradients))
        for gradients in zip(*worker_gradients)
    ]

# %% accept average_gradients: np.average
def average_gradients(worker_gradients, worker_sizes):
    return [np.average(g, axis=0, weights=worker_sizes) for g in zip(*worker_gradients)]

# %% accept average_gradients: loops and copies
def average_gradients(worker_gradients, worker_sizes):
    averaged = []
    for v in range(len(worker_gradients[0])):
        total = np.zeros(np.shape(worker_gradients[0][v]))
        for w in range(len(worker_sizes)):
            total += worker_sizes[w] * np.asarray(worker_gradients[w][v])
        averaged.append(total / sum(worker_sizes))
    return averaged

# %% accept average_gradients: TensorFlow, add_n, a tuple
def average_gradients(worker_gradients, worker_sizes):
    shares = tf.cast(worker_sizes, tf.float32) / sum(worker_sizes)
    return tuple(
        tf.add_n([share * tf.cast(g, tf.float32) for share, g in zip(tf.unstack(shares), gradients)])
        for gradients in zip(*worker_gradients)
    )

# %% accept average_gradients: Keras ops, stack and tensordot
def average_gradients(worker_gradients, worker_sizes):
    weights = np.array(worker_sizes, "float32") / np.sum(worker_sizes)
    return [
        keras.ops.tensordot(weights, keras.ops.stack([keras.ops.cast(g, "float32") for g in gs]), axes=1)
        for gs in zip(*worker_gradients)
    ]

# %% accept average_gradients: einsum
def average_gradients(worker_gradients, worker_sizes):
    weights = np.divide(worker_sizes, np.sum(worker_sizes))
    return [np.einsum("w,w...->...", weights, np.stack(gs)) for gs in zip(*worker_gradients)]

# %% accept average_gradients: worker by worker
def average_gradients(worker_gradients, worker_sizes):
    total = [0.0 for _ in worker_gradients[0]]
    for gradients, size in zip(worker_gradients, worker_sizes):
        total = [t + size * g for t, g in zip(total, gradients)]
    return [t / sum(worker_sizes) for t in total]

# %% accept average_gradients: each gradient repeated for its examples
def average_gradients(worker_gradients, worker_sizes):
    return [
        np.repeat(np.stack(gradients), worker_sizes, axis=0).mean(axis=0)
        for gradients in zip(*worker_gradients)
    ]

# %% reject average_gradients: the plain mean
# message: counts each worker alike
def average_gradients(worker_gradients, worker_sizes):
    return [np.mean(g, axis=0) for g in zip(*worker_gradients)]

# %% reject average_gradients: the sum
# message: plain sum
def average_gradients(worker_gradients, worker_sizes):
    return [sum(g) for g in zip(*worker_gradients)]

# %% reject average_gradients: weighted, not divided
# message: not divided by the number of all examples
def average_gradients(worker_gradients, worker_sizes):
    return [sum(n * g for n, g in zip(worker_sizes, gs)) for gs in zip(*worker_gradients)]

# %% reject average_gradients: divided by the number of workers
# message: You divide by the number of workers
def average_gradients(worker_gradients, worker_sizes):
    return [
        sum(n * g for n, g in zip(worker_sizes, gs)) / len(worker_sizes)
        for gs in zip(*worker_gradients)
    ]

# %% reject average_gradients: the sum divided by the examples
# message: not multiplied
def average_gradients(worker_gradients, worker_sizes):
    return [sum(gs) / sum(worker_sizes) for gs in zip(*worker_gradients)]

# %% reject average_gradients: weights the wrong way round
# message: wrong order
def average_gradients(worker_gradients, worker_sizes):
    return [np.average(g, axis=0, weights=worker_sizes[::-1]) for g in zip(*worker_gradients)]

# %% reject average_gradients: inverse weights
# message: wrong value
def average_gradients(worker_gradients, worker_sizes):
    weights = [1 / max(n, 1) for n in worker_sizes]
    return [np.average(g, axis=0, weights=weights) for g in zip(*worker_gradients)]

# %% reject average_gradients: a list over workers
# message: no array of numbers
def average_gradients(worker_gradients, worker_sizes):
    n = sum(worker_sizes)
    return [[n_w / n * g for g in gs] for n_w, gs in zip(worker_sizes, worker_gradients)]

# %% reject average_gradients: averages over the variables
# message: error
def average_gradients(worker_gradients, worker_sizes):
    return [np.average(np.stack(gs), axis=0, weights=worker_sizes) for gs in worker_gradients]

# %% reject average_gradients: the first variable alone
# message: it has 1 entries
def average_gradients(worker_gradients, worker_sizes):
    n = sum(worker_sizes)
    return [sum(size / n * gs[0] for size, gs in zip(worker_sizes, worker_gradients))]

# %% reject average_gradients: the return stands inside the loop
# message: it has 1 entries
def average_gradients(worker_gradients, worker_sizes):
    averaged = []
    for gradients in zip(*worker_gradients):
        averaged.append(np.average(gradients, axis=0, weights=worker_sizes))
        return averaged

# %% reject average_gradients: one number for each variable
# message: wrong shape
def average_gradients(worker_gradients, worker_sizes):
    return [
        np.sum([n * np.mean(g) for n, g in zip(worker_sizes, gs)]) / sum(worker_sizes)
        for gs in zip(*worker_gradients)
    ]

# %% reject average_gradients: two workers only
# message: wrong value
def average_gradients(worker_gradients, worker_sizes):
    a, b = worker_gradients[0], worker_gradients[-1]
    m, n = worker_sizes[0], worker_sizes[-1]
    return [(m * g + n * h) / (m + n) for g, h in zip(a, b)]

# %% reject average_gradients: adds up in place
# message: in place
def average_gradients(worker_gradients, worker_sizes):
    total = worker_gradients[0]
    for v in range(len(total)):
        total[v] = total[v] * worker_sizes[0]
        for gradients, size in zip(worker_gradients[1:], worker_sizes[1:]):
            total[v] = total[v] + size * gradients[v]
    return [t / sum(worker_sizes) for t in total]

# %% reject average_gradients: a generator
# message: should give a list
def average_gradients(worker_gradients, worker_sizes):
    return (np.average(g, axis=0, weights=worker_sizes) for g in zip(*worker_gradients))

# %% reject average_gradients: shares in whole numbers
# message: wrong value
def average_gradients(worker_gradients, worker_sizes):
    n = sum(worker_sizes)
    return [sum(size // n * g for size, g in zip(worker_sizes, gs)) for gs in zip(*worker_gradients)]

# %% accept train_distributed: build under the scope, fit outside
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0)
    return model, history.history

# %% accept train_distributed: everything under the scope, a progress bar, a list
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
        history = model.fit(dataset, epochs=epochs)
    return [model, dict(history.history)]

# %% accept train_distributed: model.history afterwards
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    model.fit(dataset.prefetch(tf.data.AUTOTUNE), epochs=epochs, shuffle=False, verbose=2)
    return model, model.history.history

# %% accept train_distributed: one epoch after another
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    records = {}
    for epoch in range(epochs):
        history = model.fit(dataset, initial_epoch=epoch, epochs=epoch + 1, verbose=0)
        for name, values in history.history.items():
            records.setdefault(name, []).extend(values)
    return model, records

# %% accept train_distributed: strategy.run is not needed, a callback keeps the records
class _Keep(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.records = {}

    def on_epoch_end(self, epoch, logs=None):
        for name, value in logs.items():
            self.records.setdefault(name, []).append(np.float32(value))

def train_distributed(strategy, build_model, dataset, epochs):
    keep = _Keep()
    with strategy.scope():
        model = build_model()
        model.fit(dataset, epochs=epochs, callbacks=[keep], verbose=0)
    return model, keep.records

# %% accept train_distributed: repeat with steps_per_epoch
def train_distributed(strategy, build_model, dataset, epochs):
    scope = strategy.scope()
    with scope:
        model = build_model()
    history = model.fit(
        dataset.repeat(), epochs=epochs, steps_per_epoch=int(dataset.cardinality()), verbose=0
    )
    return model, history.history

# %% reject train_distributed: builds outside the scope
# message: outside the strategy's scope
def train_distributed(strategy, build_model, dataset, epochs):
    model = build_model()
    with strategy.scope():
        history = model.fit(dataset, epochs=epochs, verbose=0)
    return model, history.history

# %% reject train_distributed: ignores the strategy
# message: outside the strategy's scope
def train_distributed(strategy, build_model, dataset, epochs):
    model = build_model()
    return model, model.fit(dataset, epochs=epochs, verbose=0).history

# %% reject train_distributed: a strategy of its own
# message: outside the strategy's scope
def train_distributed(strategy, build_model, dataset, epochs):
    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        model = build_model()
    return model, model.fit(dataset, epochs=epochs, verbose=0).history

# %% reject train_distributed: scope() called, not entered
# message: outside the strategy's scope
def train_distributed(strategy, build_model, dataset, epochs):
    strategy.scope()
    model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0)
    return model, history.history

# %% reject train_distributed: the History object
# message: Its attribute `history` is the dict
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    return model, model.fit(dataset, epochs=epochs, verbose=0)

# %% reject train_distributed: the model alone
# message: Expected: (model, history dict)
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    model.fit(dataset, epochs=epochs, verbose=0)
    return model

# %% reject train_distributed: the wrong way round
# message: the trained model is expected
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    return model.fit(dataset, epochs=epochs, verbose=0).history, model

# %% reject train_distributed: one epoch
# message: Use the argument epochs
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    return model, model.fit(dataset, verbose=0).history

# %% reject train_distributed: the losses as a list
# message: a dict with a list for 'loss'
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    return model, model.fit(dataset, epochs=epochs, verbose=0).history["loss"]

# %% reject train_distributed: a dict of the last values
# message: history['loss']
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0).history
    return model, {name: values[-1] for name, values in history.items()}

# %% reject train_distributed: builds a second model to return
# message: calls build_model() 2 times
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        history = build_model().fit(dataset, epochs=epochs, verbose=0)
        return build_model(), history.history

# %% reject train_distributed: returns an untrained copy
# message: not trained
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
        start = keras.models.clone_model(model)
        start.set_weights(model.get_weights())
    history = model.fit(dataset, epochs=epochs, verbose=0)
    return start, history.history

# %% reject train_distributed: fits twice
# message: the kernel of the model
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0)
    model.fit(dataset, epochs=epochs, verbose=0)
    return model, history.history

# %% reject train_distributed: compiled again with another optimizer
# message: history['loss']
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
        model.compile("adam", "mse", metrics=["mae"])
    return model, model.fit(dataset, epochs=epochs, verbose=0).history

# %% reject train_distributed: the rate scaled by the number of replicas, batches too
# message: history['loss']
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    dataset = dataset.unbatch().batch(2)
    return model, model.fit(dataset, epochs=epochs, verbose=0).history

# %% reject train_distributed: an epoch too few
# message: wrong
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    return model, model.fit(dataset, epochs=epochs, initial_epoch=1, verbose=0).history

# %% reject train_distributed: no return
# message: gave a NoneType
def train_distributed(strategy, build_model, dataset, epochs):
    with strategy.scope():
        model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0)
