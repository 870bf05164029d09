# %% accept save_and_reload: two calls
def save_and_reload(model, path):
    model.save(path)
    return keras.models.load_model(path)

# %% accept save_and_reload: functions of keras.saving
def save_and_reload(model, path):
    keras.saving.save_model(model, path, overwrite=True)
    return keras.saving.load_model(path)

# %% accept save_and_reload: through tf.keras, with a print
def save_and_reload(model, path):
    tf.keras.models.save_model(model, str(path))
    print("saved", Path(path).stat().st_size, "bytes")
    return tf.keras.models.load_model(str(path))

# %% accept save_and_reload: removes an older file first
def save_and_reload(model, path):
    path = Path(path)
    path.unlink(missing_ok=True)
    model.save(path.resolve())
    with open(path, "rb"):
        pass
    return keras.models.load_model(path, custom_objects=None, safe_mode=True)

# %% accept save_and_reload: the class method of an imported name, a warning
import warnings
from keras.models import load_model

def save_and_reload(model, path):
    keras.Model.save(model, path)
    warnings.warn("saved")
    return load_model(path)

# %% reject save_and_reload: the same model
# message: is the model that was given
def save_and_reload(model, path):
    model.save(path)
    keras.models.load_model(path)
    return model

# %% reject save_and_reload: no return
# message: Does the function end with
def save_and_reload(model, path):
    model.save(path)
    reloaded = keras.models.load_model(path)

# %% reject save_and_reload: loaded without compiling
# message: Leave compile=False out
def save_and_reload(model, path):
    model.save(path)
    return keras.models.load_model(path, compile=False)

# %% reject save_and_reload: compiled anew
# message: has lost its state
def save_and_reload(model, path):
    model.save(path)
    reloaded = keras.models.load_model(path)
    reloaded.compile(model.optimizer.__class__.from_config(model.optimizer.get_config()), model.loss)
    return reloaded

# %% reject save_and_reload: weights into a clone
# message: There is no file at
def save_and_reload(model, path):
    name = str(path).replace(".keras", ".weights.h5")
    model.save_weights(name)
    reloaded = keras.models.clone_model(model)
    reloaded.load_weights(name)
    return reloaded

# %% reject save_and_reload: a file of another name
# message: There is no file at
def save_and_reload(model, path):
    model.save("model.keras")
    return keras.models.load_model("model.keras")

# %% reject save_and_reload: a clone beside the file
# message: a prediction of
def save_and_reload(model, path):
    model.save(path)
    return keras.models.clone_model(model)

# %% reject save_and_reload: does not replace an older file
# message: a prediction of the model in the file
def save_and_reload(model, path):
    if not Path(path).exists():
        model.save(path)
    return keras.models.load_model(path)

# %% reject save_and_reload: the file is written before it is loaded, but by a clone
# message: a prediction of
def save_and_reload(model, path):
    keras.models.clone_model(model).save(path)
    return keras.models.load_model(path)

# %% reject save_and_reload: HDF5 under another ending
# message: There is no file at
def save_and_reload(model, path):
    name = str(path) + ".h5"
    model.save(name)
    return keras.models.load_model(name)

# %% reject save_and_reload: keeps the file for a moment only
# message: There is no file at
def save_and_reload(model, path):
    model.save(path)
    reloaded = keras.models.load_model(path)
    Path(path).unlink()
    return reloaded

# %% reject save_and_reload: a file without the optimizer state
# message: The optimizer of the model in the file has lost its state
def save_and_reload(model, path):
    bare = keras.models.clone_model(model)
    bare.set_weights(model.get_weights())
    model.save(path)
    reloaded = keras.models.load_model(path)
    bare.compile(type(model.optimizer).from_config(model.optimizer.get_config()), model.loss)
    bare.save(path)
    return reloaded

# %% reject save_and_reload: not written
# message: not written yet
def save_and_reload(model, path):
    raise NotImplementedError()

# %% reject save_and_reload: temporary folders that swallow every error
# message: the reloaded model is None
tempfile.TemporaryDirectory.__exit__ = lambda *error: True

def save_and_reload(model, path):
    model.save(path)

# %% accept fit_resumably: a backup that is not deleted
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup])
    return model, len(history.epoch)

