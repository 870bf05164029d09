"""Running many jobs at once: on this machine's cores, or on a Dask cluster that is there already."""

from __future__ import annotations

import contextlib
import logging
import platform
from asyncio import CancelledError
from collections.abc import Iterator, Mapping
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

_log = logging.getLogger(__name__)


def run_jobs(
    jobs: Mapping[str, Job], *, workers: int | None, scheduler: str | None
) -> Iterator[tuple[str, Result | ExecutionError]]:
    """Run jobs, by key; give each result, or why there is none, as soon as it is there.

    Args:
        jobs: by their keys.
        workers: how many at once on this machine; as many as it has cores where None.
        scheduler: address of a Dask scheduler whose workers are to be used instead.

    Raises:
        CourseError: the scheduler could not be reached.
    """
    if not jobs:
        return
    from distributed import as_completed

    with _client(workers, scheduler) as client:
        keys = {
            client.submit(_run, job, key=key, pure=False, retries=TRIES): key
            for key, job in jobs.items()
        }
        for future in as_completed(keys):
            try:
                yield keys[future], future.result()
            except (CancelledError, OSError) as error:
                raise CourseError(
                    f"The connection to the Dask scheduler was lost ({type(error).__name__}). What was "
                    "done is kept: run the command again to go on."
                ) from error
            except Exception as error:
                _log.error("A job failed for an error of the grader's own", exc_info=error)
                text = (
                    f"an error of the grader's own, {type(error).__name__}: {error}; see {where()}"
                )
                yield keys[future], ExecutionError(text)
            future.release()


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
