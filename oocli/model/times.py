"""Timestamps and durations, as portals write them and as people read them; calls with a timeout."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")
# A larger difference between two clocks means a broken header or an edited file.
MAX_CLOCK_OFFSET = 100 * 365 * 86400.0  # seconds
# `datetime.fromisoformat` of Python 3.10 refuses seven digits and `Z`.
_TIMESTAMP = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    r"(?:([Zz])|([+-])(\d\d):?(\d\d))?"
)


def parse_timestamp(text: object) -> datetime | None:
    """Return the time, or None for "never" and for what is not a timestamp.

    Workspace writes `2026-01-10T13:36:24.1234567+03:00`, with seven digits and its own zone.
    DocSpace writes `Z` and leaves trailing zeros out. The years 1 and 9999 mean "never". Digits
    below the microsecond are dropped; a timestamp without a zone is in UTC.
    """
    found = re.fullmatch(_TIMESTAMP, text.strip()) if isinstance(text, str) else None
    if not found or not 1970 <= int(found[1]) < 9999:
        return None
    zone = timezone.utc
    if found[9]:
        offset = timedelta(hours=int(found[10]), minutes=int(found[11]))
        if offset >= timedelta(hours=24):
            return None
        zone = timezone(offset if found[9] == "+" else -offset)
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    microsecond = int((found[7] or "0").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=zone)
    except ValueError:
        return None


def format_timestamp(moment: datetime) -> str:
    """Return `2027-01-10 13:36 +03:00`: the time in the zone of this machine."""
    local = moment.astimezone()
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M} {offset[:3]}:{offset[3:5]}"


def format_duration(seconds: float) -> str:
    """Return a duration in its two largest units: `3 h 20 min`."""
    left = max(0, round(seconds))
    units = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")]
    while len(units) > 1 and left < units[0][0]:
        units.pop(0)
    (size, unit), *smaller = units
    text = f"{left // size} {unit}"
    if smaller and (rest := left % size // smaller[0][0]):
        text += f" {rest} {smaller[0][1]}"
    return text


class StillRunning(Exception):
    """The call did not end in time. If it was started, it goes on, and its result is dropped."""


def run_with_timeout(
    work: Callable[[], _T], seconds: float, *, discard: Callable[[_T], object] | None = None
) -> _T:
    """Return what `work` returns, or raise what it raises, within `seconds`.

    It runs in its own thread, because neither a name look-up nor a call into another library can
    be interrupted otherwise. Raises `StillRunning` when the time is over. `discard` gets a result
    that arrives later, to close it.
    """
    results: list[_T] = []
    failures: list[BaseException] = []
    is_late = False

    def _run() -> None:
        try:
            result = work()
        except BaseException as failure:  # raised again by the thread that waits
            failures.append(failure)
            return
        results.append(result)
        if is_late and discard is not None:
            discard(result)

    if seconds <= 0:  # what cannot end in time is not started
        raise StillRunning
    thread = Thread(target=_run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if results:
        return results[0]
    is_late = True
    raise StillRunning
