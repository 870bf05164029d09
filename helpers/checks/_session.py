"""The side of the checks: what a test asks of the answers, and what it holds of them.

The answers may be in another process. So a test holds no object of theirs, but plain data, and references:
`answers.sigmoid` is one, and so is what a call gave that is no plain data, such as a model. A reference can
be called, handed to a `beside` function, and asked for with `value`; it can do nothing else by itself.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from helpers.checks._candidate import CallBack, as_error, describe_error
from helpers.checks._plain import Tree, decode, encode

#: Calls of a test's functions in one test.
MOST_CALLS_BACK = 100_000
#: Where functions and classes are from that both sides have.
_LIBRARIES = ("helpers", "numpy", "keras", "tensorflow")

#: Takes a request to the answers, and a function for what they call back; gives what comes of it.
Transport = Callable[[Tree, CallBack], Tree]


class Gone(BaseException):
    """The side of the answers has ended, or does not keep to the rules.

    It is not for the tests, nor for anybody who takes any `Exception` for the answer's.
    """


class Outcome(NamedTuple):
    """What came of a call: its result or its error, and what was noted meanwhile."""

    result: Any = None
    error: BaseException | None = None
    overflow: bool = False  # whether NumPy has warned of one
    changed: bool = False  # whether arguments were changed in place
    no_function: str = ""  # what there is instead of a function


class Reference:
    """Something on the side of the answers."""

    def __init__(self, tree: Tree, name: str) -> None:
        """Refer to what this tree stands for; messages call it by this name."""
        self._tree, self._called = tree, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, and give its result, plain data or a reference; its exception is raised here."""
        return session().result(self, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """Refer to one of its attributes."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Reference(["attribute", self._tree, name], name)

    def __repr__(self) -> str:
        """By its name."""
        return self._called

    def _ask(self, *_: Any) -> Any:
        raise TypeError(
            f"{self!r} is on the side of the answers: ask for it with checks.value, or look at it in a "
            "`beside` function"
        )

    __bool__ = __iter__ = __len__ = __contains__ = __getitem__ = __float__ = __int__ = _ask
    __lt__ = __le__ = __gt__ = __ge__ = _ask

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        """It is no array of numbers, unless it is an `Object` that is as good as one."""
        return np.array(self._called, dtype=object)


class Object(Reference):
    """Something that came from the answers, and is no plain data: a model, a tensor, a function."""

    def __init__(self, number: int, kinds: list[str], name: str, text: str, array: Any) -> None:
        """Keep what its side has said of it: `array` is what it is as good as, if anything."""
        super().__init__(["object", number], name or text)
        self._kinds, self._text, self._as_array = kinds, text, array
        self._name = name
        if name:
            self.__name__ = name

    @property
    def _kind(self) -> str:
        return self._kinds[0].rpartition(".")[2]

    def __getattr__(self, name: str) -> Any:
        """Refer to one of its attributes; what is as good as an array has its shape."""
        if name in ("shape", "ndim", "size", "dtype") and self._as_array is not None:
            return getattr(self._as_array, name)
        return super().__getattr__(name)

    def __repr__(self) -> str:
        """As on its own side."""
        return self._text

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        """The array that it is as good as."""
        if self._as_array is None:
            return super().__array__()
        return np.array(self._as_array, dtype=dtype)

    def __float__(self) -> float:
        """The number that it is as good as: NumPy asks for it in a list of such objects."""
        return self._ask() if self._as_array is None else float(self._as_array)

    def __int__(self) -> int:
        """The same for integers."""
        return self._ask() if self._as_array is None else int(self._as_array)

    def __complex__(self) -> complex:
        """The same for complex numbers."""
        return self._ask() if self._as_array is None else complex(self._as_array)


class Beside:
    """A function of the tests that runs on the side of the answers; see `beside`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """Run this function there."""
        functools.update_wrapper(self, function)
        self.here = function  # on this side, as a yardstick

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it, and give its result, plain data or a reference; its exception is raised here."""
        if _present is None:
            return self.here(*args, **kwargs)
        return _present.result(self, args, kwargs)


def beside(function: Any) -> Any:
    """Mark a function or a class of the tests that is needed on the side of the answers.

    A function handles answers, and gives back plain data: numbers, texts, arrays, lists and dictionaries of
    them. Only its source goes over, with the imports of the file and what else is marked. So it may use
    nothing else, and it holds inputs, never what is expected.
    """
    if isinstance(function, type):
        return function
    return Beside(function)


class Session:
    """Asks one candidate, for one test after another."""

    def __init__(self, transport: Transport, secret: bytes = b"") -> None:
        """Ask by this transport.

        Args:
            transport: to the candidate.
            secret: what the inputs of `fresh_rng` follow from.
        """
        self._transport, self._secret = transport, secret
        self._objects: dict[int, Object] = {}
        self._functions: list[Callable[..., Any]] = []
        self._calls_back = self._drawn = 0
        self._test = ""

    @contextlib.contextmanager
    def test(self, name: str) -> Iterator[None]:
        """Ask for this test, from its beginning to its end."""
        self._objects, self._functions = {}, []
        self._calls_back, self._drawn, self._test = 0, 0, name
        self._ask("begin")
        with _being_present(self):
            try:
                yield
            finally:
                self._ask("end")

    def call(self, function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Outcome:
        """Call something there, on copies of these arguments."""
        request = (self._encode(function), self._encode(list(args)), self._encode(dict(kwargs)))
        return self._outcome(self._ask("call", *request))

    def result(self, function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call something there, and give its result; its exception is raised here."""
        return _result(self.call(function, args, kwargs))

    def value(self, reference: Reference) -> Any:
        """What a reference stands for now: plain data where it is, or a reference."""
        return _result(self._outcome(self._ask("value", self._encode(reference))))

    def new_folder(self) -> Path:
        """Make an empty folder there."""
        folder = self._ask("folder")
        if not isinstance(folder, str):
            raise Gone("not the name of a folder")
        return Path(folder)

    @contextlib.contextmanager
    def lent(self, answer: str, names: Mapping[str, Any]) -> Iterator[bool]:
        """Lend an answer these functions for a while; whether there were any to lend."""
        try:
            yield self._ask("lend", answer, self._encode(dict(names))) is True
        finally:
            self._ask("take_back")

    def fresh_rng(self) -> np.random.Generator:
        """Random numbers that follow from the secret, the test, and how many were asked for before."""
        self._drawn += 1
        digest = hashlib.sha256(self._secret + f"{self._test} {self._drawn}".encode()).digest()
        return np.random.default_rng(list(digest))

    def _ask(self, *request: Tree) -> Tree:
        with _being_present(None):
            return self._transport(list(request), self._call_back)

    def _call_back(self, request: Tree) -> Tree:
        """Call a function of the test for the answers."""
        self._calls_back += 1
        if self._calls_back > MOST_CALLS_BACK:
            raise Gone(f"it calls functions of the check more than {MOST_CALLS_BACK:,} times")
        match request:
            case [int(number), args, kwargs] if 0 <= number < len(self._functions):
                args, kwargs = self._decode(args), self._decode(kwargs)
            case _:
                raise Gone("a call of a function that there is none of")
        with _being_present(self):
            try:
                return ["gave", self._encode(self._functions[number](*args, **kwargs))]
            except Exception as error:
                return describe_error(error)

    def _outcome(self, reply: Tree) -> Outcome:
        match reply:
            case ["gave", tree, bool(overflow), bool(changed)]:
                return Outcome(self._decode(tree), None, overflow, changed)
            case ["no function", str(kind)]:
                return Outcome(no_function=kind)
            case ["raised", list(kinds), str(message), str(place), str(name)]:
                error = as_error(_names(kinds), message, place, name)
                if not isinstance(error, Exception | SystemExit):
                    raise error
                return Outcome(error=error)
        raise Gone("not an outcome")

    def _encode(self, value: Any) -> Tree:
        return encode(value, self._refer)

    def _refer(self, value: Any) -> Tree:
        if isinstance(value, Reference):
            return value._tree
        function = getattr(value, "here", value)
        module, name = (
            getattr(function, "__module__", None),
            getattr(function, "__qualname__", None),
        )
        if isinstance(value, np.ufunc):
            return ["library", "numpy", value.__name__]
        if not callable(function) or not isinstance(name, str):
            raise TypeError(
                f"a {type(value).__name__} cannot go over to the side of the answers: make it there, in a "
                "`beside` function"
            )
        if (module or "").partition(".")[0] in _LIBRARIES and "<" not in name:
            return ["library", module, name]
        if isinstance(value, (Beside, type)):
            return ["beside", name]
        self._functions.append(function)
        return ["function", len(self._functions) - 1, name.rpartition(".")[2]]

    def _decode(self, tree: Tree) -> Any:
        try:
            return decode(tree, self._resolve)
        except ValueError as error:
            raise Gone(str(error)) from error

    def _resolve(self, kind: str, parts: list[Tree]) -> Any:
        match kind, parts:
            case "object", [int(number), list(kinds), str(name), str(text), tree]:
                array = None if tree is None else self._decode(tree)
                known = self._objects.setdefault(
                    number, Object(number, _names(kinds), name, text, array)
                )
                known._as_array, known._text = array, text  # it may have changed since
                return known
        raise ValueError("neither plain data nor an object")


_IDENTIFIERS = re.compile(r"[\w.<>]{1,300}")


def _names(kinds: list[Tree]) -> list[str]:
    """Names of classes, the most special one first."""
    good = [k for k in kinds[:100] if type(k) is str and _IDENTIFIERS.fullmatch(k)]
    if not good:
        raise Gone("not the names of classes")
    return good


def _result(outcome: Outcome) -> Any:
    if outcome.no_function:
        raise TypeError(f"'{outcome.no_function}' object is not callable")
    if outcome.error is not None:
        raise outcome.error
    return outcome.result


_present: Session | None = None


def session() -> Session:
    """The session of the test that is running.

    Raises:
        RuntimeError: none is.
    """
    if _present is None:
        raise RuntimeError(
            "a reference is only good while its test runs, on the side of the checks"
        )
    return _present


@contextlib.contextmanager
def _being_present(present: Session | None) -> Iterator[None]:
    global _present
    before, _present = _present, present
    try:
        yield
    finally:
        _present = before


def fresh_rng() -> np.random.Generator:
    """Random numbers for the inputs of a hidden part.

    They are others for each submission and the same each time it is graded, so that nobody can write down
    outputs beforehand. In a notebook they are the same for everybody.
    """
    return session().fresh_rng()


def value(reference: Any) -> Any:
    """What something on the side of the answers is: plain data, or a reference where it is none."""
    return session().value(reference) if isinstance(reference, Reference) else reference


def is_a(thing: Any, *classes: type) -> bool:
    """Whether something that came from an answer is of one of these classes, by its own side's word."""
    thing = (
        value(thing) if isinstance(thing, Reference) and not isinstance(thing, Object) else thing
    )
    if not isinstance(thing, Object):
        return isinstance(thing, classes)
    return any(f"{kind.__module__}.{kind.__qualname__}" in thing._kinds for kind in classes)


def kind(thing: Any) -> str:
    """The name of the class of something that came from an answer."""
    thing = (
        value(thing) if isinstance(thing, Reference) and not isinstance(thing, Object) else thing
    )
    return thing._kind if isinstance(thing, Object) else type(thing).__name__


def name_of(function: Any) -> str:
    """What messages call something that is called."""
    if isinstance(function, Object):
        return function._name or function._kind
    if isinstance(function, Reference):
        return function._called
    return getattr(function, "__name__", type(function).__name__)