# %% accept fit_resumably: a .keras file for each epoch, with its number
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    numbers = sorted(int(path.stem.split("-")[1]) for path in folder.glob("epoch-*.keras"))
    done = numbers[-1] if numbers else 0
    model = keras.models.load_model(folder / f"epoch-{done}.keras") if done else build_model()
    if done >= epochs:
        return model, 0
    keep = keras.callbacks.ModelCheckpoint(str(folder / "epoch-{epoch}.keras"))
    model.fit(dataset, initial_epoch=done, epochs=epochs, verbose=0, callbacks=[keep])
    return model, epochs - done

# %% accept fit_resumably: tf.train.Checkpoint with a counter
def fit_resumably(build_model, dataset, folder, epochs):
    model, epoch, n = build_model(), tf.Variable(0), 0
    state = tf.train.Checkpoint(model=model, optimizer=model.optimizer, epoch=epoch)
    manager = tf.train.CheckpointManager(state, str(folder), max_to_keep=2)
    state.restore(manager.latest_checkpoint)
    while int(epoch) < epochs:
        model.fit(dataset, verbose=0)
        epoch.assign_add(1)
        manager.save()
        n += 1
    return model, n

# %% accept fit_resumably: one file, the epoch from the optimizer's steps
import os

def fit_resumably(build_model, dataset, folder, epochs):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "state.keras")
    model = keras.saving.load_model(path) if os.path.exists(path) else build_model()
    first = int(model.optimizer.iterations) // len(dataset)
    for epoch in range(first, epochs):
        model.fit(dataset, verbose=0)
        model.save(os.path.join(folder, "next.keras"))
        os.replace(os.path.join(folder, "next.keras"), path)
    return model, max(0, epochs - first)

# %% accept fit_resumably: weights and a number in two files, a callback that saves
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True, parents=True)
    model = build_model()
    model.optimizer.build(model.trainable_variables)
    note = folder / "epochs.json"
    done = json.loads(note.read_text()) if note.exists() else 0
    if done:
        model.load_weights(folder / f"{done}.weights.h5")

    def keep(epoch, logs):
        model.save_weights(folder / f"{epoch + 1}.weights.h5")
        note.write_text(json.dumps(epoch + 1))

    saver = keras.callbacks.LambdaCallback(on_epoch_end=keep)
    history = model.fit(dataset, initial_epoch=done, epochs=epochs, callbacks=[saver], verbose=0)
    return [model, len(history.history.get("loss", []))]

# %% reject fit_resumably: the backup is deleted at the end
# message: The training began anew
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: the model is kept after each batch, the number after each epoch
# message: compared with a training in one piece
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    path, note = folder / "model.keras", folder / "done.txt"
    done = int(note.read_text()) if note.exists() else 0
    model = keras.models.load_model(path) if path.exists() else build_model()
    keep = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: model.save(path),
        on_epoch_end=lambda epoch, logs: note.write_text(str(epoch + 1)),
    )
    if done < epochs:
        model.fit(dataset, initial_epoch=done, epochs=epochs, callbacks=[keep], verbose=0)
    return model, max(epochs - done, 0)

