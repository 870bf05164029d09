"""Taking rights away from the present process, for good, before it runs code nobody should trust.

Three mechanisms of the Linux kernel, none of which needs root, a helper program or a namespace, so that
they also work inside containers and where user namespaces are switched off:

* **Landlock** says which files can be opened: the system and the Python packages for reading, the
  process's own folder for writing, nothing else.
* **seccomp** says which system calls there are: those that Python, NumPy, TensorFlow and the others need
  to compute and to work with files. No new processes, no sockets, no signals to others, no attributes of
  files (which Landlock does not guard), no handlers of signals, nothing that administers a system, and
  nothing that a later kernel brings.
* **Resource limits** on processor time, memory, open files and the size of a file.

There are no processes but the one, so none can be left behind, and nothing can be multiplied.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

#: Landlock guards truncation from its third version on; before, `truncate` could empty any file.
LANDLOCK_ABI = 3

READ_ONLY = (
    "/usr", "/lib", "/lib64", "/bin", "/sbin",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types", "/etc/alternatives",
    "/var/cache/fontconfig",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm",
    "/sys/devices/system/cpu", "/sys/fs/cgroup", "/sys/kernel/mm",
    "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip

#: What a process may read of itself in `/proc`; TensorFlow reads its own command line. Not `environ`,
#: which is the environment it was started with, nor `mem`.
OWN_PROC = ("cmdline", "maps", "stat", "status", "task")

#: System calls that may be made in any way. A name that only other machines have does no harm; one that
#: libseccomp does not know is an error, see `call_number`.
ALLOWED = (
    # files, as far as Landlock lets them be opened
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2",
    "close", "creat", "lseek", "dup", "dup2", "dup3", "stat", "fstat", "lstat", "newfstatat", "statx",
    "statfs", "fstatfs", "access", "faccessat", "faccessat2", "getdents", "getdents64", "readlink",
    "readlinkat", "getcwd", "chdir", "fchdir", "mkdir", "mkdirat", "rmdir", "rename", "renameat",
    "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "truncate", "ftruncate",
    "fallocate", "fadvise64", "fsync", "fdatasync", "sync_file_range", "sendfile", "copy_file_range",
    "umask",
    # memory
    "brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "msync", "mincore", "membarrier",
    # threads, and waiting
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "arch_prctl",
    "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_getattr",
    "sched_get_priority_max", "sched_get_priority_min", "sched_rr_get_interval", "getpriority", "getcpu",
    "nanosleep", "clock_nanosleep", "restart_syscall", "exit", "exit_group",
    # pipes and event loops
    "pipe", "pipe2", "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "recvfrom", "shutdown",
    "getsockname", "getpeername", "getsockopt",
    # signals to itself
    "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait", "rt_sigsuspend", "sigaltstack",
    "pause", "wait4", "waitid",
    # what it is, and what time it is
    "getpid", "getppid", "gettid", "getpgrp", "getpgid", "getsid", "getuid", "geteuid", "getgid", "getegid",
    "getresuid", "getresgid", "getgroups", "capget", "getrlimit", "getrusage", "times", "time",
    "gettimeofday", "clock_gettime", "clock_getres", "getrandom", "uname", "sysinfo",
)  # fmt: skip

#: Answered as if the kernel did not have them; who calls them then does without. The flags of the first
#: two lie in memory, where no filter sees them. An exclusive `flock` needs no more than a file that all may
#: read, and whoever locks that one would wait; HDF5 does without. Locks by `fcntl` are left, for SQLite:
#: on what is not its own a process can only have shared ones.
NO_SUCH_CALL = (
    "clone3", "openat2", "flock", "memfd_create", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "map_shadow_stack",
)  # fmt: skip

#: Answered as on a disk that keeps no extended attributes: copying a file asks for them.
NO_ATTRIBUTES = (
    "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
)  # fmt: skip

#: Answered with success, though nothing happens: copying a file sets its mode and times, and Landlock
#: guards neither.
WITHOUT_EFFECT = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "utime",
    "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat",
    "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
)  # fmt: skip

#: Numbers of system calls younger than some of today's libseccomp; from 424 on all machines share them.
YOUNG = {
    "faccessat2": 439, "epoll_pwait2": 441, "futex_waitv": 449, "fchmodat2": 452, "map_shadow_stack": 453,
    "setxattrat": 463, "removexattrat": 466,
}  # fmt: skip

#: The machines for which the lists were tried or read through, as `platform.machine` calls them.
MACHINES = ("x86_64", "aarch64")

# From the kernel's headers, for rules on arguments.
_THREAD = 0x00010F00  # CLONE_VM, _FS, _FILES, _SIGHAND, _THREAD: shares all with the process, ends with it
_NAMESPACES = 0x7E020000  # CLONE_NEW...
_O_TMPFILE = 0x00400000  # a file without a name
_FASYNC = 0x2000  # a signal when a file is ready
_CLOSE_RANGE_UNSHARE = 2  # a table of open files of a thread's own
_STREAM = 1
#: Not F_SETOWN, F_SETOWN_EX, F_SETSIG (signals to anybody of the same user, by the kernel itself),
#: F_SETLEASE (who opens the file waits), F_NOTIFY, F_SETPIPE_SZ.
_FCNTL = {
    "F_DUPFD": 0, "F_GETFD": 1, "F_SETFD": 2, "F_GETFL": 3, "F_GETLK": 5, "F_SETLK": 6, "F_SETLKW": 7,
    "F_OFD_GETLK": 36, "F_OFD_SETLK": 37, "F_OFD_SETLKW": 38, "F_DUPFD_CLOEXEC": 1030,
    "F_GETPIPE_SZ": 1032,
}  # fmt: skip
_F_SETFL = 4
#: Not FIOASYNC, FIOSETOWN, SIOCSPGRP (signals again), TIOCSTI, FS_IOC_SETFLAGS (attributes of files).
_IOCTL = {
    "TCGETS": 0x5401, "TIOCGWINSZ": 0x5413, "FIONREAD": 0x541B, "FIONBIO": 0x5421, "FIONCLEX": 0x5450,
    "FIOCLEX": 0x5451,
}  # fmt: skip
_PRCTL = {"PR_SET_NAME": 15, "PR_GET_NAME": 16}


@dataclass(frozen=True)
class Limits:
    """What a confined process may use: bytes, seconds, and numbers of open files."""

    memory: int
    processor_time: int
    file_size: int
    open_files: int = 256


def confine(folder: Path, limits: Limits, readable: tuple[Path, ...] = ()) -> None:
    """Leave this process nothing but `folder`, the readable files, and its own memory.

    Call it while the process has a single thread: threads that run already keep their rights.

    Raises:
        OSError: the kernel refused one of the mechanisms. The process may then be half confined.
    """
    _set_limits(limits)
    _drop_capabilities()
    _restrict_files(folder, readable)
    _restrict_calls()


def prepare() -> None:
    """Do here what is alike for all processes, so that those forked from this one need not."""
    readable_of_python()
    if not list(missing_protections()):
        _calls()


def missing_protections(private: Iterable[Path] = ()) -> Iterator[str]:
    """Name what this machine lacks, each with the way to mend it where there is one.

    That Landlock keeps signals in, from its sixth version on, is not asked for: no system call is left that
    sends one to another process, nor one that has the kernel send it.

    Args:
        private: what no submission may read, such as the course's sources and its gradebook.
    """
    if sys.platform != "linux":
        yield f"Landlock and seccomp: they are parts of Linux, and this is {platform.system()}"
        return
    import landlockpy

    if (abi := landlockpy.abi_version()) < LANDLOCK_ABI:
        yield f"Landlock, version {LANDLOCK_ABI} or later: this kernel has {abi or 'none'} (needs Linux 6.2)"
    if platform.machine() not in MACHINES:
        yield f"the list of system calls for {platform.machine()}: there is one for {', '.join(MACHINES)}"
    try:
        import pyseccomp  # noqa: F401  (raises where the library is not to be found)
    except RuntimeError:
        yield "seccomp: libseccomp is not installed (Debian and Ubuntu: apt install libseccomp2)"
    for path in private:
        for folder in (*map(Path, READ_ONLY), *readable_of_python()):
            if path.resolve().is_relative_to(folder.resolve()):
                yield (
                    f"a place of its own for {path}: it is in {folder}, which every submission may read "
                    "(move the course, or the Python environment, elsewhere)"
                )


@cache
def readable_of_python() -> tuple[Path, ...]:
    """What this Python is made of: the folders it imports from, its shared libraries, its program.

    Never the folder that holds them all: a virtual environment may have been made in the course's own.
    """
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    prefixes = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    paths = {sysconfig.get_path(name) for name in names}
    paths |= {sysconfig.get_path(name, vars=prefixes) for name in names}
    paths |= {f"{sys.base_prefix}/lib", f"{sys.base_exec_prefix}/lib", sys.executable}
    found = {Path(path) for path in paths if os.path.exists(path)}
    found |= {path.resolve() for path in found}
    return tuple(path for path in sorted(found) if not path.is_relative_to("/usr"))


def call_number(name: str) -> int | None:
    """A system call's number on this machine; None where only other machines have it.

    Raises:
        OSError: there is no system call of this name, as far as is known here.
    """
    import pyseccomp as seccomp

    number = int(seccomp.resolve_syscall(seccomp.system_arch(), name))
    if number >= 0:
        return number
    if name in YOUNG:
        return YOUNG[name]
    if number == -1:  # what libseccomp has for other machines has other negative numbers
        raise OSError(errno.ENOSYS, f"libseccomp knows no system call {name!r}")
    return None


def _set_limits(limits: Limits) -> None:
    for which, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.processor_time),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
    signal.signal(
        signal.SIGXFSZ, signal.SIG_IGN
    )  # a file too large is an OSError then, not the end


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _drop_capabilities() -> None:
    """Give up root's privileges, should the grader run as root: it could raise its own limits."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = _CapabilityHeader(0x20080522, 0)  # the version with two words a set
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset(ctypes.byref(header), nothing) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"capset: {os.strerror(number)}")


