"""Taking rights away from the present process, for good, before it runs code nobody should trust.

Three mechanisms of the Linux kernel, none of which needs root, a helper program or a namespace, so that
they also work inside containers and where user namespaces are switched off:

* **Landlock** says which files can be opened: the system and the Python packages for reading, the
  process's own folder for writing, nothing else.
* **seccomp** takes away system calls: new processes, sockets, signals to others, attributes of files
  (which Landlock does not guard), handlers of signals, and what administers a system.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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

#: What a process may do to itself only: these take the number of a process or of a thread group.
TO_ITSELF = {"kill": 0, "tgkill": 0, "prlimit64": 0}

REFUSED = (
    # new processes and programs
    "fork", "vfork", "execve", "execveat",
    # the network, and any other socket with a name; `socketpair` is left for event loops
    "socket", "connect", "bind", "listen", "accept", "accept4",
    # other processes
    "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal",
    "pidfd_getfd", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
    "process_mrelease", "kcmp", "migrate_pages", "move_pages", "setpriority", "ioprio_set",
    "sched_setscheduler", "sched_setparam", "sched_setattr", "setsid", "setpgid",
    # ways round the filters, and what the process could see of others
    "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "perf_event_open", "bpf",
    "name_to_handle_at", "open_by_handle_at", "fanotify_init", "inotify_init", "inotify_init1",
    "add_key", "request_key", "keyctl", "prctl_seccomp", "syslog",
    # what outlives the process
    "shmget", "msgget", "semget", "mq_open", "memfd_create",
    # the system, should the grader run as root
    "mount", "umount2", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "open_tree",
    "mount_setattr", "pivot_root", "chroot", "unshare", "setns", "mknod", "mknodat", "swapon",
    "swapoff", "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module",
    "delete_module", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname",
    "setdomainname", "quotactl", "acct", "iopl", "ioperm", "lookup_dcookie", "nfsservctl", "vhangup",
)  # fmt: skip

#: Answered with success, though nothing happens: copying a file sets its mode and times, and Landlock
#: guards neither.
WITHOUT_EFFECT = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "utime",
    "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat",
    "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
)  # fmt: skip

#: Numbers of system calls younger than some of today's libseccomp; from 424 on all machines share them.
YOUNG = {"fchmodat2": 452, "setxattrat": 463, "removexattrat": 466}


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


def missing_protections() -> Iterator[str]:
    """Name what this machine lacks, each with the way to mend it where there is one."""
    if sys.platform != "linux":
        yield f"Landlock and seccomp: they are parts of Linux, and this is {platform.system()}"
        return
    import landlockpy

    if (abi := landlockpy.abi_version()) < LANDLOCK_ABI:
        yield f"Landlock, version {LANDLOCK_ABI} or later: this kernel has {abi or 'none'} (needs Linux 6.2)"
    try:
        import pyseccomp  # noqa: F401  (raises where the library is not to be found)
    except RuntimeError:
        yield "seccomp: libseccomp is not installed (Debian and Ubuntu: apt install libseccomp2)"


def readable_of_python() -> tuple[Path, ...]:
    """The folders from which this Python imports, with the interpreter's own."""
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    folders |= {str(Path(sys.executable).resolve().parents[1])}
    return tuple(Path(folder) for folder in sorted(folders) if folder != "/usr")


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


def _restrict_calls() -> None:
    import pyseccomp as seccomp

    refuse, no_such_call, pretend = (seccomp.ERRNO(n) for n in (errno.EPERM, errno.ENOSYS, 0))
    calls = seccomp.SyscallFilter(seccomp.ALLOW)
    machine = seccomp.system_arch()

    def number(name: str) -> int | None:
        """The call's number on this machine, where it has the call."""
        known = seccomp.resolve_syscall(machine, name)
        return known if known >= 0 else YOUNG.get(name)

    for names, action in ((REFUSED, refuse), (WITHOUT_EFFECT, pretend)):
        for name in names:
            if (call := number(name)) is not None:
                calls.add_rule(action, call)
    process = os.getpid()
    for name, position in TO_ITSELF.items():
        calls.add_rule(refuse, name, seccomp.Arg(position, seccomp.NE, process))
    # Threads share the process's files and end with it; a new process would do neither.
    thread = 0x00010000  # CLONE_THREAD
    calls.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, thread, 0))
    calls.add_rule(no_such_call, "clone3")  # its flags lie in memory; libc falls back to `clone`
    # A socket of pairs that keeps no connection could send to any named socket.
    calls.add_rule(refuse, "socketpair", seccomp.Arg(1, seccomp.MASKED_EQ, 0xF, 2))
    # A handler of signals would be handed the frames of whatever it interrupts.
    calls.add_rule(refuse, "rt_sigaction", seccomp.Arg(1, seccomp.NE, 0))
    calls.load()