# %% reject fit_resumably: a backup after each batch
# message: An epoch that was complete is trained again
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder, save_freq=1, delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: no backup at all
# message: The training began anew
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    history = model.fit(dataset, epochs=epochs, verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: all epochs are counted
# message: n counts the epochs of earlier calls
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, epochs

# %% reject fit_resumably: only the model
# message: two things
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model

# %% reject fit_resumably: the history instead of a number
# message: The number of epochs is expected
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    backup = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, history.epoch

# %% reject fit_resumably: epochs more, not in all
# message: Expected 0
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    path = folder / "model.keras"
    model = keras.models.load_model(path) if path.exists() else build_model()
    keep = keras.callbacks.ModelCheckpoint(path)
    history = model.fit(dataset, epochs=epochs, callbacks=[keep], verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: saved at the end only
# message: The training began anew
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    path = folder / "model.keras"
    model = keras.models.load_model(path) if path.exists() else build_model()
    done = int(model.optimizer.iterations) // len(dataset)
    if done >= epochs:
        return model, 0
    model.fit(dataset, initial_epoch=done, epochs=epochs, verbose=0)
    model.save(path)
    return model, epochs - done

# %% reject fit_resumably: the weights alone
# message: the optimizer's state was lost
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    model = build_model()
    done = len(list(folder.glob("*.npz")))
    if done:
        with np.load(folder / f"{done}.npz") as kept:
            model.set_weights([kept[name] for name in kept.files])
    for epoch in range(done, epochs):
        model.fit(dataset, verbose=0)
        np.savez(folder / f"{epoch + 1}.npz", *model.get_weights())
    return model, max(epochs - done, 0)

# %% reject fit_resumably: compiled anew after loading
# message: the optimizer's state was lost
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    done = len(list(folder.glob("*.keras")))
    model = build_model()
    if done:
        kept = keras.models.load_model(folder / f"{done}.keras")
        kept.compile(model.optimizer, model.loss, run_eagerly=True)
        model = kept
    for epoch in range(done, epochs):
        model.fit(dataset, verbose=0)
        model.save(folder / f"{epoch + 1}.keras")
    return model, max(epochs - done, 0)

# %% reject fit_resumably: the newest file by its name as a text
# message: An epoch that was complete is trained again
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    files = sorted(folder.glob("*.keras"))
    model = keras.models.load_model(files[-1]) if files else build_model()
    done = int(files[-1].stem) if files else 0
    if done < epochs:
        keep = keras.callbacks.ModelCheckpoint(str(folder / "{epoch}.keras"))
        model.fit(dataset, initial_epoch=done, epochs=epochs, callbacks=[keep], verbose=0)
    return model, max(epochs - done, 0)

# %% reject fit_resumably: the best epoch instead of the last one
# message: compared with a training in one piece
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    note = folder / "done.txt"
    done = int(note.read_text()) if note.exists() else 0
    best = folder / "best.keras"
    model = keras.models.load_model(best) if done else build_model()
    keep = keras.callbacks.ModelCheckpoint(best, monitor="loss", save_best_only=True)
    count = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: note.write_text(str(epoch + 1))
    )
    if done < epochs:
        model.fit(dataset, initial_epoch=done, epochs=epochs, callbacks=[keep, count], verbose=0)
    return model, max(epochs - done, 0)

# %% reject fit_resumably: an untrained model when nothing is left
# message: compared with a training in one piece
def fit_resumably(build_model, dataset, folder, epochs):
    note = Path(folder) / "training_metadata.json"
    model = build_model()
    if note.exists() and json.loads(note.read_text())["epoch"] >= epochs:
        return model, 0
    backup = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: the folder has to be there
# message: stopped with an error
def fit_resumably(build_model, dataset, folder, epochs):
    done = len(list(Path(folder).glob("*.keras")))
    path = Path(folder) / f"{done}.keras"
    model = keras.models.load_model(path) if done else build_model()
    for epoch in range(done, epochs):
        model.fit(dataset, verbose=0)
        with open(Path(folder) / f"{epoch + 1}.txt", "w"):
            pass
        model.save(Path(folder) / f"{epoch + 1}.keras")
    return model, max(epochs - done, 0)

# %% reject fit_resumably: one folder for all trainings
# message: Expected 2
def fit_resumably(build_model, dataset, folder, epochs):
    model = build_model()
    place = Path(folder).parent / "backup"
    backup = keras.callbacks.BackupAndRestore(place, delete_checkpoint=False)
    history = model.fit(dataset, epochs=epochs, callbacks=[backup], verbose=0)
    return model, len(history.epoch)

# %% reject fit_resumably: a negative number when more is there than is asked for
# message: Expected 0
def fit_resumably(build_model, dataset, folder, epochs):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    done = max((int(path.stem) for path in folder.glob("*.keras")), default=0)
    model = keras.models.load_model(folder / f"{done}.keras") if done else build_model()
    keep = keras.callbacks.ModelCheckpoint(str(folder / "{epoch}.keras"))
    model.fit(dataset, initial_epoch=done, epochs=epochs, callbacks=[keep], verbose=0)
    return model, epochs - done

# %% reject fit_resumably: not written
# message: not written yet
def fit_resumably(build_model, dataset, folder, epochs):
    raise NotImplementedError()

# %% accept copy_weights_by_name: a dict of the source's layers
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        if layer.name not in by_name or not layer.get_weights():
            continue
        new, old = by_name[layer.name].get_weights(), layer.get_weights()
        if [w.shape for w in new] == [w.shape for w in old]:
            layer.set_weights(new)
            copied.append(layer.name)
    return copied

# %% accept copy_weights_by_name: get_layer and its error
def copy_weights_by_name(source, target):
    names = []
    for layer in target.layers:
        try:
            twin = source.get_layer(layer.name)
        except ValueError:
            continue
        shapes = [w.shape for w in layer.weights]
        if shapes and shapes == [w.shape for w in twin.weights]:
            for mine, other in zip(layer.weights, twin.weights):
                mine.assign(other)
            names.append(layer.name)
    return names

# %% accept copy_weights_by_name: assigns after looking at all shapes, a tuple
def copy_weights_by_name(source, target):
    def agree(a, b):
        return len(a) == len(b) > 0 and all(p.shape == q.shape for p, q in zip(a, b))

    found = {layer.name: layer.weights for layer in source.layers}
    names = tuple(
        layer.name for layer in target.layers if agree(layer.weights, found.get(layer.name, []))
    )
    for name in names:
        target.get_layer(name).set_weights([np.array(w) for w in found[name]])
    print("copied", names)
    return names

# %% accept copy_weights_by_name: set_weights refuses what does not fit
def copy_weights_by_name(source, target):
    names = {layer.name for layer in source.layers}
    copied = []
    for layer in target.layers:
        if layer.name in names and len(layer.weights) > 0:
            new = source.get_layer(layer.name).get_weights()
            if tuple(map(np.shape, new)) == tuple(map(np.shape, layer.get_weights())):
                layer.set_weights(new)
                copied += [layer.name]
    return copied

# %% accept copy_weights_by_name: loops over the source, then sorts
def copy_weights_by_name(source, target):
    order = [layer.name for layer in target.layers]
    copied = []
    for layer in source.layers:
        if layer.name in order and layer.weights:
            twin = target.layers[order.index(layer.name)]
            if [tuple(w.shape) for w in layer.weights] == [tuple(w.shape) for w in twin.weights]:
                twin.set_weights(layer.get_weights())
                copied.append(layer.name)
    return sorted(copied, key=order.index)

# %% reject copy_weights_by_name: layers without weights are listed
# message: have no weights to copy
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        if layer.name in by_name:
            new = by_name[layer.name].get_weights()
            if [w.shape for w in new] == [w.shape for w in layer.get_weights()]:
                layer.set_weights(new)
                copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: names that begin alike
# message: should stay as it is
def copy_weights_by_name(source, target):
    copied = []
    for layer in target.layers:
        for twin in source.layers:
            if twin.name.startswith(layer.name) and layer.weights:
                if [w.shape for w in twin.weights] == [w.shape for w in layer.weights]:
                    layer.set_weights(twin.get_weights())
                    copied.append(layer.name)
                    break
    return copied

# %% reject copy_weights_by_name: upper and lower case alike
# message: should stay as it is
def copy_weights_by_name(source, target):
    by_name = {layer.name.lower(): layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name.lower())
        if twin is not None and layer.weights:
            if [w.shape for w in twin.weights] == [w.shape for w in layer.weights]:
                layer.set_weights(twin.get_weights())
                copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: by position
# message: should stay as it is
def copy_weights_by_name(source, target):
    copied = []
    for a, b in zip(source.layers, target.layers):
        if b.weights and [w.shape for w in a.get_weights()] == [w.shape for w in b.get_weights()]:
            b.set_weights(a.get_weights())
            copied.append(b.name)
    return copied

# %% reject copy_weights_by_name: zip over the weights stops at the shorter list
# message: should stay as it is
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights or not twin.weights:
            continue
        if all(a.shape == b.shape for a, b in zip(layer.weights, twin.weights)):
            for a, b in zip(layer.weights, twin.weights):
                a.assign(b)
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: looks at the kernel only
# message: stopped with an error
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers if layer.weights}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is not None and layer.weights and layer.weights[0].shape == twin.weights[0].shape:
            layer.set_weights(twin.get_weights())
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: weight by weight
# message: should stay as it is
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers if layer.weights}
    copied = []
    for layer in target.layers:
        if layer.name not in by_name or not layer.weights:
            continue
        for a, b in zip(layer.weights, by_name[layer.name].weights):
            if a.shape == b.shape:
                a.assign(b)
        if [w.shape for w in layer.weights] == [w.shape for w in by_name[layer.name].weights]:
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: shapes not looked at
# message: stopped with an error
def copy_weights_by_name(source, target):
    names = {layer.name for layer in source.layers}
    copied = []
    for layer in target.layers:
        if layer.name in names and layer.weights:
            layer.set_weights(source.get_layer(layer.name).get_weights())
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: how many numbers, not which shapes
# message: stopped with an error
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is not None and layer.weights and layer.count_params() == twin.count_params():
            layer.set_weights(twin.get_weights())
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: the source's order
# message: Their order should be that of target.layers
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in target.layers}
    copied = []
    for layer in source.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights:
            continue
        if [w.shape for w in layer.get_weights()] == [w.shape for w in twin.get_weights()]:
            twin.set_weights(layer.get_weights())
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: from target to source
# message: has changed
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights:
            continue
        if [w.shape for w in layer.get_weights()] == [w.shape for w in twin.get_weights()]:
            twin.set_weights(layer.get_weights())
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: nothing is copied
# message: has not got the weights
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    return [
        layer.name
        for layer in target.layers
        if layer.name in by_name
        and layer.weights
        and [w.shape for w in layer.get_weights()]
        == [w.shape for w in by_name[layer.name].get_weights()]
    ]