def _restrict_files(folder: Path, readable: tuple[Path, ...]) -> None:
    from landlockpy import AccessFS, Ruleset, Scope

    read = AccessFS.READ_FILE | AccessFS.READ_DIR
    write = read | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.REFER | (
        AccessFS.MAKE_REG | AccessFS.MAKE_DIR | AccessFS.MAKE_SYM | AccessFS.MAKE_FIFO
        | AccessFS.REMOVE_FILE | AccessFS.REMOVE_DIR
    )  # fmt: skip
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        own = f"/proc/{os.getpid()}"
        for path in (*READ_ONLY, *readable, *(f"{own}/{name}" for name in OWN_PROC)):
            if os.path.exists(path):
                is_folder = os.path.isdir(path)
                rules.allow_path(path, read if is_folder else AccessFS.READ_FILE)
        rules.allow_path("/dev/null", AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        rules.allow_path(folder, write)
        rules.restrict()


@cache
def _calls() -> Any:
    """The filter of system calls without the rules that hold a process's own number, not in force yet."""
    import pyseccomp as seccomp
    from pyseccomp import EQ, MASKED_EQ, Arg

    calls = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    answers = (
        (ALLOWED, seccomp.ALLOW),
        (NO_SUCH_CALL, seccomp.ERRNO(errno.ENOSYS)),
        (NO_ATTRIBUTES, seccomp.ERRNO(errno.EOPNOTSUPP)),
        (WITHOUT_EFFECT, seccomp.ERRNO(0)),
    )
    for names, answer in answers:
        for name in names:
            if (number := call_number(name)) is not None:
                calls.add_rule(answer, number)
    _allow(calls, "prlimit64", Arg(0, EQ, 0), Arg(2, EQ, 0))  # to ask, not to set
    _allow(calls, "clone", Arg(0, MASKED_EQ, _THREAD | _NAMESPACES, _THREAD))
    _allow(calls, "open", Arg(1, MASKED_EQ, _O_TMPFILE, 0))
    _allow(calls, "openat", Arg(2, MASKED_EQ, _O_TMPFILE, 0))
    _allow(calls, "close_range", Arg(2, MASKED_EQ, _CLOSE_RANGE_UNSHARE, 0))
    for command in _FCNTL.values():
        _allow(calls, "fcntl", Arg(1, EQ, command))
    _allow(calls, "fcntl", Arg(1, EQ, _F_SETFL), Arg(2, MASKED_EQ, _FASYNC, 0))
    for command in _IOCTL.values():
        _allow(calls, "ioctl", Arg(1, EQ, command))
    for command in _PRCTL.values():
        _allow(calls, "prctl", Arg(0, EQ, command))
    # Pairs for event loops. One that keeps no connection could send to any named socket; a message with
    # descriptors could hide files, so there is no `sendmsg`.
    _allow(calls, "socketpair", Arg(1, MASKED_EQ, 0xF, _STREAM))
    _allow(calls, "sendto", Arg(4, EQ, 0))
    # A handler of signals would be handed the frames of whatever it interrupts.
    _allow(calls, "rt_sigaction", Arg(1, EQ, 0))
    return calls


def _allow(calls: Any, name: str, *arguments: Any) -> None:
    """Allow a call with these arguments; several times with others."""
    import pyseccomp as seccomp

    if (number := call_number(name)) is not None:
        calls.add_rule(seccomp.ALLOW, number, *arguments)


def _restrict_calls() -> None:
    from pyseccomp import EQ, Arg

    own = os.getpid()
    calls = _calls()
    _allow(calls, "kill", Arg(0, EQ, own))
    _allow(calls, "tgkill", Arg(0, EQ, own))
    _allow(calls, "prlimit64", Arg(0, EQ, own), Arg(2, EQ, 0))
    calls.load()
