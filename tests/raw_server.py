"""A server that sends exactly the bytes that a test gives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class RawServer:
    """Sends `script` to each connection, after the head of a request has arrived.

    `heads` are the heads that were received. `script` can also be a function of the connection.
    """

    def __init__(self, script: bytes | Callable[[socket.socket], object], *, reads: bool = True):
        self.heads: list[bytes] = []
        self._script, self._reads = script, reads
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop listening."""
        self.ending.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while not self.ending.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(10)
                self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        """Serve one connection."""
        head = b""
        while self._reads and b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                break
            head += piece
        self.heads.append(head)
        if callable(self._script):
            self._script(connection)
        else:
            connection.sendall(self._script)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):  # with unread data, close() would reset the connection
                pass