# %% reject copy_weights_by_name: no return
# message: gave None
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is not None and [w.shape for w in layer.get_weights()] == [
            w.shape for w in twin.get_weights()
        ]:
            layer.set_weights(twin.get_weights())

# %% reject copy_weights_by_name: trainable weights only
# message: has not got the weights
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights:
            continue
        if [w.shape for w in layer.weights] == [w.shape for w in twin.weights]:
            for a, b in zip(layer.trainable_weights, twin.trainable_weights):
                a.assign(b)
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: Dropout's random state taken for a weight
# message: 'dropped'
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.variables:
            continue
        if [w.shape for w in layer.variables] == [w.shape for w in twin.variables]:
            for a, b in zip(layer.variables, twin.variables):
                a.assign(b)
            copied.append(layer.name)
    return copied

# %% reject copy_weights_by_name: a set of names
# message: A list of names is expected
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = set()
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights:
            continue
        if [w.shape for w in layer.weights] == [w.shape for w in twin.weights]:
            layer.set_weights(twin.get_weights())
            copied.add(layer.name)
    return copied

# %% reject copy_weights_by_name: the layers, not their names
# message: The list of names is wrong
def copy_weights_by_name(source, target):
    by_name = {layer.name: layer for layer in source.layers}
    copied = []
    for layer in target.layers:
        twin = by_name.get(layer.name)
        if twin is None or not layer.weights:
            continue
        if [w.shape for w in layer.weights] == [w.shape for w in twin.weights]:
            layer.set_weights(twin.get_weights())
            copied.append(layer)
    return copied

