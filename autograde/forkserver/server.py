"""The warm process's side: it has imported everything its children use, and forks one for each request.

Importing TensorFlow takes seconds, forking takes milliseconds. A fork is safe as long as the parent has
run none of TensorFlow's operations: it has imported, and no more.

It is started with the number of a socket. Each message on it is a request: one JSON object, and with it
descriptors, the first of which is a socket of the request's own. On that one the warm process answers
with the child's number, or with the number of the error where it could not fork; later with the child's
exit status. Whoever closes the other end has the child killed.
When the first socket closes, all children are killed and the warm process ends.

That is so for trials, which run submissions. A notebook's kernel is a *lasting* child: it belongs to the
person who works in it, and goes on when whoever asked for it, or the warm process, has ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

#: What a child does, from the request and the descriptors that came with it.
Run = Callable[[dict[str, Any], list[int]], None]


def serve(requests: socket.socket, run: Run, *, lasting: bool) -> None:
    """Fork a child for each request, until the other side closes the socket.

    Args:
        requests: the socket.
        run: what a child does.
        lasting: whether children go on when nobody waits for them any more.
    """
    gc.collect()
    gc.freeze()  # a child's collector would touch, and so copy, all that was imported
    selector = selectors.DefaultSelector()
    selector.register(requests, selectors.EVENT_READ)
    woken, waker = socket.socketpair()
    for end in (woken, waker):
        end.setblocking(False)
    signal.set_wakeup_fd(waker.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector.register(woken, selectors.EVENT_READ)
    children: dict[int, socket.socket] = {}
    while True:
        for ready, _ in selector.select():
            if ready.fileobj is woken:
                woken.recv(4096)
                _reap(children, selector)
            elif ready.fileobj is requests:
                flags = 0
                try:
                    message, descriptors, flags, _ = socket.recv_fds(requests, 1 << 16, 8)
                except ConnectionError:
                    message, descriptors = b"", []
                except OSError:  # for lack of memory: the request is still there
                    continue
                if not message:
                    signal.set_wakeup_fd(-1)
                    for process in children:
                        os.kill(process, signal.SIGKILL)
                    for process in children:
                        with contextlib.suppress(ChildProcessError):  # it has been buried already
                            os.waitpid(process, 0)
                    return
                if not descriptors:  # there was no room for them; who has asked sees its end closed
                    continue
                answers = socket.socket(fileno=descriptors.pop(0))
                try:
                    if flags & socket.MSG_CTRUNC:
                        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
                    process = os.fork()
                except OSError as error:  # the machine's; the others' children go on
                    _refuse(answers, error, descriptors)
                    continue
                if not process:
                    # Each by its object: one that is closed by its number closes another's later on.
                    for one in (selector, requests, woken, waker, answers, *children.values()):
                        one.close()
                    _run_in_child(run, json.loads(message), descriptors, lasting=lasting)
                for descriptor in descriptors:
                    os.close(descriptor)
                with contextlib.suppress(OSError):  # who has asked may have gone
                    answers.send(json.dumps({"process": process}).encode())
                if lasting:
                    answers.close()
                    continue
                children[process] = answers
                selector.register(answers, selectors.EVENT_READ, process)
            elif (
                ready.data in children
            ):  # who asked for this child has sent a signal for it, or gone
                said = _receive(children[ready.data])
                os.kill(ready.data, int(said) if said else signal.SIGKILL)
                if not said:
                    selector.unregister(ready.fileobj)


def _refuse(answers: socket.socket, error: OSError, descriptors: list[int]) -> None:
    """Say that nothing was forked, and why."""
    for descriptor in descriptors:
        os.close(descriptor)
    with contextlib.suppress(OSError):  # who has asked may have gone
        answers.send(json.dumps({"error": error.errno}).encode())
    answers.close()


def _receive(answers: socket.socket) -> bytes:
    """The next message, or nothing where the other end is closed."""
    try:
        return answers.recv(64)
    except ConnectionError:
        return b""


def _reap(children: dict[int, socket.socket], selector: selectors.BaseSelector) -> None:
    """Bury the children that have ended, and tell of them."""
    with contextlib.suppress(ChildProcessError):  # there are none left
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            if answers := children.pop(process, None):
                if answers.fileno() in selector.get_map():
                    selector.unregister(answers)
                with contextlib.suppress(OSError):  # nobody may be waiting for it any more
                    answers.send(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode())
                answers.close()


def _run_in_child(
    run: Run,
    request: dict[str, Any],
    descriptors: list[int],
    *,
    lasting: bool,
    kept: tuple[int, ...] = (),
) -> NoReturn:
    """Never return to what the warm process does; a lasting child leaves as any program does.

    The kept descriptors stay open, though `run` is told nothing of them.
    """
    try:
        _settle_in([*descriptors, *kept], lasting=lasting)
        run(request, descriptors)
        os._exit(0)
    except SystemExit:
        if lasting:
            raise
    except BaseException:
        import traceback

        traceback.print_exc()
    os._exit(1)


def _settle_in(descriptors: list[int], *, lasting: bool) -> None:
    """In a child: take no part in the parent's business, keep nothing of it open, end with it or not."""
    if not lasting and sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    keep = {0, 1, 2, *descriptors}
    for name in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else ():
        if int(name) not in keep:
            with contextlib.suppress(OSError):  # one of them was the listing's own
                os.close(int(name))
    gc.enable()


def serve_from_the_command_line(prepare: Callable[[], Run], *, lasting: bool = False) -> None:
    """Serve the socket whose number is the only argument; see `serve`."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    gc.disable()
    run = prepare()
    with contextlib.suppress(OSError):  # who has started this may have gone
        requests.send(b"ready")
    serve(requests, run, lasting=lasting)


def run_from_the_command_line(prepare: Callable[[], Run]) -> NoReturn:
    """Without a fork: do what the second argument requests, with the descriptors that follow it.

    The first argument is the number of a socket, whose closing tells of the process's end.
    """
    end, request, *descriptors = sys.argv[1:]
    run = prepare()
    _run_in_child(
        run, json.loads(request), [*map(int, descriptors)], lasting=False, kept=(int(end),)
    )
