"""Worker threads that are started one by one, as long as another one can help."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import monotonic, process_time

START_INTERVAL = 0.01  # seconds between two workers
# If the process computes for a larger share of the time, more threads only get in its way: Python
# runs one thread at a time.
_MAX_CPU_SHARE = 0.6


class Workers:
    """Starts up to `limit` threads that run `work`. `cpu_time` is a parameter for tests."""

    def __init__(
        self,
        work: Callable[[], None],
        limit: int,
        *,
        cpu_time: Callable[[], float] = process_time,
    ) -> None:
        self._work, self._limit, self._cpu_time = work, limit, cpu_time
        self._last_time, self._last_cpu = monotonic(), cpu_time()
        self.count = 0

    def start_one(self) -> bool:
        """Start another worker, unless the process is busy. Return whether more may follow.

        Call it again after `START_INTERVAL`. The first worker is always started.
        """
        now, cpu = monotonic(), self._cpu_time()
        is_busy = cpu - self._last_cpu > _MAX_CPU_SHARE * (now - self._last_time)
        self._last_time, self._last_cpu = now, cpu
        if self.count < self._limit and not (self.count and is_busy):
            self.count += 1
            Thread(target=self._work, daemon=True).start()
        return self.count < self._limit
