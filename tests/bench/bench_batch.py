"""2,000 GETs by `oocli batch` against curl in a shell loop, without latency and with 20 ms of it.

    python tests/bench/bench_batch.py [PAIRS] [CALLS]

Wants nginx (Debian: nginx-light), curl and bash. Prints how many times as fast the batch is. The
latency is added by a relay in front of nginx: it holds each piece of a request back.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

LATENCY = 0.02
CONF = """
daemon off; worker_processes 1; pid {at}/pid; error_log {at}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {at}/a; proxy_temp_path {at}/b; fastcgi_temp_path {at}/c;
  uwsgi_temp_path {at}/d; scgi_temp_path {at}/e;
  server {{
    listen 127.0.0.1:{port}; default_type application/json;
    location / {{ return 200 '{body}'; }}
  }}
}}
"""
BODY = {
    "count": 1,
    "status": 0,
    "statusCode": 200,
    "response": {"id": "4c65a238-ca50-4374-b904-0d51d4c1822b", "email": "ann@example.com"},
}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Relay(threading.Thread):
    """Passes connections on to a port, what the client says `LATENCY` later."""

    def __init__(self, to_port: int) -> None:
        super().__init__(daemon=True)
        self.to_port, self.port = to_port, free_port()
        self.ready = threading.Event()

    def run(self) -> None:
        """Serve until the program ends."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        self.ready.set()
        await server.serve_forever()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.to_port)
        await asyncio.gather(
            self._pump(reader, back, LATENCY), self._pump(there, writer, 0), return_exceptions=True
        )

    @staticmethod
    async def _pump(
        source: asyncio.StreamReader, target: asyncio.StreamWriter, delay: float
    ) -> None:
        while piece := await source.read(65536):
            if delay:
                await asyncio.sleep(delay)
            target.write(piece)
            await target.drain()
        target.close()


def seconds(command: list[str], env: dict[str, str]) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def compare(name: str, port: int, calls: int, pairs: int, lines: Path) -> None:
    """Measure both in turn and print the ratio of the medians."""
    origin = f"http://127.0.0.1:{port}"
    env = {**os.environ, "OOCLI_PORTAL": origin, "OOCLI_TOKEN": "x" * 40}
    url = f"{origin}/api/2.0/people/@self.json"
    loop = f'for i in $(seq {calls}); do curl -s -H "Authorization: x" {url}; done'
    batch = [sys.executable, "-m", "oocli", "batch", str(lines)]
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(pairs):
        found[0].append(seconds(["bash", "-c", loop], env))
        found[1].append(seconds(batch, env))
    curl, ours = (statistics.median(one) for one in found)
    line = f"{name:12} curl {curl:6.2f} s  batch {ours:6.2f} s  {curl / ours:5.1f} times as fast"
    print(line)  # noqa: T201


def main() -> None:
    """Measure without latency and with it."""
    numbers = [int(one) for one in sys.argv[1:]]
    pairs, calls = [*numbers, *(11, 2000)[len(numbers) :]]
    with tempfile.TemporaryDirectory() as folder:
        at, port = Path(folder), free_port()
        (at / "nginx.conf").write_text(CONF.format(at=at, port=port, body=json.dumps(BODY)))
        lines = at / "calls.ndjson"
        call = {"method": "GET", "path": "people/@self"}
        lines.write_text((json.dumps(call) + "\n") * calls)
        server = subprocess.Popen(
            ["nginx", "-c", str(at / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        try:
            relay = Relay(port)
            relay.start()
            relay.ready.wait()
            compare("no latency", port, calls, pairs, lines)
            compare("20 ms", relay.port, calls, pairs, lines)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
