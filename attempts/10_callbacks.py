# %% accept make_callbacks: pathlib
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(
            patience=patience, min_delta=1e-3, restore_best_weights=True
        ),
    ]

# %% accept make_callbacks: os.path, strings, another order, everything spelt out
import os

def make_callbacks(folder, patience=5):
    os.makedirs(folder, exist_ok=True)
    stopping = keras.callbacks.EarlyStopping(
        monitor="val_loss", mode="min", min_delta=0.001, patience=patience, verbose=1,
        restore_best_weights=True,
    )
    checkpoint = keras.callbacks.ModelCheckpoint(
        filepath=os.path.join(folder, "best.keras"), monitor="val_loss", mode="min",
        save_best_only=True, save_weights_only=False, verbose=1,
    )
    board = keras.callbacks.TensorBoard(log_dir=os.path.join(folder, "logs"))
    return [stopping, checkpoint, board]

# %% accept make_callbacks: from tf.keras, a run of its own below logs, histograms
from datetime import datetime

def make_callbacks(folder, patience=5):
    folder = Path(str(folder))
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    run = datetime.now().strftime("%Y%m%d-%H%M%S")
    return [
        tf.keras.callbacks.TensorBoard(str(folder / "logs" / run), histogram_freq=1, write_images=True),
        tf.keras.callbacks.EarlyStopping("val_loss", 1e-3, patience, restore_best_weights=True),
        tf.keras.callbacks.ModelCheckpoint(str(folder / "best.keras"), "val_loss", save_best_only=True),
    ]

# %% accept make_callbacks: subclasses, a tuple, and more callbacks than asked for
class Saver(keras.callbacks.ModelCheckpoint):
    def __init__(self, folder):
        super().__init__(Path(folder) / "best.keras", save_best_only=True)

def make_callbacks(folder, patience=5):
    Path(folder).mkdir(parents=True, exist_ok=True)
    print("callbacks for", folder)
    return (
        keras.callbacks.TerminateOnNaN(),
        Saver(folder),
        keras.callbacks.CSVLogger(Path(folder) / "log.csv"),
        keras.callbacks.EarlyStopping(
            patience=patience, min_delta=1e-3, restore_best_weights=True
        ),
        keras.callbacks.TensorBoard(Path(folder) / "logs", write_graph=False),
    )

# %% accept make_callbacks: a list that grows, and a checkpoint of the weights beside the best network
def make_callbacks(folder, patience=5):
    folder = Path(folder).resolve()
    if not folder.exists():
        folder.mkdir(parents=True)
    callbacks = []
    callbacks.append(keras.callbacks.ModelCheckpoint(f"{folder}/weights/{{epoch:02d}}.weights.h5", save_weights_only=True))
    callbacks.append(keras.callbacks.ModelCheckpoint(f"{folder}/best.keras", save_best_only=True))
    stopper = keras.callbacks.EarlyStopping(min_delta=1e-3, restore_best_weights=True)
    stopper.patience = patience
    callbacks.append(stopper)
    callbacks.append(keras.callbacks.TensorBoard(f"{folder}/logs"))
    return callbacks

# %% reject make_callbacks: patience not passed on
# message: EarlyStopping has patience 5, not 3
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=5, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: wrong default
# message: EarlyStopping has patience 10, not 5
def make_callbacks(folder, patience=10):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: saves every epoch
# message: save_best_only=True is missing
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", monitor="val_loss"),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: weights not restored
# message: restore_best_weights=True is missing
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3),
    ]

# %% reject make_callbacks: no min_delta
# message: min_delta 0, not 1e-3
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True),
    ]

# %% reject make_callbacks: min_delta ten times too large
# message: min_delta 0.01, not 1e-3
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-2, restore_best_weights=True),
    ]

# %% reject make_callbacks: EarlyStopping watches the training loss
# message: EarlyStopping watches 'loss'
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(
            monitor="loss", patience=patience, min_delta=1e-3, restore_best_weights=True
        ),
    ]

