"""Evidence that a test was not tampered with by the code it tests, which runs in the same interpreter.

Nothing inside one interpreter is safe from everything that runs in it. So there are several things a
cheat would all have to get past, and each of them alone raises a doubt, which a person looks into:

* `remember` compares the functions and classes of the guarded libraries with what they were before the
  first line of the submission ran.
* `listen` hears of every attempt to change what a function is made of, to look into frames, code objects
  or the garbage collector, to trace, or to reach memory past Python: the interpreter reports them
  (PEP 578), and a hook cannot be removed.
* `private_builtins` gives the tests, and the code that runs them, builtins and checks of their own, for
  which the submission has no name. They are guarded like the libraries, should it find them all the same.
* `telling_names` looks at what the submission says, for the names by which it would have to look: those
  that the interpreter does not report the use of.

What is kept is kept in local variables and closures, never in a class or a loaded module, where it could
be found by name.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import signal
import sys
import threading
import tokenize
from collections.abc import Callable, Iterable, Iterator
from operator import is_
from types import FrameType, ModuleType
from typing import Any

#: Modules whose functions and classes a test may rely on.
GUARDED = (
    "builtins", "linecache", "math", "operator", "helpers", "helpers.data", "keras", "numpy",
    "tensorflow", "tensorflow.math", "tensorflow.nn", "tensorflow.data",
)  # fmt: skip
#: Packages of which all modules are; all of TensorFlow's inside would take 50 ms in a forked process.
GUARDED_PACKAGES = ("keras.", "numpy.", "tensorflow.python.ops.")
#: What SciKeras adds to classes of Keras when it is imported.
_HARMLESS = {"__reduce__", "__deepcopy__"}
_GUARDED_CLASSES = ("keras", "numpy", "helpers.checks")
#: Packages of which private code has a copy of its own.
PRIVATE = ("helpers.checks", "autograde.sandbox.evidence", "autograde.sandbox.trial")

#: Events that no answer to an exercise has a reason to cause.
_EVENTS = {
    "sys.settrace": "traces the program",
    "sys.setprofile": "traces the program",
    "sys.monitoring.register_callback": "traces the program",
    "sys.addaudithook": "listens to the interpreter",
    "sys._getframe": "looks into the frames of its callers",
    "sys._current_frames": "looks into the frames of its callers",
    "sys._current_exceptions": "looks into the frames of its callers",
    "gc.get_objects": "searches the memory for objects",
    "gc.get_referrers": "searches the memory for objects",
    "gc.get_referents": "searches the memory for objects",
    "code.__new__": "makes code objects by hand",
    "function.__new__": "makes functions by hand",
}
_FRAME_ATTRIBUTES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame", "f_code", "gi_code", "cr_code")
_FUNCTION_PARTS = ("__code__", "__defaults__", "__kwdefaults__")
#: Names by which one finds what one has no name for. Their use is no event.
_TELLING = {
    "__subclasses__", "__globals__", "__closure__", "cell_contents", "__array_interface__",
    "__array_struct__", "cffi", "_cffi_backend",
}  # fmt: skip
#: Modules whose use is no event where it should be one.
_MEMORY = ("ctypes", "_ctypes")
#: Modules that do on behalf of their caller what the caller could have done itself.
_PROXIES = {
    "inspect", "ctypes", "bdb", "pdb", "trace", "profile", "threading", "IPython.utils.frame",
    "IPython.core.debugger", "tensorflow.python.util.tf_inspect",
}  # fmt: skip
#: Functions of other modules that do.
_PROXY_FUNCTIONS = {
    ("traceback", "walk_tb"), ("traceback", "walk_stack"), ("logging", "<lambda>"),
    ("logging", "currentframe"), ("IPython.core.interactiveshell", "get_local_scope"),
}  # fmt: skip
#: Libraries that reach frames or memory, and that nothing in a lesson needs.
_UNAVAILABLE = ("greenlet", "_cffi_backend", "_testcapi", "_testinternalcapi")


def remember(private: Iterable[ModuleType]) -> Callable[[], list[str]]:
    """Note the functions and classes of the guarded modules, and all that is in the private ones.

    Returns:
        a function that names what has changed since.
    """
    modules: dict[str, ModuleType] = {}
    namespaces: list[tuple[str, Any, dict[str, Any], list[Any]]] = []
    seen: set[Any] = set()

    def note(where: str, names: Any, *, everything: bool = False) -> None:
        kept = {}
        for name, value in list(names.items()):
            # By `type`, not `isinstance`: some libraries' lazy modules load when asked for anything.
            wrapped = type(value) in (classmethod, staticmethod)
            function: Any = value.__func__ if wrapped else value
            if issubclass(type(function), ModuleType):
                continue
            if not (everything or callable(function) or type(function) is property):
                continue
            kept[name] = value
            if issubclass(type(function), type):
                for kind in function.__mro__:  # pyright: ignore
                    if kind.__module__.startswith(_GUARDED_CLASSES) and kind not in seen:
                        seen.add(kind)
                        note(f"{kind.__module__}.{kind.__qualname__}", kind.__dict__)
        namespaces.append((where, names, kept, list(names.values())))

    for name, module in list(sys.modules.items()):
        if name in GUARDED or name.startswith(GUARDED_PACKAGES):
            modules[name] = module
            note(name, vars(module))
    for module in list(private):
        note(f"the private {module.__name__}", vars(module), everything=True)
    loaded, harmless = sys.modules, _HARMLESS

    def changes() -> list[str]:
        changed = [name for name, module in modules.items() if loaded.get(name) is not module]
        for where, names, kept, values in namespaces:
            if len(names) == len(values) and all(map(is_, names.values(), values)):
                continue  # the usual case, and a quick one
            changed += [f"{where}.{name}" for name in kept if names.get(name) is not kept[name]]
            # Of a class, where a new name may hide an inherited one.
            if not isinstance(names, dict):
                new = [name for name in names if name not in kept and name not in harmless]
                changed += [f"{where}.{name}" for name in new if callable(names[name])]
        return changed

    return changes


def listen(trusted: tuple[str, ...], doubt: Callable[[str], None]) -> None:
    """From now on call `doubt` with a reason for each thing the submission does that no answer needs.

    Code from files whose names begin with one of `trusted` is not the submission's.
    """
    busy, open_file = threading.local(), tokenize.open
    get_frame, events = sys._getframe, _EVENTS
    proxies, proxy_functions, unavailable = _PROXIES, _PROXY_FUNCTIONS, _UNAVAILABLE
    attributes, parts = _FRAME_ATTRIBUTES, _FUNCTION_PARTS
    opened = ""  # the file that was opened last

    def by_submission() -> bool:
        """Whether the submission itself is what caused the event, or had a proxy do it."""
        frame: FrameType | None = get_frame(2)
        while frame is not None:
            if not frame.f_code.co_filename.startswith(trusted):
                return True
            module = frame.f_globals.get("__name__")
            if module not in proxies and (module, frame.f_code.co_name) not in proxy_functions:
                return False
            frame = frame.f_back
        return False

    def is_under_a_false_name(event: str, args: tuple[Any, ...]) -> bool:
        """Whether code comes into being that claims to be from a file it is not from."""
        if event != "compile":
            return not opened.startswith(trusted)
        source, file = args
        if not isinstance(file, str) or not file.startswith(trusted) or source in ("", b""):
            return False
        try:
            with open_file(file) as there:
                text = there.read()
        except (OSError, ValueError, SyntaxError):
            return True
        if isinstance(source, bytes):
            source = source.decode(there.encoding, "replace")
        return not isinstance(source, str) or source.splitlines() != text.splitlines()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal opened
        reason = events.get(event)
        if event == "open":
            opened = args[0] if isinstance(args[0], str) else ""
            return
        if getattr(busy, "now", False):
            return
        if event in ("compile", "marshal.loads", "marshal.load"):
            busy.now = True
            try:
                if is_under_a_false_name(event, args):
                    doubt("has code that claims to be somebody else's")
            finally:
                busy.now = False
            return
        if event == "import" and str(args[1] or args[0]).rpartition("/")[2].startswith(unavailable):
            doubt(f"reaches past Python ({args[0]})")
            return
        if reason is None:
            if event == "object.__getattr__" and args[1] in attributes:
                reason = events["sys._getframe"]
            elif event == "object.__setattr__" and args[1] in parts:
                reason = "replaced what a function is made of"
            elif event.startswith("ctypes."):
                reason = "reaches memory past Python"
            else:
                return
        busy.now = True
        try:
            if by_submission():
                doubt(f"{reason} ({event})")
        finally:
            busy.now = False

    sys.addaudithook(hook)

    class Watched(ModuleType):
        """A module that hears of its use by the submission itself."""

        def __getattribute__(self, name: str) -> Any:
            names = ModuleType.__getattribute__(self, "__dict__")
            if name == "__dict__" or (name in names and not name.startswith("__")):
                busy.now = True  # the look at the frame is an event, too
                file = get_frame(1).f_code.co_filename
                busy.now = False
                if not file.startswith(trusted):
                    doubt(f"reaches memory past Python ({names['__name__']})")
            return ModuleType.__getattribute__(self, name)

    for name in _MEMORY:
        if name in sys.modules:
            sys.modules[name].__class__ = Watched
    for name in unavailable:
        sys.modules[name] = None  # pyright: ignore[reportArgumentType]  (an import then fails)


def telling_names(source: str) -> Iterator[str]:
    """The names in a piece of Python by which one finds what one has no name for."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # it will not run either
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                names = [name]
            case ast.Import(names=imported):
                names = [part.name.partition(".")[0] for part in imported]
            case ast.ImportFrom(module=str(module), names=imported):
                names = [module.partition(".")[0], *(part.name for part in imported)]
            case _:
                continue
        yield from (name for name in names if name in _TELLING)


