"""The date formats of the two servers, from Unix seconds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import formatdate

NEVER = "0001-01-01T00:00:00"
"""A .NET date that was never set, as the servers write it: no zone, no fraction."""


def zoned(at: float, offset_minutes: int = 180) -> str:
    """Format a date of a portal: always seven fraction digits, `Z` only for offset zero.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Specific/ApiDateTime.cs;
    ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/ApiDateTime.cs.
    """
    moment = datetime.fromtimestamp(at, timezone(timedelta(minutes=offset_minutes)))
    zone = moment.isoformat()[-6:] if offset_minutes else "Z"
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0{zone}"


def utc(at: float) -> str:
    """Format a UTC date with `Z`, without zeros at the end of the fraction."""
    moment = datetime.fromtimestamp(at, timezone.utc)
    fraction = f"{moment.microsecond:06d}".rstrip("0")
    return f"{moment:%Y-%m-%dT%H:%M:%S}" + (f".{fraction}" if fraction else "") + "Z"


def http_date(at: float) -> str:
    """Format a date for a header."""
    return formatdate(at, usegmt=True)


def cookie_date(at: float) -> str:
    """Format the expiry of a cookie as ASP.NET does, with dashes."""
    text = formatdate(at, usegmt=True)
    return f"{text[:7]}-{text[8:11]}-{text[12:]}"