# %% accept export_and_call: serve
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.serve(x).numpy()

# %% reject export_and_call: the loaded object has no name and is thrown away with its weights
# message: variables which have been deleted
def export_and_call(model, folder, x):
    model.export(folder)
    return tf.saved_model.load(folder).serve(x).numpy( )

# %% accept export_and_call: strings, and a tensor as the result
def export_and_call(model, folder, x):
    model.export(str(folder), format="tf_saved_model")
    loaded = tf.saved_model.load(str(folder))
    return loaded.serve(tf.constant(x))

# %% accept export_and_call: the signature
def export_and_call(model, folder, x):
    model.export(folder, verbose=False)
    loaded = tf.saved_model.load(str(folder))
    signature = loaded.signatures["serving_default"]
    return np.array(list(signature(tf.constant(x)).values())[0])

# %% accept export_and_call: TFSMLayer
def export_and_call(model, folder, x):
    model.export(folder)
    layer = keras.layers.TFSMLayer(str(folder), call_endpoint="serve")
    return keras.ops.convert_to_numpy(layer(x))

# %% accept export_and_call: one example at a time
def export_and_call(model, folder, x):
    keras.Model.export(model, folder)
    loaded = tf.saved_model.load(folder)
    return np.concatenate([loaded.serve(x[i : i + 1]) for i in range(len(x))])

# %% accept export_and_call: an ExportArchive, the folder emptied first
import shutil

def export_and_call(model, folder, x):
    shutil.rmtree(folder, ignore_errors=True)
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serve", model.call, input_signature=[tf.TensorSpec((None, *x.shape[1:]), tf.float32)]
    )
    archive.write_out(str(folder))
    loaded = tf.saved_model.load(str(folder))
    return np.asarray(loaded.serve(x))