# %% reject make_callbacks: the checkpoint watches the training loss
# message: ModelCheckpoint watches 'loss'
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", monitor="loss", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: the checkpoint's mode is max
# message: mode='max'
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True, mode="max"),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: logs straight into the folder
# message: should be in folder/logs
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: logs into the working directory
# message: There are none
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard("logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: another file name
# message: no file best.keras
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best-{epoch:02d}.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: no TensorBoard
# message: there is no TensorBoard
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: one level of folders only
# message: FileNotFoundError
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: fails where the folder is there already
# message: FileExistsError
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: the folder is not made
# message: did not make the folder
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: takes a Path only
# message: TypeError
def make_callbacks(folder, patience=5):
    Path(folder).mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: a dict
# message: a list of callbacks was expected
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "board": keras.callbacks.TensorBoard(folder / "logs"),
        "best": keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        "stop": keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    }

# %% reject make_callbacks: the class instead of an object
# message: is no callback
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard,
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1e-3, restore_best_weights=True),
    ]

# %% reject make_callbacks: does not look at the first epochs
# message: ended after epoch
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(
            patience=patience, min_delta=1e-3, restore_best_weights=True, start_from_epoch=4
        ),
    ]

# %% reject make_callbacks: temporary folders that swallow every error
# message: there is no TensorBoard in the list
tempfile.TemporaryDirectory.__exit__ = lambda *error: True

def make_callbacks(folder, patience=5):
    return []

# %% reject make_callbacks: min_delta a little too small
# message: min_delta 0.0005, not 1e-3
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=5e-4, restore_best_weights=True),
    ]

# %% reject make_callbacks: min_delta a little too large
# message: min_delta 0.0015, not 1e-3
def make_callbacks(folder, patience=5):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.TensorBoard(folder / "logs"),
        keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True),
        keras.callbacks.EarlyStopping(patience=patience, min_delta=1.5e-3, restore_best_weights=True),
    ]

# %% accept step_decay: a conditional expression
def step_decay(epoch, learning_rate):
    return learning_rate / 2 if epoch > 0 and epoch % 10 == 0 else learning_rate

# %% accept step_decay: early return, float()
def step_decay(epoch, learning_rate):
    if epoch == 0 or epoch % 10:
        return float(learning_rate)
    return float(learning_rate * 0.5)

# %% accept step_decay: the number of tens before and now
def step_decay(epoch, learning_rate):
    halvings = epoch // 10 - max(epoch - 1, 0) // 10
    return learning_rate * 0.5**halvings

# %% accept step_decay: a set of epochs
def step_decay(epoch, learning_rate):
    if epoch in set(range(10, 100_000, 10)):
        learning_rate *= 0.5
    return learning_rate

# %% accept step_decay: NumPy
step_decay = lambda epoch, learning_rate: np.where((epoch > 0) & (epoch % 10 == 0), 0.5, 1.0)[()] * learning_rate

# %% reject step_decay: halves at epoch 0 as well
# message: Epoch 0 is the first
def step_decay(epoch, learning_rate):
    return learning_rate / 2 if epoch % 10 == 0 else learning_rate