def running_threads(trusted: tuple[str, ...]) -> Iterator[str]:
    """Name the threads that run code of the submission beside the main thread."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for identifier, frame in sys._current_frames().items():
        if identifier == threading.get_ident():
            continue
        walk: FrameType | None = frame
        while walk is not None:
            if not walk.f_code.co_filename.startswith(trusted):
                yield names.get(identifier, "without a name")
                break
            walk = walk.f_back


def changed_signals() -> Iterator[str]:
    """Name the signals whose handlers are not the interpreter's own."""
    for number in signal.valid_signals():
        if callable(handler := signal.getsignal(number)) and (
            handler is not signal.default_int_handler and not isinstance(handler, signal.Handlers)
        ):
            yield signal.Signals(number).name


def private_builtins() -> tuple[dict[str, Any], dict[str, ModuleType]]:
    """A copy of the builtins whose `import` finds a copy of the checks that is in no list of modules.

    Code that is run with `__builtins__` set to this does not see what becomes of the public ones.

    Returns:
        the builtins, and the private modules, by name, as they are loaded.
    """
    private = dict(vars(builtins))
    loaded: dict[str, ModuleType] = {}
    public_import: Callable[..., Any] = builtins.__import__

    def load(name: str) -> ModuleType:
        if name in loaded:
            return loaded[name]
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = loaded[name] = importlib.util.module_from_spec(spec)
        module.__dict__["__builtins__"] = private
        exec(spec.loader.get_code(name), module.__dict__)  # pyright: ignore[reportAttributeAccessIssue]
        return module

    def is_private(name: str) -> bool:
        return any(name == package or name.startswith(f"{package}.") for package in PRIVATE)

    def private_import(
        name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> Any:
        private_children = [child for child in fromlist or () if is_private(f"{name}.{child}")]
        if level or not (is_private(name) or private_children):
            return public_import(name, globals, locals, fromlist, level)
        if not fromlist:
            raise ImportError(f"Private modules are imported with `from {name} import`.", name=name)
        module = load(name) if is_private(name) else public_import(name, globals, locals, fromlist)
        result = ModuleType(name)
        result.__dict__.update(vars(module))
        for child in private_children:
            if not (is_private(name) and hasattr(module, child)):
                setattr(result, child, load(f"{name}.{child}"))
        return result

    private["__import__"] = private_import
    return private, loaded
