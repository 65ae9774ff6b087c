"""A relay to a port of this machine that delays what the client sends.

python -m tests.bench.relay PORT SECONDS

Prints the port that it listens on, and forwards connections until its stdin ends.
"""

from __future__ import annotations

import asyncio
import sys


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter, delay: float) -> None:
    while piece := await source.read(65536):
        if delay:
            await asyncio.sleep(delay)
        target.write(piece)
        await target.drain()
    target.close()


async def serve(port: int, delay: float) -> None:
    """Relay to `port` until stdin ends."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            _pump(reader, back, delay), _pump(there, writer, 0), return_exceptions=True
        )

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