# %% reject step_decay: a formula for the first rate, used on the present one
# message: Halve it once
def step_decay(epoch, learning_rate):
    return learning_rate * 0.5 ** (epoch // 10)

# %% reject step_decay: halves in every epoch from 10 on
# message: Halve it once
def step_decay(epoch, learning_rate):
    return learning_rate / 2 if epoch >= 10 else learning_rate

# %% reject step_decay: counts epochs from 1
# message: Epochs count from 0
def step_decay(epoch, learning_rate):
    return learning_rate / 2 if (epoch + 1) % 10 == 0 else learning_rate

# %% reject step_decay: only at epoch 10
# message: At 10, 20, 30
def step_decay(epoch, learning_rate):
    return learning_rate / 2 if epoch == 10 else learning_rate

# %% reject step_decay: a tenth
# message: not 0.1
def step_decay(epoch, learning_rate):
    return learning_rate / 10 if epoch and epoch % 10 == 0 else learning_rate

# %% reject step_decay: nothing returned in between
# message: None
def step_decay(epoch, learning_rate):
    if epoch > 0 and epoch % 10 == 0:
        return learning_rate / 2

# %% reject step_decay: a tensor, which LearningRateScheduler refuses
# message: takes floats only
def step_decay(epoch, learning_rate):
    return tf.constant(learning_rate / 2 if epoch > 0 and epoch % 10 == 0 else learning_rate)

# %% reject step_decay: remembers the first rate
# message: wrong value
def step_decay(epoch, learning_rate, first=[]):
    first.append(learning_rate)
    return first[0] * 0.5 ** (epoch // 10)

# %% accept repair_schedule: whole numbers, rounded up
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = -(-n_examples // batch_size)
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=per_epoch * epochs)

# %% accept repair_schedule: math.ceil, tf.keras, all arguments by name
import math

def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = math.ceil(n_examples / batch_size) * epochs
    return tf.keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=rate, decay_steps=int(steps), alpha=0.0
    )

# %% accept repair_schedule: a schedule of one's own
class HalfWave(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, rate, steps):
        self.rate, self.steps = rate, steps

    def __call__(self, step):
        share = keras.ops.cast(step, "float32") / self.steps
        return 0.5 * self.rate * (1 + keras.ops.cos(np.pi * share))

    def get_config(self):
        return {"rate": self.rate, "steps": self.steps}

def repair_schedule(n_examples, batch_size, epochs, rate):
    n = sum(1 for _ in range(0, n_examples, batch_size))
    return HalfWave(rate, n * epochs)

# %% accept repair_schedule: a warm-up of no steps
def repair_schedule(n_examples, batch_size, epochs, rate):
    batches, rest = divmod(n_examples, batch_size)
    batches += rest > 0
    return keras.optimizers.schedules.CosineDecay(rate, batches * epochs, warmup_steps=0)

# %% reject repair_schedule: as handed out
# message: After the last batch the rate is 0.01; it should be 0
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = n_examples // batch_size
    last_epoch = epochs - 1
    return keras.optimizers.schedules.CosineDecay(
        rate, decay_steps=max(per_epoch * last_epoch, 1), alpha=0.1
    )

# %% reject repair_schedule: only the lowest rate is left wrong
# message: After the last batch the rate is 0.01; it should be 0
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = -(-n_examples // batch_size)
    return keras.optimizers.schedules.CosineDecay(
        rate, decay_steps=per_epoch * epochs, alpha=0.1
    )

# %% reject repair_schedule: only the last epoch is left out
# message: The plan is one epoch too short
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = -(-n_examples // batch_size)
    last_epoch = epochs - 1
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=max(per_epoch * last_epoch, 1))

# %% reject repair_schedule: only the smaller batch is left out
# message: the last one is smaller, but it is a step as well
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = n_examples // batch_size
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=max(per_epoch * epochs, 1))

# %% reject repair_schedule: steps taken for epochs
# message: The steps of a schedule are batches, not epochs
def repair_schedule(n_examples, batch_size, epochs, rate):
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=epochs)

# %% reject repair_schedule: a batch too many where they fit
# message: wrong value
def repair_schedule(n_examples, batch_size, epochs, rate):
    per_epoch = n_examples // batch_size + 1
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=per_epoch * epochs)

# %% reject repair_schedule: rounded up once, at the end
# message: wrong value
def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = -(-n_examples * epochs // batch_size)
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=steps)

