"""Timestamps and durations, as portals write them and as people read them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

# A clock that differs by more than a century is no clock: a broken header, or an edited file.
MAX_CLOCK_OFFSET = 100 * 365 * 86400.0  # seconds
# Written by hand because `datetime.fromisoformat` of Python 3.10 refuses seven digits and `Z`.
_TIMESTAMP = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    r"(?:([Zz])|([+-])(\d\d):?(\d\d))?"
)


def parse_timestamp(text: object) -> datetime | None:
    """Return the time, or None for "never" and for anything that is no timestamp.

    Portals write `2026-01-10T13:36:24.1234567+03:00` (Workspace, seven digits and its own zone),
    `...Z` with the zeros trimmed (DocSpace), and the year 1 for "no end"; the year 9999 is .NET's
    last moment and means the same. Digits below the microsecond are dropped; a timestamp without
    a zone is taken as UTC.
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
    try:
        micro = int((found[7] or "0").ljust(6, "0")[:6])
        return datetime(*(int(found[n]) for n in range(1, 7)), micro, tzinfo=zone)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def format_timestamp(moment: datetime) -> str:
    """Return `2027-01-10 13:36` in this machine's zone, with the zone's offset."""
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
