"""Running a submission so that one cell's misfortune stays its own."""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets import Dict, List, Unicode

from autograde.lesson import SKIP_TAG, grade_id

#: Names of the errors that stand in a cell's outputs when it was stopped from outside.
TIMEOUT, DEAD_KERNEL, NOT_RUN = "CellTimeoutError", "DeadKernelError", "CellNotRunError"
NO_POINTS = "NoPointsError"


class ExecuteSubmission(Execute):
    """nbgrader's `Execute`, for code that may hang, kill its kernel, or write to standard error.

    * A cell over the time limit is interrupted; where it ignores the interrupt its kernel is killed.
    * After a kernel has died, a new one runs the cells before again, except tests and the cells that
      were stopped, and the rest of the notebook is graded as if nothing had happened.
    * Only a test's error decides its points: its standard error is kept as ordinary output, and the
      value of a trailing expression is shown but is no score. The tests in `partial_credit` are the
      exception: theirs must be one number from 0 to the points to be had, or the test gives none.
    * A test cell that was not run gets an error, never full points.
    """

    partial_credit = List(help="Tests whose cell ends with the points earned.").tag(config=True)
    shutdown_kernel = Unicode("immediate").tag(config=True)
    time_limits = Dict(
        help="Seconds a cell may take, for lessons that need more than `timeout`."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> Any:
        """Run the cells of `nb` in order, in as many kernels as it takes."""
        self._ran: list[int] = []  # cells that have run in the present kernel, in order
        lesson = (resources or {}).get("nbgrader", {}).get("assignment")
        self.timeout = self.time_limits.get(lesson, self.timeout)
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> Any:
        """Run one cell, whatever becomes of its kernel."""
        if cell.cell_type == "code":
            if grade_id(cell):
                # A student may have tagged a graded cell, so that it would be passed over.
                tags = cell.metadata.get("tags", [])
                cell.metadata["tags"] = [tag for tag in tags if tag != SKIP_TAG]
            self._run(cell, index)
            if is_grade(cell):
                _keep_only_errors_as_verdict(cell, grade_id(cell) in self.partial_credit)
        return cell, self.resources

    def _run(self, cell: NotebookNode, index: int) -> None:
        cell.execution_count = None
        self._left = False
        try:
            self.execute_cell(cell, index, store_history=True)
        except CellTimeoutError:
            message = (
                f"No answer within {self.timeout} s, nor to an interrupt: the kernel was killed."
            )
            self._go_on_without(index, TIMEOUT, message)
        except DeadKernelError:
            self._go_on_without(index, DEAD_KERNEL, "The kernel died while this cell was running.")
        else:
            if self._left:
                self._go_on_without(index, DEAD_KERNEL, "This cell ended the kernel: exit or quit.")
            else:
                self._ran.append(index)

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Note that a cell has called `exit`, which ends the kernel a moment after its reply."""
        super().on_cell_executed(**kwargs)
        payload = kwargs["execute_reply"]["content"].get("payload", [])
        self._left = any(item.get("source") == "ask_exit" for item in payload)

    def _go_on_without(self, index: int, ename: str, message: str) -> None:
        """Record that a cell was stopped; bring a new kernel to where the old one was without it."""
        cell = self.nb.cells[index]
        cell.outputs = [*cell.get("outputs", []), _error(ename, message)]
        self._restart()
        again, self._ran = self._ran, []
        for earlier in again:
            if not is_grade(self.nb.cells[earlier]):
                self._run(self.nb.cells[earlier], earlier)

    def _restart(self) -> None:
        self._cleanup_kernel()
        self.create_kernel_manager()
        self.start_new_kernel()
        self.start_new_kernel_client()


def _is_score(cell: NotebookNode) -> bool:
    """Whether the cell has ended with one number from 0 to its points."""
    results = [
        o.data.get("text/plain", "") for o in cell.outputs if o.output_type == "execute_result"
    ]
    try:
        (score,) = map(float, results)
    except ValueError:
        return False
    return 0 <= score <= float(cell.metadata.nbgrader.points)


def _error(ename: str, message: str) -> NotebookNode:
    return new_output("error", ename=ename, evalue=message, traceback=[f"{ename}: {message}"])


def _keep_only_errors_as_verdict(cell: NotebookNode, partial_credit: bool) -> None:
    """Leave nbgrader nothing to read a grade from but an error and, where it is due, the points."""
    if partial_credit:
        failed = any(output.output_type == "error" for output in cell.outputs)
        if not failed and not _is_score(cell):
            cell.outputs.append(_error(NO_POINTS, "This test did not end with its points."))
        # nbgrader reads the first of the two.
        cell.outputs.sort(key=lambda output: output.output_type != "error")
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
        elif output.output_type == "execute_result" and not partial_credit:
            output.output_type = "display_data"
            del output["execution_count"]
    failed = any(output.output_type == "error" for output in cell.outputs)
    if cell.execution_count is None and not failed:
        cell.outputs.append(_error(NOT_RUN, "This test was not run, so it can give no points."))
