"""Between the candidate's process and the judge's: trees of plain data, in frames that are bounded."""

from __future__ import annotations

import socket
import struct
from typing import Any

import msgpack

from helpers.checks import Gone

#: Bytes of a frame, bytes of all frames, and their number.
LONGEST, MOST_BYTES, MOST_FRAMES = 256 << 20, 2 << 30, 500_000

_LENGTH = struct.Struct("!I")
_CHUNK = 1 << 20


class Channel:
    """Sends and receives trees; whatever the other side does, there is an end to it."""

    def __init__(self, connection: socket.socket) -> None:
        """Use this connection, from now on alone."""
        self._connection = connection
        self._buffer = bytearray()
        self._bytes = self._frames = 0

    def send(self, tree: Any) -> None:
        """Send a tree.

        Raises:
            Gone: the other side is closed.
        """
        frame: Any = msgpack.packb(tree, unicode_errors="surrogatepass")
        if len(frame) > LONGEST:
            raise ValueError(f"a frame of {len(frame)} bytes")
        try:
            self._connection.sendall(_LENGTH.pack(len(frame)))
            self._connection.sendall(frame)
        except OSError as error:
            raise Gone("the connection was closed") from error

    def receive(self) -> Any:
        """Wait for a tree. How long, is for whoever watches both processes to say.

        Raises:
            Gone: the other side is closed, or has sent what is no tree, or more than it may.
        """
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        self._bytes, self._frames = self._bytes + length, self._frames + 1
        if length > LONGEST or self._bytes > MOST_BYTES or self._frames > MOST_FRAMES:
            raise Gone(f"more came than may come: {length} bytes in frame {self._frames}")
        try:
            return msgpack.unpackb(self._take(length), unicode_errors="surrogatepass")
        except (ValueError, MemoryError, RecursionError) as error:
            raise Gone(f"what came is no tree: {type(error).__name__}") from error

    def _take(self, length: int) -> bytes:
        while len(self._buffer) < length:
            try:
                chunk = self._connection.recv(_CHUNK)
            except OSError:
                chunk = b""
            if not chunk:
                raise Gone("the connection was closed")
            self._buffer += chunk
        taken = bytes(memoryview(self._buffer)[:length])
        del self._buffer[:length]
        return taken
