"""A notebook's cells without a kernel: IPython's shell, and outputs as nbformat writes them."""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList

#: How the files are called that the cells of the submission seem to be in, for messages and tracebacks.
CELL = "<cell {}>"
#: More than this many characters of one cell's output are cut off.
MOST_OUTPUT = 100_000
#: Cell magics whose text is a program in another process.
PROGRAMS = {
    "!",
    "bash",
    "perl",
    "python",
    "python2",
    "python3",
    "pypy",
    "ruby",
    "script",
    "sh",
    "sx",
    "system",
}

Output = dict[str, Any]


class Outputs:
    """The outputs of the cell that is running, in the order in which they came."""

    def __init__(self) -> None:
        """Begin with none."""
        self.list: list[Output] = []
        self._room = MOST_OUTPUT

    def clear(self) -> None:
        """Begin anew, for the next cell."""
        self.__init__()

    def write(self, stream: str, text: str) -> None:
        """Add text to a stream; what came last goes on where it is the same stream."""
        text, self._room = text[: self._room], self._room - len(text)
        if self._room < 0:
            self._room = 0
            text += "\n[The output was too long; the rest of it was cut off.]\n" if text else ""
        if not text:
            return
        if self.list and self.list[-1].get("name") == stream:
            self.list[-1]["text"] += text
        else:
            self.list.append({"output_type": "stream", "name": stream, "text": text})

    def add(self, output_type: str, **content: Any) -> None:
        """Add an output that is no stream, unless there is no room for it."""
        self._room -= len(str(content))
        if self._room > -MOST_OUTPUT * 20:  # a picture is long; twenty such are too much
            self.list.append({"output_type": output_type, **content})


class Stream(io.TextIOBase):
    """Standard output or standard error while cells run."""

    def __init__(self, outputs: Outputs, name: str) -> None:
        """Write to `outputs` under this name."""
        super().__init__()
        self._outputs, self._name = outputs, name

    encoding = "utf-8"  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def writable(self) -> bool:
        """It is, always."""
        return True

    def write(self, text: str) -> int:
        """Keep the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    """What `display` shows becomes an output; comm messages of widgets go nowhere."""

    outputs: Outputs

    def publish(self, data: dict[str, Any], metadata: Any = None, *_: Any, **__: Any) -> None:
        """Keep what is displayed; an update to something shown before is shown again."""
        self.outputs.add("display_data", data=_as_text(data), metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown."""
        self.outputs.clear()


class _Hook(DisplayHook):
    """The value of a cell's last line becomes an output."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.shell.display_pub.outputs.add(  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
            "execute_result",
            data=_as_text(format_dict),
            metadata=md_dict or {},
            execution_count=self.prompt_count,
        )

    def finish_displayhook(self) -> None:
        pass


class NotebookShell(InteractiveShell):
    """IPython's shell as a notebook's kernel has it, with its outputs kept and nothing on disk."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the shell; it is the one that `get_ipython()` gives."""
        self.outputs = Outputs()
        super().__init__(display_pub_class=_Publisher, displayhook_class=_Hook, **kwargs)
        self.display_pub.outputs = self.outputs  # pyright: ignore[reportAttributeAccessIssue]

    def init_history(self) -> None:
        """Keep no history on disk."""
        from IPython.core.history import HistoryManager

        HistoryManager.enabled = False  # pyright: ignore[reportAttributeAccessIssue]
        super().init_history()

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to draw in."""

    def ask_exit(self) -> None:
        """`exit` and `quit` leave the program, as they do in a script."""
        raise SystemExit

    def system(self, cmd: str) -> None:
        """A line such as `!ls` is passed over: nothing can be started, and the answer may be right."""
        self._pass_over(f"!{cmd}")

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """So is `files = !ls`, in all its forms; there is nothing in what it gives."""
        self._pass_over(f"!{cmd}")
        return SList() if split else ""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Pass over a magic of a kernel, or of a package, that is not here."""
        if self.find_line_magic(magic_name) is None:
            return self._pass_over(f"%{magic_name}")
        return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Pass over a magic that is not here, or starts a program; what stands below the former is run."""
        if magic_name in PROGRAMS:
            return self._pass_over(f"%%{magic_name}")
        if self.find_cell_magic(magic_name) is not None:
            return super().run_cell_magic(magic_name, line, cell)
        self._pass_over(f"%%{magic_name}")
        return self._run_to_the_end(cell)

    def _pass_over(self, what: str) -> None:
        print(f"[{what}: passed over while a submission is graded.]")

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            "error", ename=etype.__name__, evalue=str(evalue), traceback=[str(line) for line in stb]
        )

    @contextlib.contextmanager
    def streams(self) -> Iterator[None]:
        """Have what is printed become outputs."""
        saved = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream(self.outputs, "stdout"), Stream(self.outputs, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr = saved

    def run(self, number: int, source: str) -> list[Output]:
        """Run a cell and return its outputs; an error is one of them.

        After an error the rest of the cell is run as well. A line that fails here only, such as an import
        of what the student's own machine has, is not in the way of the answer below it.
        """
        self.outputs.clear()
        self.compile.get_code_name = lambda *_: CELL.format(number)  # pyright: ignore[reportAttributeAccessIssue]
        self._run_to_the_end(source)
        return self.outputs.list

    def _run_to_the_end(self, source: str) -> None:
        rest = source
        while rest:
            error = self.run_cell(rest, store_history=True).error_in_exec
            if not isinstance(error, Exception) or isinstance(error, MemoryError):
                return
            rest = _behind(self.transform_cell(rest), error)


def _behind(source: str, error: BaseException) -> str:
    """What stands in a cell behind the statement that raised the error."""
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code.co_name != "<module>":
        frame = frame.tb_next
    if frame is None:
        return ""
    for statement in ast.parse(source).body:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
        if first > frame.tb_lineno:
            return "".join(source.splitlines(keepends=True)[first - 1 :])
    return ""


def make_shell() -> NotebookShell:
    """The process's one shell, with figures shown below their cells."""
    from traitlets.config import Config

    config = Config()
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.enable_tip = False
    shell = NotebookShell.instance(config=config)
    shell.run_line_magic("matplotlib", "inline")
    return shell


def _as_text(data: dict[str, Any]) -> dict[str, Any]:
    """A bundle of formats as a notebook's file keeps it: binary data in base 64."""
    from base64 import b64encode

    return {
        kind: b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
        if kind != "application/vnd.jupyter.widget-view+json"  # no widget lives in a file
    }