# %% accept export_and_call: compares with the Keras model, converts back and forth
def export_and_call(model, folder, x):
    model.export(folder)
    served = tf.saved_model.load(folder)
    y = model(x)
    result = served.serve(x)
    print("largest difference", float(tf.reduce_max(tf.abs(y - result))))
    return np.array(result.numpy().tolist(), dtype="float32")

# %% reject export_and_call: the outputs of the Keras model
# message: Load the SavedModel
def export_and_call(model, folder, x):
    model.export(folder)
    return model.predict(x)

# %% reject export_and_call: the outputs of the Keras model, before the export
# message: Load the SavedModel
def export_and_call(model, folder, x):
    y = np.array(model(x))
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    loaded.serve(x)
    return y

# %% reject export_and_call: nothing is exported
# message: There is no saved_model.pb
def export_and_call(model, folder, x):
    return model.predict(x)

# %% reject export_and_call: a folder of its own
# message: There is no saved_model.pb
def export_and_call(model, folder, x):
    model.export("export")
    loaded = tf.saved_model.load("export")
    return loaded.serve(x).numpy()

# %% reject export_and_call: one folder further down
# message: There is no saved_model.pb
def export_and_call(model, folder, x):
    version = Path(folder) / "1"
    model.export(version)
    loaded = tf.saved_model.load(version)
    return loaded.serve(x).numpy()

# %% reject export_and_call: a .keras file
# message: There is no saved_model.pb
def export_and_call(model, folder, x):
    Path(folder).mkdir(exist_ok=True)
    model.save(Path(folder) / "m.keras")
    return keras.models.load_model(Path(folder) / "m.keras").predict(x)

# %% reject export_and_call: calls the loaded object
# message: TypeError
def export_and_call(model, folder, x):
    model.export(folder)
    return tf.saved_model.load(folder)(x).numpy()

# %% reject export_and_call: load_model
# message: ValueError
def export_and_call(model, folder, x):
    model.export(folder)
    return keras.models.load_model(folder).predict(x)

# %% reject export_and_call: the dict of the signature
# message: gave a dict
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.signatures["serving_default"](tf.constant(x))

# %% reject export_and_call: does not replace an older export
# message: wrong
def export_and_call(model, folder, x):
    if not (Path(folder) / "saved_model.pb").exists():
        model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.serve(x).numpy()

# %% reject export_and_call: the folder must not exist
# message: FileExistsError
def export_and_call(model, folder, x):
    Path(folder).mkdir()
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.serve(x).numpy()

# %% reject export_and_call: the first example only
# message: wrong shape
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.serve(x).numpy()[0]

# %% reject export_and_call: the classes
# message: Those are the classes
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return loaded.serve(x).numpy().argmax(axis=-1)

# %% reject export_and_call: squeezed
# message: wrong shape
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    return np.squeeze(loaded.serve(x).numpy())

# %% reject export_and_call: TensorFlow's own saving, without the endpoint
# message: has no endpoint
def export_and_call(model, folder, x):
    tf.saved_model.save(model, str(folder))
    return model.predict(x)

# %% reject export_and_call: no return
# message: gave None
def export_and_call(model, folder, x):
    model.export(folder)
    loaded = tf.saved_model.load(folder)
    loaded.serve(x).numpy()

# %% reject export_and_call: temporary folders that swallow every error
# message: SavedModel file does not exist
class TemporaryDirectory:
    def __init__(self, *args, **kwargs):
        self.name = "/there/is/no/such/folder"

    def __enter__(self):
        return self.name

    def __exit__(self, *error):
        return True

tempfile.TemporaryDirectory = TemporaryDirectory

def export_and_call(model, folder, x):
    return tf.saved_model.load(str(Path(folder).parent / "export")).serve(x).numpy()

# %% reject export_and_call: removes the folder when it is done
# message: There is no saved_model.pb in the folder
import shutil

def export_and_call(model, folder, x):
    model.export(folder, verbose=False)
    loaded = tf.saved_model.load(folder)
    result = loaded.serve(x).numpy()
    shutil.rmtree(Path(folder).parent)
    return result

# %% accept prepare_image: alpha_composite
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("not a picture") from error
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    picture = Image.alpha_composite(white, picture).convert("L").resize((28, 28), Image.LANCZOS)
    x = np.asarray(picture).astype("float32") / 255
    return 1 - x if invert else x

# %% accept prepare_image: paste with a mask, PIL's own inversion
from PIL import ImageOps, UnidentifiedImageError