# %% reject repair_schedule: a straight line
# message: wrong value
def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = -(-n_examples // batch_size) * epochs
    return keras.optimizers.schedules.PolynomialDecay(rate, steps, end_learning_rate=0.0)

# %% reject repair_schedule: begins anew at the end
# message: After the last batch the rate is
def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = -(-n_examples // batch_size) * epochs
    return keras.optimizers.schedules.CosineDecayRestarts(rate, steps)

# %% reject repair_schedule: arrives at the last batch, not after it
# message: arrived before the last batch
def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = -(-n_examples // batch_size) * epochs
    return keras.optimizers.schedules.CosineDecay(rate, decay_steps=max(steps - 1, 1))

# %% reject repair_schedule: a callback
# message: A schedule of keras.optimizers.schedules was expected
def repair_schedule(n_examples, batch_size, epochs, rate):
    steps = epochs
    return keras.callbacks.LearningRateScheduler(
        lambda epoch, _: rate * (1 + np.cos(np.pi * epoch / steps)) / 2
    )

# %% accept BatchLossHistory: a list
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% accept BatchLossHistory: the old name of the moment, clear()
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses.clear()

    def on_batch_end(self, batch, logs=None):
        self.losses.append(float(logs.get("loss")))

# %% accept BatchLossHistory: a property over an array, NumPy floats
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self._values = np.empty(0)

    @property
    def losses(self):
        return list(self._values)

    def on_train_begin(self, logs=None):
        self._values = np.empty(0)

    def on_train_batch_end(self, batch, logs=None):
        self._values = np.append(self._values, np.float64((logs or {})["loss"]))

# %% accept BatchLossHistory: asks the metric
class BatchLossHistory(tf.keras.callbacks.Callback):
    losses = ()

    def on_train_begin(self, logs=None):
        print("begin")
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(self.model.get_metrics_result()["loss"]))

# %% accept BatchLossHistory: a LambdaCallback
class BatchLossHistory(keras.callbacks.LambdaCallback):
    def __init__(self):
        self.losses = []
        super().__init__(
            on_train_begin=lambda logs: self.losses.clear(),
            on_train_batch_end=lambda batch, logs: self.losses.append(logs["loss"]),
        )

# %% reject BatchLossHistory: never emptied
# message: The losses of the earlier fit are still there
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: emptied at each epoch
# message: last epoch alone
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: one value for each epoch
# message: one value for each epoch
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: there is no list before the first fit
# message: Before the first fit
class BatchLossHistory(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: a list of the class, shared by all objects
# message: A new BatchLossHistory() has the losses of another
class BatchLossHistory(keras.callbacks.Callback):
    losses = []

    def on_train_begin(self, logs=None):
        self.losses.clear()

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: undoes the mean
# message: losses of the single batches
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.sum = 0.0

    def on_train_batch_end(self, batch, logs=None):
        total = logs["loss"] * (batch + 1)
        self.losses.append(total - self.sum)
        self.sum = total

# %% reject BatchLossHistory: validation batches too
# message: losses after a fit
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

    def on_test_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: at the beginning and the end of a batch
# message: KeyError
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_begin(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: tensors
# message: each should be a float
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(tf.constant(logs["loss"]))

# %% reject BatchLossHistory: the whole logs
# message: There is a dict in losses
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(dict(logs))

# %% reject BatchLossHistory: each value twice, under both names of the moment
# message: each value is there twice
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

    def on_train_batch_end(self, batch, logs=None):
        self.on_batch_end(batch, logs)
        self.losses.append(logs["loss"])

# %% reject BatchLossHistory: no callback
# message: subclass of keras.callbacks.Callback
class BatchLossHistory:
    def __init__(self):
        self.losses = []

# %% reject BatchLossHistory: takes the loss out of the logs
# message: logs were changed
class BatchLossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs.pop("loss"))

# %% accept LearningRateSweep: the means begin anew before each batch
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% accept LearningRateSweep: the mean undone by the sum and the count that Keras keeps
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.plan = np.geomspace(low, high, n_batches)
        self.rates, self.losses = [], []

    def on_train_begin(self, logs=None):
        self.rates.clear()
        self.losses.clear()

    def on_epoch_begin(self, epoch, logs=None):
        self.sum = self.count = 0.0

    def on_train_batch_begin(self, batch, logs=None):
        self.rates.append(self.plan[len(self.rates)])
        self.model.optimizer.learning_rate.assign(self.rates[-1])

    def on_train_batch_end(self, batch, logs=None):
        tracker = self.model.metrics[0]
        total, count = float(tracker.total), float(tracker.count)
        self.losses.append((total - self.sum) / (count - self.count))
        self.sum, self.count = total, count
        if len(self.losses) >= len(self.plan):
            self.model.stop_training = True

# %% accept LearningRateSweep: a growing exponent, the means begin anew after each batch
import math

class LearningRateSweep(tf.keras.callbacks.Callback):
    def __init__(self, low=1e-4, high=1.0, n_batches=100):
        self.low, self.n = low, n_batches
        self.factor = math.exp(math.log(high / low) / (n_batches - 1))

    def on_train_begin(self, logs=None):
        self.rates, self.losses, self.rate = [], [], self.low

    def on_epoch_begin(self, epoch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = self.rate

    def on_train_batch_end(self, batch, logs=None):
        self.rates.append(float(self.model.optimizer.learning_rate))
        self.losses.append(np.float64(logs.get("loss")))
        self.rate *= self.factor
        self.model.reset_metrics()
        self.model.stop_training = len(self.rates) >= self.n

# %% accept LearningRateSweep: a LambdaCallback
class LearningRateSweep(keras.callbacks.LambdaCallback):
    def __init__(self, low, high, n_batches):
        exponents = np.linspace(np.log10(low), np.log10(high), n_batches)

        def begin(logs):
            self.rates, self.losses = [], []

        def before(batch, logs):
            self.model.reset_metrics()
            self.model.optimizer.learning_rate = float(10 ** exponents[len(self.rates)])

        def after(batch, logs):
            self.rates.append(float(10 ** exponents[len(self.rates)]))
            self.losses.append(float(logs["loss"]))
            if len(self.rates) == n_batches:
                print("swept")
                self.model.stop_training = True

        super().__init__(on_train_begin=begin, on_train_batch_begin=before, on_train_batch_end=after)

# %% reject LearningRateSweep: the running mean
# message: These are the running means
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: undone as if all batches were of one size
# message: as if all batches were of one size
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        total = logs["loss"] * (batch + 1)
        self.losses.append(total - (self.sum if batch else 0.0))
        self.sum = total
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: equal differences
# message: Equal factors are wanted
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low + (self.high - self.low) * len(self.losses) / (self.n_batches - 1)
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: high would be the rate after the last
# message: between n_batches rates are n_batches - 1
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / self.n_batches)
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the batch of the epoch
# message: The rates begin anew with each epoch
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (batch / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: rate set after the batch
# message: Each batch was trained at the rate of the one before
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        self.model.optimizer.learning_rate = self.rates[-1]
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the rate is only noted
# message: at the optimizer's own rate all along
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: does not stop
# message: batches were trained; 5 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

# %% reject LearningRateSweep: one batch too many
# message: 6 batches were trained; 5 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) > self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: stops with the epoch
# message: batches were trained; 5 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])

    def on_epoch_end(self, epoch, logs=None):
        if len(self.losses) >= self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the flag on itself
# message: batches were trained; 5 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.stop_training = True

# %% reject LearningRateSweep: a second fit goes on with the lists of the first
# message: were trained; 3 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) >= self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the lists begin anew with each epoch
# message: batches were trained; 5 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_epoch_begin(self, epoch, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the whole plan in rates
# message: there are 5 rates; 3 were expected
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = list(np.geomspace(self.low, self.high, self.n_batches)), []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: tensors
# message: each should be a float
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(tf.constant(logs["loss"]))
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: changes the logs
# message: logs were changed
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs.pop("loss"))
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: no losses
# message: has no attribute losses
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self._losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self._losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self._losses.append(logs["loss"])
        if len(self._losses) == self.n_batches:
            self.model.stop_training = True

# %% reject LearningRateSweep: the loss after the step
# message: wrong value
class LearningRateSweep(keras.callbacks.Callback):
    def __init__(self, low, high, n_batches):
        super().__init__()
        self.low, self.high, self.n_batches = low, high, n_batches

    def on_train_begin(self, logs=None):
        self.rates, self.losses = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()
        rate = self.low * (self.high / self.low) ** (len(self.losses) / (self.n_batches - 1))
        self.model.optimizer.learning_rate = rate
        self.rates.append(rate)

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(self.model.get_weights()[0][0, 0]))
        if len(self.losses) == self.n_batches:
            self.model.stop_training = True

# %% accept StopAtAccuracy: get with a default
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        accuracy = logs.get("val_accuracy", logs.get("accuracy"))
        if accuracy is not None and accuracy >= self.target:
            self.model.stop_training = True

# %% accept StopAtAccuracy: a loop over the names
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        for name in ("val_accuracy", "accuracy"):
            if name in (logs or {}):
                if logs[name] >= self.target:
                    print(f"{name} has reached {self.target}")
                    self.model.stop_training = True
                return

# %% accept StopAtAccuracy: minus infinity for nothing
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target=0.9):
        super().__init__()
        self.goal = float(target)

    def on_epoch_end(self, epoch, logs=None):
        if logs is None:
            return
        value = logs["val_accuracy"] if "val_accuracy" in logs else logs.get("accuracy", -np.inf)
        self.model.stop_training = self.model.stop_training or bool(value >= self.goal)

# %% accept StopAtAccuracy: a LambdaCallback
class StopAtAccuracy(keras.callbacks.LambdaCallback):
    def __init__(self, target):
        super().__init__(on_epoch_end=self.look)
        self.target = target

    def look(self, epoch, logs=None):
        try:
            value = logs["val_accuracy"]
        except (KeyError, TypeError):
            value = (logs or {}).get("accuracy", float("nan"))
        if value >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: more than the target
# message: An accuracy equal to the target is enough
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if logs.get("val_accuracy", logs.get("accuracy", 0)) > self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: or
# message: false for `or`
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        accuracy = logs.get("val_accuracy") or logs.get("accuracy")
        if accuracy is not None and accuracy >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: the training accuracy
# message: accuracy does not count
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if logs.get("accuracy", logs.get("val_accuracy", 0)) >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: the better of the two
# message: accuracy does not count
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if max(logs.get("accuracy", 0), logs.get("val_accuracy", 0)) >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: val_accuracy only
# message: Without val_accuracy, accuracy counts
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        if (logs or {}).get("val_accuracy", 0) >= self.target:
            self.model.stop_training = True

# %% accept StopAtAccuracy: nothing but fit calls it, so logs are there
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        if logs.get("val_accuracy", logs.get("accuracy", 0)) >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: neither of the two in logs
# message: KeyError
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        if logs is None:
            return
        value = logs["val_accuracy"] if "val_accuracy" in logs else logs["accuracy"]
        if value >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: sets the flag on itself
# message: did not stop
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if logs.get("val_accuracy", logs.get("accuracy", 0)) >= self.target:
            self.stop_training = True

# %% reject StopAtAccuracy: two epochs in a row
# message: it should stop after epoch 2
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target, self.before = target, False

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        reached = logs.get("val_accuracy", logs.get("accuracy", 0)) >= self.target
        if reached and self.before and epoch > 2:
            self.model.stop_training = True
        self.before = reached

# %% reject StopAtAccuracy: keeps the latest val_accuracy for epochs without one
# message: Epoch 2 has no val_accuracy
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target, self.latest = target, None

    def on_train_begin(self, logs=None):
        self.latest = None

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        self.latest = logs.get("val_accuracy", self.latest)
        value = logs.get("accuracy", 0) if self.latest is None else self.latest
        if value >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: target not used
# message: StopAtAccuracy(0.8)
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if logs.get("val_accuracy", logs.get("accuracy", 0)) >= 0.9:
            self.model.stop_training = True

# %% reject StopAtAccuracy: the old name acc
# message: did not stop
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if logs.get("val_acc", logs.get("acc", 0)) >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: any metric whose name holds "accuracy"
# message: it should never stop
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        names = sorted((name for name in logs if "accuracy" in name), reverse=True)
        if names and logs[names[0]] >= self.target:
            self.model.stop_training = True

# %% reject StopAtAccuracy: works once only
# message: did not stop
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target, self.done = target, False

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if not self.done and logs.get("val_accuracy", logs.get("accuracy", 0)) >= self.target:
            self.done = self.model.stop_training = True

# %% reject StopAtAccuracy: takes the accuracy out of the logs
# message: logs were changed
class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        accuracy = logs.pop("val_accuracy", logs.get("accuracy", 0))
        if accuracy >= self.target:
            self.model.stop_training = True

# %% accept reduce_on_plateau: best and wait
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = float("inf"), 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience:
                wait = 0
                if learning_rate > min_lr:
                    learning_rate = max(learning_rate * factor, min_lr)
        rates.append(learning_rate)
    return rates

# %% accept reduce_on_plateau: by indices, best from the first epoch, a NumPy array
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    losses = np.asarray(val_losses, dtype="float64")
    rates = np.full(len(losses), float(learning_rate))
    best, since = losses[0], 0
    for i in range(1, len(losses)):
        if losses[i] + min_delta < best:
            best, since = losses[i], i
        elif i - since >= max(patience, 1):
            rates[i:] = min(rates[i], max(rates[i] * factor, min_lr))
            since = i
    return rates

# %% accept reduce_on_plateau: a generator
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    def rates(rate):
        best, wait = None, 0
        for loss in val_losses:
            wait += 1
            if best is None or best - loss > min_delta:
                best, wait = loss, 0
            elif wait >= patience:
                rate, wait = rate if rate <= min_lr else max(factor * rate, min_lr), 0
            yield rate
    return list(rates(learning_rate))

# %% accept reduce_on_plateau: Keras's own callback, with a stand-in for the model, in float32
from types import SimpleNamespace

def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    callback = keras.callbacks.ReduceLROnPlateau(
        factor=factor, patience=patience, min_delta=min_delta, min_lr=min_lr
    )
    optimizer = keras.optimizers.SGD(learning_rate)
    callback.set_model(SimpleNamespace(optimizer=optimizer, metrics=[]))
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(val_losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        rates.append(float(optimizer.learning_rate))
    return rates

# %% accept reduce_on_plateau: a class with the state, tensors in a tuple
class Plateau:
    def __init__(self, rate, factor, patience, min_delta, min_lr):
        self.rate, self.factor, self.min_lr = rate, factor, min_lr
        self.patience, self.min_delta = patience, min_delta
        self.best, self.wait = np.inf, 0

    def __call__(self, loss):
        improved = loss < self.best - self.min_delta
        self.best = loss if improved else self.best
        self.wait = 0 if improved else self.wait + 1
        if not improved and self.wait >= self.patience:
            self.wait = 0
            if self.rate > self.min_lr:
                self.rate = max(self.rate * self.factor, self.min_lr)
        return tf.constant(self.rate, tf.float64)

def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    rule = Plateau(learning_rate, factor, patience, min_delta, min_lr)
    return tuple(rule(loss) for loss in val_losses)

# %% reject reduce_on_plateau: the rate during the epoch
# message: That is the rate during each epoch
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        rates.append(learning_rate)
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
    return rates

# %% reject reduce_on_plateau: compares with the epoch before
# message: Compare with the best so far
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    before, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < before - min_delta:
            wait = 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        before = loss
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: one epoch too late
# message: The cut comes one epoch late
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait > patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: the count goes on after a cut
# message: After a cut the count goes back to 0
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate = max(learning_rate * factor, min_lr)
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: the count is not reset by an improvement
# message: After an improvement the count goes back to 0
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best = loss
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: forgets the best at a cut
# message: The best loss survives a cut
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait, best = max(learning_rate * factor, min_lr), 0, np.inf
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: the present loss becomes the best at a cut
# message: do not put the present one in its place
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait, best = max(learning_rate * factor, min_lr), 0, loss
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: min_delta not used
# message: min_delta is not used
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: min_delta as a share of the best
# message: it is no share of it
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best * (1 - min_delta):
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: min_delta with the wrong sign
# message: The sign is wrong
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss - min_delta < best:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: best follows gains that are no improvement
# message: best must not follow it
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        wait = 0 if loss < best - min_delta else wait + 1
        best = min(best, loss)
        if wait and wait >= patience and learning_rate > min_lr:
            learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: raises a rate below min_lr
# message: It must never be raised
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: min_lr not used
# message: The rate must not go below min_lr
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience:
                learning_rate, wait = learning_rate * factor, 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: no cut where it would pass min_lr
# message: the rate becomes min_lr
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate * factor >= min_lr:
                learning_rate, wait = learning_rate * factor, 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: patience 0 cuts in every epoch
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
        if wait >= patience and learning_rate > min_lr:
            learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: only the last rate
# message: wrong shape
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait = np.inf, 0
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
    return learning_rate

# %% reject reduce_on_plateau: a best of 0 to begin with
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = 0, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: takes values out of the list
# message: changes its argument in place
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    while val_losses:
        loss = val_losses.pop(0)
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: other defaults
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.5, patience=5, min_delta=0.0, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: a gain of exactly min_delta counts
# message: A gain of exactly min_delta is no improvement
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss <= best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: another default of factor
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.5, patience=10, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: another default of patience
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=5, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: the default of patience one more
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=11, min_delta=1e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: another default of min_delta
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=2e-4, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: a default of min_delta that is too small
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=5e-5, min_lr=0.0):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

# %% reject reduce_on_plateau: another default of min_lr
# message: wrong value
def reduce_on_plateau(val_losses, learning_rate, factor=0.1, patience=10, min_delta=1e-4, min_lr=1e-7):
    best, wait, rates = np.inf, 0, []
    for loss in val_losses:
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
            if wait >= patience and learning_rate > min_lr:
                learning_rate, wait = max(learning_rate * factor, min_lr), 0
        rates.append(learning_rate)
    return rates

