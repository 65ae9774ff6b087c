"""The listening socket, with a thread for each connection."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable

LOOPBACK = ("127.0.0.1", "::1", "localhost")

Handler = Callable[[socket.socket, str, int], None]


class Listener:
    """Accepts connections on a loopback address and gives each to `serve` in a thread of its own.

    `serve` gets the connection, the client's address and the number of the connection from 1.
    """

    def __init__(
        self, host: str, port: int, serve: Handler, tls: tuple[str, str] | None = None
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"{host}: the demo portal listens on loopback only")
        self._handler = serve
        self._context: ssl.SSLContext | None = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*tls)
        self._serving: dict[threading.Thread, socket.socket] = {}
        self._stopping = False
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            if self._stopping:
                connection.close()
                return
            self.connections += 1
            arguments = (connection, address[0], self.connections)
            thread = threading.Thread(target=self._serve, args=arguments, daemon=True)
            self._serving[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket, peer: str, number: int) -> None:
        thread = threading.current_thread()
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context:
                connection = self._context.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
                self._serving[thread] = connection
                connection.do_handshake()
            self._handler(connection, peer, number)
        except OSError:
            pass  # The client left.
        finally:
            connection.close()
            self._serving.pop(thread, None)

    def stop(self) -> None:
        """Stop listening, end each connection, wait for the threads."""
        self._stopping = True
        # Closing a socket does not wake a thread that waits in accept(); a connection does.
        with contextlib.suppress(OSError):
            host = self._socket.getsockname()[0]
            socket.create_connection((host, self.port), timeout=1).close()
        self._thread.join()
        self._socket.close()
        serving = list(self._serving.items())
        for _, connection in serving:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread, _ in serving:
            thread.join(timeout=5)
