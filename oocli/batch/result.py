"""The record that a batch prints for a line: the portal's own text, on one line."""

from __future__ import annotations

import base64
import json

from oocli.batch.line import BatchLine
from oocli.model.envelope import Envelope
from oocli.model.errors import ConnectionFailed, OocliError, StorageError, TimeoutExceeded
from oocli.model.json_text import InvalidJson

_PERHAPS = "it may have been carried out"
_LOOK = "look at the portal whether it was, and if not, put it into a new batch"


def answered(line: BatchLine, envelope: Envelope) -> bytes:
    """Return the record of an answer, be it a success or a failure."""
    parts = [_head(line), b',"status":%d,' % envelope.status, _body(envelope)]
    if envelope.error is not None:
        parts += [b',"error":', _error(envelope.error)]
    return b"".join([*parts, b"}"])


def failed(line: BatchLine, failure: OocliError) -> bytes:
    """Return the record of a line without an answer, or whose answer was a redirect."""
    status = b""
    if failure.answer is not None:
        status = b',"status":%d,"envelope":null' % failure.answer.status
    return _head(line) + status + b',"error":' + _error(failure) + b"}"


def not_repeated() -> OocliError:
    """Return why a line that an earlier run may have sent is not sent again."""
    return ConnectionFailed(
        f"an earlier run ended while this was being sent; {_PERHAPS} and is not repeated",
        hint=_LOOK,
    )


def interrupted(line: BatchLine) -> OocliError:
    """Return why a line that was sent has no answer when the run is stopped."""
    why = "the run was stopped before the answer came"
    return (
        ConnectionFailed(why)
        if line.is_safe
        else ConnectionFailed(f"{why}; {_PERHAPS}", hint=_LOOK)
    )


def too_late(line: BatchLine, failure: TimeoutExceeded) -> OocliError:
    """Add to a time limit that an unsafe line may have been carried out all the same."""
    if line.is_safe or not failure.was_sent:
        return failure
    more = TimeoutExceeded(f"{failure.why}; {_PERHAPS}", hint=_LOOK)
    return more.add_context(method=failure.method, path=failure.path, portal=failure.portal)


def unexpected(bug: Exception) -> OocliError:
    """Return what to say of a line that was sent and whose answer oocli could not handle."""
    if isinstance(bug, MemoryError):
        why = "this machine has not enough memory for the answer"
        return StorageError(f"{why}; {_PERHAPS}", hint=_LOOK)
    return OocliError(
        f"a bug in oocli: {type(bug).__name__}: {bug}; {_PERHAPS}",
        hint="report it at the project's issues",
    )


def _head(line: BatchLine) -> bytes:
    return f'{{"index":{line.index},"id":{_without_line_breaks(line.id)}'.encode()


def _body(envelope: Envelope) -> bytes:
    """Return the member for the answer's body: JSON as it came, other bodies beside it."""
    if not envelope.raw:
        return b'"envelope":null'
    try:
        if envelope.is_json:
            _ = envelope.outline  # raises where the body does not parse
            return b'"envelope":' + _without_line_breaks(envelope.text.strip(" \t\r\n")).encode()
        text = envelope.text
    except InvalidJson:
        try:
            text = envelope.raw.decode("utf-8")
        except UnicodeDecodeError:
            packed = base64.b64encode(envelope.raw)
            return b'"envelope":null,"body_base64":"' + packed + b'"'
    return b'"envelope":null,"body":' + json.dumps(text).encode()


def _error(failure: OocliError) -> bytes:
    return json.dumps(failure.as_dict(), separators=(",", ":")).encode()


def _without_line_breaks(text: str) -> str:
    """Return valid JSON without line breaks: inside of strings it has none."""
    return text.replace("\r", "").replace("\n", "")
