"""`--jq`: the jq engine of the extra `jq`, told to keep every digit."""

from __future__ import annotations

import json
import re
from typing import Any

from oocli.model.display import one_line
from oocli.model.errors import UsageError

# Half of a surrogate pair, escaped: the engine refuses a document that holds one.
_LONE = re.compile(
    r"(?i)(?<!\\)((?:\\\\)*)(?:(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\ud[89a-f][0-9a-f]{2})"
)


class Filter:
    """One compiled jq expression. Made before anything is sent; raises `UsageError`."""

    def __init__(self, expression: str) -> None:
        try:
            import jq  # noqa: PLC0415 - an extra, loaded only where it is asked for
        except ImportError:
            raise UsageError(
                "--jq: its engine is not installed", hint="pip install 'oocli[jq]'"
            ) from None
        try:
            jq.compile(expression)  # alone first: the brackets below could complete half of one
            # Numbers that leave the engine as Python's are rounded; as text they are not.
            self._program: Any = jq.compile(f"({expression}\n)|tojson")
        except ValueError as failure:
            raise UsageError(
                f"--jq {one_line(expression, 60)!r}: {_reason(failure)}",
                hint="what can be written: https://jqlang.org/manual",
            ) from None

    def results(self, text: str) -> list[str]:
        """Return what the expression makes of a JSON text: strings bare, all else as JSON.

        Raises `UsageError` where the expression does not fit the document.
        """
        if "\\ud" in text or "\\uD" in text:
            text = _LONE.sub(lambda found: found[1] + (found[2] or "\\ufffd"), text)
        try:
            return [_bare(one) for one in self._program.input_text(text).all()]
        except ValueError as failure:
            raise UsageError(f"--jq: {_reason(failure)}") from None


def _bare(result: str) -> str:
    return str(json.loads(result)) if result.startswith('"') else result


def _reason(failure: ValueError) -> str:
    """Return what the engine said, without its own name and the picture of the place."""
    first = str(failure).partition("\n")[0]
    return one_line(first.removeprefix("jq: ").removeprefix("error: "), 300) or "it failed"