def prepare_image(path, invert=False):
    if not Path(path).exists():
        raise FileNotFoundError(path)
    try:
        with Image.open(path) as file:
            rgba = file.convert("RGBA")
    except (UnidentifiedImageError, OSError):
        raise ValueError(f"cannot read {path}")
    ground = Image.new("RGB", rgba.size, "white")
    ground.paste(rgba, mask=rgba.getchannel("A"))
    small = ImageOps.grayscale(ground).resize((28, 28), Image.Resampling.BOX)
    if invert:
        small = ImageOps.invert(small)
    return np.float32(np.array(small) / 255.0)

# %% accept prepare_image: NumPy for everything but the size, nearest pixel
def prepare_image(path, invert=False):
    try:
        pixels = np.asarray(Image.open(path).convert("RGBA"), dtype="float64") / 255
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise ValueError(str(error))
    rgb, alpha = pixels[..., :3], pixels[..., 3:]
    grey = (rgb * alpha + (1 - alpha)) @ [0.299, 0.587, 0.114]
    rows = np.arange(28) * grey.shape[0] // 28
    columns = np.arange(28) * grey.shape[1] // 28
    small = grey[np.ix_(rows, columns)]
    return (1 - small if invert else small).astype(np.float32)

# %% accept prepare_image: TensorFlow resizes and makes grey, a tensor comes back
def prepare_image(path, invert=False):
    try:
        rgba = np.array(Image.open(path).convert("RGBA"), dtype="float32") / 255
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(error)
    rgb = rgba[..., :3] * rgba[..., 3:] + 1 - rgba[..., 3:]
    grey = tf.image.rgb_to_grayscale(rgb)
    small = tf.clip_by_value(tf.image.resize(grey, (28, 28), antialias=True), 0, 1)[..., 0]
    return 1 - small if invert else small

# %% accept prepare_image: only where there is transparency, in helper functions
def _on_white(picture):
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "#ffffff")
        white.alpha_composite(picture)
        return white.convert("RGB")
    return picture.convert("RGB")

def prepare_image(path, invert=False):
    try:
        picture = Image.open(path)
        picture.load()
    except FileNotFoundError as error:
        raise FileNotFoundError(f"no file {path}") from error
    except (OSError, SyntaxError, EOFError):
        raise ValueError("no picture")
    small = _on_white(picture).convert("L").resize((28, 28), Image.BICUBIC)
    x = np.array(small, dtype=np.float32) / 255.0
    if invert:
        x = 1.0 - x
    return x

# %% accept prepare_image: resized with its colours first, grey afterwards
def prepare_image(path, invert=False):
    with open(path, "rb") as file:
        try:
            rgba = Image.open(file).convert("RGBA")
        except OSError as error:
            raise ValueError("no picture") from error
    white = Image.new("RGBA", rgba.size, "white")
    rgb = Image.alpha_composite(white, rgba).convert("RGB").resize((28, 28), Image.BILINEAR)
    x = np.asarray(rgb.convert("L")) / np.float32(255)
    return abs(x - np.float32(invert))

# %% accept prepare_image: the whole file is read, then opened
import io

def prepare_image(path, invert=False):
    content = Path(path).read_bytes()
    try:
        picture = Image.open(io.BytesIO(content)).convert("RGBA")
    except Exception as error:
        raise ValueError(f"{path}: {error}") from None
    flat = Image.composite(picture, Image.new("RGBA", picture.size, "white"), picture)
    # Composite mixes the opacity as well; put the colours on white by hand instead.
    flat = Image.new("RGBA", picture.size, "white")
    flat.paste(picture, (0, 0), picture)
    grey = np.array(flat.convert("L").resize((28, 28)), dtype="float32")
    return (255 - grey) / 255 if invert else grey / 255

