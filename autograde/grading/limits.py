"""What a submission may take, as nbgrader's configuration says it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from traitlets import Float, Integer
from traitlets.config import Configurable


@dataclass(frozen=True)
class Limits:
    """The limits of one job; results depend on them."""

    cell_time: float  # seconds of its own time
    own_time: float  # of all the student's own cells
    memory: int  # bytes of address space
    file_size: int
    folder_size: int
    files: int
    threads: int


class SubmissionLimits(Configurable):
    """What a submission may take: `c.SubmissionLimits.cell_time = 60` in `nbgrader_config.py`."""

    cell_time = Float(
        30.0,
        help="Seconds of its own time that an answer, a test or another cell may take; a lesson's "
        "time_limit in the curriculum comes first.",
    ).tag(config=True)
    own_cells = Float(
        10.0, help="How many times as long the student's own cells may take in all."
    ).tag(config=True)
    memory = Integer(
        8 << 30, help="Bytes of address space; TensorFlow takes 1.3 GB of it when loaded."
    ).tag(config=True)
    file_size = Integer(100 << 20, help="Bytes of one file.").tag(config=True)
    folder_size = Integer(500 << 20, help="Bytes of all files.").tag(config=True)
    files = Integer(20_000, help="Files and folders.").tag(config=True)
    threads = Integer(
        100 + 8 * (os.cpu_count() or 1), help="Threads; TensorFlow starts some for each core."
    ).tag(config=True)
    taken_files = Integer(
        100, help="The student's own files beside the notebook that are taken along."
    ).tag(config=True)
    taken_bytes = Integer(5_000_000, help="Bytes of them.").tag(config=True)

    def of_a_job(self, time_limit: float | None = None) -> Limits:
        """The limits of a job, of a lesson that has this limit of time."""
        cell_time = time_limit or self.cell_time
        return Limits(
            cell_time,
            self.own_cells * cell_time,
            self.memory,
            self.file_size,
            self.folder_size,
            self.files,
            self.threads,
        )
