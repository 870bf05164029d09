"""The side of the answers: it does what the checks ask for, and says what came of it.

Beside a submission this is a process of its own, which nobody believes more than that the answers in it give
these values for these arguments. In a notebook it is the kernel.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import reduce
from typing import Any

import numpy as np
from ipykernel.iostream import OutStream

from helpers.checks._plain import Tree, decode, encode
from helpers.checks._settings import usual_settings

#: Characters of a message, and of what an object says it is.
LONGEST_MESSAGE, LONGEST_TEXT = 5_000, 300
#: Bytes of an array that an object is as good as.
LARGEST_ARRAY = 200 << 20

CallBack = Callable[[Tree], Tree]

_CHECKS_FOLDER = os.path.dirname(os.path.abspath(__file__))


class Candidate:
    """Serves the requests of a `Session`; a request is a list, and so is what comes back."""

    def __init__(
        self, names: MutableMapping[str, Any], beside: Mapping[str, Any], file: str
    ) -> None:
        """Answer for these names.

        Args:
            names: of the notebook: what the answers are called, and what they are.
            beside: the tests' own functions that run on this side.
            file: the name of the file that those are in.
        """
        self._names, self._beside, self._file = names, beside, file
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._test = contextlib.ExitStack()
        self._lent = contextlib.ExitStack()

    def serve(self, request: Tree, call_back: CallBack) -> Tree:
        """Do what is requested.

        Args:
            request: from a `Session`.
            call_back: takes a request to call a function of the tests, and gives what comes of it.
        """
        what, *parts = request
        return getattr(self, f"_{what}")(*parts, call_back)

    def _begin(self, _: CallBack) -> Tree:
        """Begin a test: nothing that happens now can cost a mark but what the answer gives."""
        self._end(_)
        self._test.enter_context(harmless_output())
        self._test.enter_context(warnings.catch_warnings())
        self._test.enter_context(usual_settings())
        warnings.simplefilter("ignore")
        return None

    def _end(self, _: CallBack) -> Tree:
        """End it: leave no settings and no folders behind, and forget its objects."""
        self._lent.close()
        self._test.close()
        self._objects, self._numbers = [], {}
        return None

    def _folder(self, _: CallBack) -> Tree:
        """Make an empty folder, which is removed at the end of the test."""
        folder = tempfile.mkdtemp(prefix="checks-")
        self._test.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _call(self, target: Tree, args: Tree, kwargs: Tree, call_back: CallBack) -> Tree:
        """Call something on copies of these arguments."""

        def values() -> tuple[list[Any], dict[str, Any]]:
            return self._decode(args, call_back), self._decode(kwargs, call_back)

        try:
            function = self._decode(target, call_back)
            given, before = values(), values()
            if not callable(function):
                return ["no function", type(function).__name__]
            with warnings.catch_warnings(record=True) as noted, np.errstate(all="warn"):
                warnings.simplefilter("always")
                result = function(*given[0], **given[1])
            overflow = any(
                issubclass(w.category, RuntimeWarning) and "overflow encountered" in str(w.message)
                for w in noted
            )
            return ["gave", self._encode(result), overflow, not same(before, given)]
        except BaseException as error:
            return self._raised(error)

    def _value(self, target: Tree, call_back: CallBack) -> Tree:
        """What something is."""
        try:
            return ["gave", self._encode(self._decode(target, call_back)), False, False]
        except BaseException as error:
            return self._raised(error)

    def _lend(self, answer: str, names: Tree, call_back: CallBack) -> Tree:
        """Lend an answer right functions in place of the student's other answers; whether there is one."""
        lent = self._decode(names, call_back)
        function = _function(self._names.get(answer))
        around = getattr(function, "__globals__", {})
        lent = {n: f for n, f in lent.items() if _cell(around.get(n)) != _cell(function)}
        own = {name: around[name] for name in lent if name in around}
        around.update(lent)

        def take_back() -> None:
            for name in lent:
                around.pop(name, None)
            around.update(own)

        self._lent.callback(take_back)
        return bool(lent)

    def _take_back(self, _: CallBack) -> Tree:
        self._lent.close()
        return None

    def _encode(self, value: Any) -> Tree:
        return encode(value, self._refer)

    def _refer(self, value: Any) -> Tree:
        """Keep an object; what goes over is its number, and what a message may say of it."""
        number = self._numbers.setdefault(id(value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        kinds = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(value).__mro__]
        name = getattr(value, "__name__", None)
        name = name if isinstance(name, str) else ""
        return ["object", number, kinds, name[:LONGEST_TEXT], _text(value), _array(value)]

    def _decode(self, tree: Tree, call_back: CallBack) -> Any:
        def resolve(kind: str, parts: list[Tree]) -> Any:
            match kind, parts:
                case "object", [number]:
                    return self._objects[number]
                case "answer", [name]:
                    if name not in self._names:
                        raise NameError(f"name {name!r} is not defined", name=name)
                    return self._names[name]
                case "attribute", [target, name]:
                    return getattr(self._decode(target, call_back), name)
                case "beside", [name]:
                    return self._beside[name]
                case "library", [module, name]:
                    found = reduce(getattr, name.split("."), importlib.import_module(module))
                    return getattr(found, "here", found)
                case "function", [number, name]:
                    return self._calling_back(number, name, call_back)
            raise ValueError(f"a reference of an unknown kind: {kind}")

        return decode(tree, resolve)

    def _calling_back(self, number: int, name: str, call_back: CallBack) -> Callable[..., Any]:
        """A function that has a function of the tests do its work."""

        def function(*args: Any, **kwargs: Any) -> Any:
            outcome, *parts = call_back([number, self._encode(list(args)), self._encode(kwargs)])
            if outcome == "raised":
                raise as_error(*parts)
            return self._decode(parts[0], call_back)

        function.__name__ = function.__qualname__ = name
        return function

    def _raised(self, error: BaseException) -> Tree:
        return describe_error(error, _place(error, self._file))


def describe_error(error: BaseException, place: str = "") -> Tree:
    """An error as it goes over: what kinds of error it is, what it says, where it came from."""
    kinds = [f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__]
    try:
        message = str(error)[:LONGEST_MESSAGE]
    except Exception:
        message = ""
    name = getattr(error, "name", None) if isinstance(error, NameError) else None
    return ["raised", kinds, message, place, name if isinstance(name, str) else ""]


def as_error(kinds: list[str], message: str, place: str, name: str) -> BaseException:
    """An error that went over: of the same name, and of the first of its kinds that Python itself has."""
    for kind in kinds:
        module, _, builtin = kind.rpartition(".")
        base = getattr(sys.modules["builtins"], builtin, None) if module == "builtins" else None
        if not (isinstance(base, type) and issubclass(base, BaseException)):
            continue
        told = kinds[0].rpartition(".")[2]
        parts = {"__module__": kinds[0].rpartition(".")[0], "__str__": lambda self: message}
        with contextlib.suppress(TypeError):  # it takes more than a message
            error: Any = type(told, (base,), parts)(message)
            error.place = place
            if isinstance(error, NameError):
                error.name = name
            return error
    return Exception(message)


@contextlib.contextmanager
def harmless_output() -> Iterator[None]:
    """Send standard error to standard output, for Python code and for TensorFlow's C++ alike.

    nbgrader gives no points to a test cell that wrote to standard error.
    """
    sys.stderr.flush()
    with contextlib.ExitStack() as stack:
        if isinstance(sys.stderr, OutStream):
            # A log handler may have kept this very object, so that replacing it is not enough.
            kernels_own = sys.stderr
            kernels_own.name = "stdout"
            stack.callback(setattr, kernels_own, "name", "stderr")
            stack.callback(kernels_own.flush)
        stack.enter_context(contextlib.redirect_stderr(sys.stdout))
        with contextlib.suppress(OSError):  # no descriptors 1 and 2: nothing to send anywhere
            saved = os.dup(2)
            stack.callback(os.close, saved)
            os.dup2(1, 2)
            stack.callback(os.dup2, saved, 2)
        yield


def same(before: Any, after: Any) -> bool:
    """Whether two nested arguments hold the same arrays, NaN included."""
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(same(before[k], after[k]) for k in before)
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, np.ndarray):
        # The bytes: an array that was only reshaped or cast in place has changed, too.
        return (
            isinstance(after, np.ndarray)
            and (before.shape, before.dtype) == (after.shape, after.dtype)
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, (str, bytes, int, float, complex)):
        return type(before) is type(after) and repr(before) == repr(after)  # NaN included
    return True


