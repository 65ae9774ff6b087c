"""A QR code drawn with characters, where the extra `qr` is installed."""

from __future__ import annotations

import io


def qr_lines(text: str) -> list[str] | None:
    """Return the lines of a QR code made of half blocks, None without the library."""
    try:
        import segno  # noqa: PLC0415 - an extra, and only for a new authenticator
    except ImportError:
        return None
    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue().splitlines()
