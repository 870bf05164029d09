"""What a process takes of its machine, looked at from outside."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

#: Of a limit, time counts in full where a processor worked, and a third where none did and none was
#: waited for: asleep, or blocked.
IDLE_SHARE = 1 / 3
#: Bytes and inodes that must be left on a disk, or it has failed whoever works on it.
LEAST_BYTES, LEAST_FILES = 16 << 20, 100


def cores() -> int:
    """How many cores this process may use: as many as there are, or as a container's quota allows."""
    from dask.system import cpu_count

    return cpu_count()


class Clock:
    """The own time of processes that work together, which goes on as far as the machine lets them go on.

    It counts the processor time of all threads of theirs. Time in which none of them worked counts a third,
    so that what sleeps or is blocked is stopped as well, later. Time in which a thread could have worked and
    had no core does not count at all: on a busy machine everything takes longer and has the same limits.
    """

    def __init__(self, *processes: int) -> None:
        """Begin with nothing for the processes that have these numbers."""
        self.seconds = 0.0
        self._numbers = processes
        self._worked, self._looked = 0.0, time.monotonic()
        self._waited: dict[str, float] = {}

    def look(self) -> float:
        """Seconds that count by now; they stand still where the process has ended."""
        with contextlib.suppress(psutil.Error, FileNotFoundError, ProcessLookupError):
            worked, waited = self._processor_time(), self._waiting_times()
            now = time.monotonic()
            # A process waits where one of its threads does: the longest wait of any thread of it.
            longest = max((s - self._waited.get(t, 0) for t, s in waited.items()), default=0.0)
            idle = max(0.0, now - self._looked - longest)
            self.seconds += max(worked - self._worked, idle * IDLE_SHARE)
            self._worked, self._waited, self._looked = worked, waited, now
        return self.seconds

    def _processor_time(self) -> float:
        times = [psutil.Process(number).cpu_times() for number in self._numbers]
        return sum(time.user + time.system for time in times)

    def _waiting_times(self) -> dict[str, float]:
        """Seconds that each thread was ready to run and had no core; nothing where no kernel says so."""
        times = {}
        for number in self._numbers:
            tasks = Path(f"/proc/{number}/task")
            for thread in os.listdir(tasks) if tasks.exists() else ():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    text = (tasks / thread / "schedstat").read_text()
                    times[thread] = int(text.split()[1]) / 1e9
        return times


def threads(process: int) -> int:
    """How many threads a process has; 0 where it has ended."""
    try:
        return psutil.Process(process).num_threads()
    except psutil.Error:
        return 0


class _Folder:
    """A folder that is open as long as something below it is still to be looked at."""

    def __init__(self, path: str | Path, within: int | None = None) -> None:
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
        self.descriptor = os.open(path, flags, dir_fd=within)

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)


def files(folder: Path, most: int) -> tuple[int, int]:
    """Bytes and number of the files and folders in a folder while somebody is at work in it.

    Not by their paths, which may be longer than a path can be. It counts no further than `most`.

    Raises:
        ValueError: what is in it cannot be counted.
    """
    size = number = 0
    left: list[tuple[str | Path, _Folder | None]] = [(folder, None)]
    while left and number <= most:
        name, parent = left.pop()
        within = parent.descriptor if parent else None
        try:
            here = _Folder(name, within)
        except PermissionError:
            with contextlib.suppress(FileNotFoundError):
                mode = os.stat(name, dir_fd=within, follow_symlinks=False).st_mode
                if mode & stat.S_IWUSR and mode & stat.S_IXUSR:
                    raise ValueError("a folder to write to that nobody may look into") from None
            continue
        except (FileNotFoundError, NotADirectoryError):
            continue  # it was there when its parent was looked at
        except OSError as error:
            raise ValueError(f"folders that cannot be counted: {error.strerror}") from None
        with os.scandir(here.descriptor) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                number += 1
                if number > most:
                    break
                if entry.is_dir(follow_symlinks=False):
                    left.append((entry.name, here))
    return size, number


def nameless_files(process: int, largest: int) -> int:
    """Bytes of files that a process holds though they have no name any more.

    One that is mapped into memory and closed may count as `largest` bytes: only root can see its size.
    """
    sizes: dict[int, int] = {}
    for path in _held(process):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if not os.readlink(path).endswith(" (deleted)"):
                continue
            try:
                status = os.stat(path)
            except PermissionError:
                sizes[hash(os.readlink(path))] = largest
                continue
            if stat.S_ISREG(status.st_mode):
                sizes[status.st_ino] = status.st_blocks * 512
    return sum(sizes.values())


def _held(process: int) -> Iterator[str]:
    for folder in (f"/proc/{process}/fd", f"/proc/{process}/map_files"):
        with contextlib.suppress(OSError):
            for name in os.listdir(folder):
                yield f"{folder}/{name}"


def disk_is_full(folder: Path) -> bool:
    """Whether the disk that a folder is on has no room left."""
    disk = os.statvfs(folder)
    no_room = disk.f_bavail * disk.f_frsize < LEAST_BYTES
    return no_room or (disk.f_files > 0 and disk.f_favail < LEAST_FILES)


def processes_killed_for_memory() -> int:
    """How many processes the system has killed since it started, because memory was short."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/vmstat").read_text().splitlines():
            name, _, value = line.partition(" ")
            if name == "oom_kill":
                return int(value)
    return 0