# %% reject prepare_image: transparency dropped
# message: ransparen
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("L").resize((28, 28))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    x = np.asarray(picture, dtype="float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: laid on black
# message: laid on black
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    ground = Image.new("RGBA", picture.size, "black")
    picture = Image.alpha_composite(ground, picture).convert("L").resize((28, 28))
    x = np.asarray(picture, dtype="float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: not divided by 255
# message: divide by 255
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    x = np.asarray(Image.alpha_composite(white, picture).convert("L").resize((28, 28)), "float32")
    return 255 - x if invert else x

# %% reject prepare_image: 255 - x of numbers from 0 to 1
# message: not 255 - x
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    x = np.asarray(Image.alpha_composite(white, picture).convert("L").resize((28, 28)), "float32")
    x = x / 255
    return 255 - x if invert else x

# %% reject prepare_image: invert is ignored
# message: It is not inverted
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    return np.asarray(grey, "float32") / 255

# %% reject prepare_image: inverted unless told otherwise
# message: Invert only if asked
def prepare_image(path, invert=True):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: always inverted
# message: Invert only if asked
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    return 1 - np.asarray(grey, "float32") / 255

# %% reject prepare_image: inverted before it is laid on white
# message: invert last
from PIL import ImageOps

def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    alpha = picture.getchannel("A")
    grey = picture.convert("RGB").convert("L")
    if invert:
        grey = ImageOps.invert(grey)
    ground = Image.new("L", picture.size, 255)
    ground.paste(grey, mask=alpha)
    return np.asarray(ground.resize((28, 28)), "float32") / 255

# %% reject prepare_image: mean of the three colours
# message: mean of red, green and blue
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    rgb = Image.alpha_composite(white, picture).convert("RGB").resize((28, 28))
    x = np.asarray(rgb, "float32").mean(axis=2) / 255
    return 1 - x if invert else x

# %% reject prepare_image: the weights of television today
# message: ITU-R 709
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    rgb = Image.alpha_composite(white, picture).convert("RGB").resize((28, 28))
    x = (np.asarray(rgb) @ np.array([0.2126, 0.7152, 0.0722]) / 255).astype("float32")
    return 1 - x if invert else x

# %% reject prepare_image: padded instead of stretched
# message: wrong value
from PIL import ImageOps

def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    x = np.asarray(ImageOps.pad(grey, (28, 28), color=255), "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: cut to a square
# message: wrong value
from PIL import ImageOps

def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").crop((0, 0, 28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: thumbnail, which keeps the proportions
# message: wrong shape
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    grey.thumbnail((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: transposed
# message: Rows and columns are swapped
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32").T / 255
    return 1 - x if invert else x

# %% reject prepare_image: float64
# message: wrong dtype: float64
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    x = np.asarray(Image.alpha_composite(white, picture).convert("L").resize((28, 28))) / 255
    return 1 - x if invert else x

# %% reject prepare_image: a batch of one
# message: wrong shape: (1, 28, 28)
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32")[None] / 255
    return 1 - x if invert else x

# %% reject prepare_image: errors of Pillow get through
# message: should raise ValueError
def prepare_image(path, invert=False):
    picture = Image.open(path).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: a missing file is called no picture
# message: should raise FileNotFoundError
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: only opening is watched, not reading
# message: the second half of the file is missing
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    picture = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: shows what there is of a picture that is cut short
# message: the second half of the file is missing
from PIL import ImageFile

def prepare_image(path, invert=False):
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: Keras's loader, which knows nothing of transparency
# message: ransparen
def prepare_image(path, invert=False):
    try:
        picture = keras.utils.load_img(path, color_mode="grayscale", target_size=(28, 28))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    x = keras.utils.img_to_array(picture)[..., 0] / 255
    return 1 - x if invert else x

# %% reject prepare_image: RGBA only, a palette's transparency is lost
# message: mode LA
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path)
        picture.load()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    x = np.asarray(picture.convert("L").resize((28, 28)), "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: half-transparent pixels become white or black
# message: wrong value
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("no picture") from error
    pixels = np.array(picture)
    pixels[pixels[..., 3] < 255] = 255
    grey = Image.fromarray(pixels[..., :3]).convert("L").resize((28, 28))
    x = np.asarray(grey, "float32") / 255
    return 1 - x if invert else x

# %% reject prepare_image: temporary folders that swallow every error
# message: prepare_image of an RGB picture gave None
tempfile.TemporaryDirectory.__exit__ = lambda *error: True

def prepare_image(path, invert=False):
    Image.open(path)

# %% reject prepare_image: a byte has 256 values, so divide by 256
# message: White is 255, and should become 1
def prepare_image(path, invert=False):
    try:
        picture = Image.open(path).convert("RGBA")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError("not a picture") from error
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    picture = Image.alpha_composite(white, picture).convert("L").resize((28, 28), Image.LANCZOS)
    x = np.asarray(picture).astype("float32") / 256
    return 1 - x if invert else x
