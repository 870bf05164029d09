"""Running many jobs at once: on this machine's cores, or on a Dask cluster that is there already."""

from __future__ import annotations

import contextlib
import logging
import platform
from asyncio import CancelledError
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from autograde.course import CourseError
from autograde.grading.execution import ExecutionError, Result, execute
from autograde.grading.plan import Job, installed_packages
from autograde.grading.usage import cores
from autograde.log import where

if TYPE_CHECKING:
    from distributed import Client

#: How often a job is tried where its worker ends; that may have been by chance.
TRIES = 3
#: So many jobs may be started before one is finished, or four for each of a cluster's threads: enough for
#: nobody to wait while results are recorded, and no more in memory than that.
MOST_STARTED = 100

_log = logging.getLogger(__name__)


class Runner:
    """Runs jobs, many at once, on this machine or on a cluster; it begins with the first of them."""

    def __init__(self, workers: int | None, scheduler: str | None) -> None:
        """Say where.

        Args:
            workers: how many jobs at once on this machine; as many as it has cores where None.
            scheduler: address of a Dask scheduler whose workers are to be used instead.
        """
        self._where = workers, scheduler
        self._stack = contextlib.ExitStack()
        self._client: Client | None = None
        self._completed: Any = None
        self._keys: dict[Any, str] = {}  # of the jobs that run or wait, by their futures
        self._most = MOST_STARTED

    def __enter__(self) -> Runner:
        """Give itself; leaving ends what runs."""
        return self

    def __exit__(self, *raised: Any) -> None:
        """End what runs."""
        self._stack.__exit__(*raised)

    def start(self, key: str, job: Job) -> None:
        """Have a job run.

        Raises:
            CourseError: the scheduler could not be reached.
        """
        if self._client is None:
            from distributed import as_completed

            self._client = self._stack.enter_context(_client(*self._where))
            self._completed = as_completed(loop=self._client.loop)
            self._most = max(MOST_STARTED, 4 * sum(dict(self._client.nthreads()).values()))  # pyright: ignore[reportArgumentType, reportCallIssue]
        future = self._client.submit(_run, job, key=key, pure=False, retries=TRIES)
        self._keys[future] = key
        self._completed.add(future)

    def finished(
        self, *, at_the_end: bool = False
    ) -> Iterator[tuple[str, Result | ExecutionError]]:
        """Give the results that are there, or why there is none, by key.

        It waits where more have been started than should be, and with `at_the_end` for all.

        Raises:
            CourseError: the connection to the scheduler was lost.
        """
        while self._keys:
            wait = at_the_end or len(self._keys) >= self._most
            batch = self._completed.next_batch(block=wait)
            if not batch:
                return
            for future in batch:
                yield self._keys.pop(future), _result(future)
                future.release()


def _result(future: Any) -> Result | ExecutionError:
    try:
        return future.result()
    except (CancelledError, OSError) as error:
        raise CourseError(
            f"The connection to the Dask scheduler was lost ({type(error).__name__}). What was "
            "done is kept: run the command again to go on."
        ) from error
    except Exception as error:
        _log.error("A job failed for an error of the grader's own", exc_info=error)
        return ExecutionError(
            f"an error of the grader's own, {type(error).__name__}: {error}; see {where()}"
        )


def _run(job: Job) -> Result | ExecutionError:
    """On a worker: run a job, where this is the course it was planned with."""
    if (here := installed_packages()) != job.packages:
        return ExecutionError(
            f"The worker on {platform.node()} has other packages, or another version of this course, than "
            f"the job was planned with ({here[:12]}, not {job.packages[:12]}). Install both alike: the "
            "same lock file, the same course."
        )
    try:
        return execute(job)
    except ExecutionError as error:  # given back, not raised: it has been tried often enough
        return error


@contextlib.contextmanager
def _client(workers: int | None, scheduler: str | None) -> Iterator[Client]:
    import dask.config
    from distributed import Client, LocalCluster

    if scheduler is not None:
        try:
            with Client(scheduler, timeout="10s") as client:
                yield client
        except OSError as error:
            raise CourseError(f"There is no Dask scheduler at {scheduler}: {error}") from error
        return
    # In this process: its threads only wait for the processes that do the work.
    options: dict[str, Any] = {
        "silence_logs": logging.ERROR,
        # It serves pages in any case; without this at a port that may be another program's.
        "dashboard_address": "127.0.0.1:0",
    }
    threads = workers or cores()
    with (
        TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder,
        dask.config.set({"temporary-directory": folder}),
        LocalCluster(
            processes=False, n_workers=1, threads_per_worker=threads, memory_limit=0, **options
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
