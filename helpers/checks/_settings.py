"""The settings under which checks run, whatever a notebook has set for itself."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

_PRINTED = np.get_printoptions()


class _Setting(NamedTuple):
    """A setting of a library: how to read it, how to set it, and as what it comes."""

    read: Callable[[], Any]
    write: Callable[[Any], Any]
    usual: Any


@contextlib.contextmanager
def usual_settings() -> Iterator[None]:
    """Have the libraries as they are when they have just been imported, and afterwards as they were found.

    A precision, a data format or eager functions that a notebook has switched on stay the notebook's own
    business: without this, checks would fail with messages that blame the answer.
    """
    with contextlib.ExitStack() as stack:
        for setting in _settings():
            if (found := setting.read()) != setting.usual:
                stack.callback(setting.write, found)
                setting.write(setting.usual)
        stack.enter_context(np.errstate(all="warn"))
        stack.enter_context(np.printoptions(**_PRINTED))
        yield


def _settings() -> Iterator[_Setting]:
    """Those of the libraries that are loaded; a library that is not has all of its settings as usual."""
    if "keras" not in sys.modules or "tensorflow" not in sys.modules:
        return
    import keras
    import tensorflow as tf

    config, jit = keras.config, tf.config.optimizer
    yield _Setting(config.floatx, config.set_floatx, "float32")
    yield _Setting(lambda: config.dtype_policy().name, config.set_dtype_policy, "float32")
    yield _Setting(config.epsilon, config.set_epsilon, 1e-7)
    yield _Setting(config.image_data_format, config.set_image_data_format, "channels_last")
    yield _Setting(config.max_epochs, config.set_max_epochs, None)
    yield _Setting(config.max_steps_per_epoch, config.set_max_steps_per_epoch, None)
    yield _Setting(tf.config.functions_run_eagerly, tf.config.run_functions_eagerly, False)
    yield _Setting(lambda: jit.get_jit() == "autoclustering", jit.set_jit, False)
