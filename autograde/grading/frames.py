"""What comes back from a process nobody should trust: bounded before it is parsed, never waited for."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

#: Bytes of one frame, and of all of a process's frames.
LONGEST, MOST_BYTES = 20_000_000, 100_000_000
#: Bytes of a report without the outputs that it brings.
LONGEST_REPORT = 100_000

_CHUNK = 1 << 20


class Frames:
    """The frames on a socket, as `multiprocessing.connection.Connection` sends them.

    Reading takes what is there and never waits for more, so that whoever sends a byte at a time, or
    announces more than comes, holds nobody up.
    """

    def __init__(self, connection: socket.socket) -> None:
        """Take frames from this socket, which is then closed with `close`."""
        self._socket = connection
        self._socket.setblocking(False)
        self._buffer, self._received = bytearray(), 0

    def fileno(self) -> int:
        """Ready to be read when there is something to take."""
        return self._socket.fileno()

    def receive(self) -> list[bytes]:
        """The frames that have become whole.

        Raises:
            EOFError: the other side is closed.
            ValueError: there is more than there may be.
        """
        try:
            chunk = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return []
        except ConnectionError:
            chunk = b""
        if not chunk:
            raise EOFError
        self._received += len(chunk)
        if self._received > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES / 1e6:g} MB")
        self._buffer += chunk
        frames, begin = [], 0
        while len(self._buffer) >= begin + 4:
            (length,) = struct.unpack_from("!i", self._buffer, begin)
            if not 0 < length <= LONGEST:
                raise ValueError(f"a report of {length} bytes")
            if len(self._buffer) < begin + 4 + length:
                break
            begin += 4 + length
            frames.append(bytes(self._buffer[begin - length : begin]))
        del self._buffer[:begin]
        return frames

    def close(self) -> None:
        """Take no more."""
        self._socket.close()


def send_frame(connection: socket.socket, content: bytes) -> None:
    """Send a frame, as `Connection.recv_bytes` takes it."""
    connection.sendall(struct.pack("!i", len(content)) + content)


def parse(frame: bytes) -> tuple[list[Any], bytes]:
    """The report of a judge in a frame, and what stands behind it: outputs of the submission, as they are.

    Raises:
        ValueError: it is no report.
    """
    head, _, outputs = frame.partition(b"\n")
    if len(head) > LONGEST_REPORT:
        raise ValueError(f"a report of {len(head)} bytes without its outputs")
    try:
        report = json.loads(head)
    except RecursionError:
        raise ValueError("a report that is nested too deeply") from None
    if not (isinstance(report, list) and len(report) >= 2):
        raise ValueError("not a report")
    return report, outputs