def _text(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:
        return f"a {type(value).__name__}"
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 3] + "..."


def _array(value: Any) -> Tree:
    """The array of numbers that an object is as good as, such as a tensor."""
    as_good = hasattr(type(value), "__array__") or isinstance(
        value, int | float | complex | list | tuple
    )
    if isinstance(value, type) or not as_good:
        return None
    with contextlib.suppress(Exception):
        array = np.asarray(value)
        if array.dtype.kind in "biufc" and array.nbytes <= LARGEST_ARRAY:
            return encode(array, lambda _: None)
    return None


def _place(error: BaseException, tests: str) -> str:
    """Name the last line through which the error came that is neither a test's nor a library's."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        in_library = "site-packages" in frame.filename or frame.filename.startswith(sys.prefix)
        if frame.filename.startswith(_CHECKS_FOLDER) or frame.filename == tests or in_library:
            continue
        return f"\n  in {frame.name}, line {frame.lineno}: {frame.line}"
    return ""


def _function(answer: Any) -> Any:
    """The function that an answer is: taken out of what it is wrapped in, or a method of its class."""
    answer = inspect.unwrap(answer)
    answer = getattr(answer, "pyfunc", getattr(answer, "func", answer))  # np.vectorize, partial
    if isinstance(answer, type):
        return answer.__init__
    if not hasattr(answer, "__globals__") and callable(answer):
        return type(answer).__call__
    return answer


def _cell(function: Any) -> str | None:
    """The cell in which a function was defined, if it is one."""
    return getattr(getattr(function, "__code__", None), "co_filename", None)
