"""The record that a batch prints for a line: the portal's own text, on one line."""

from __future__ import annotations

import base64
import json

from oocli.batch.line import BatchLine
from oocli.model.envelope import Envelope
from oocli.model.errors import ConnectionFailed, OocliError, StorageError
from oocli.model.json_text import InvalidJson


def answered(line: BatchLine, envelope: Envelope) -> bytes:
    """Return the record of an answer, whether the call succeeded or failed.

    A JSON body is copied unchanged into `envelope`; other bodies go into `body` or `body_base64`.
    """
    body = b'"envelope":null'
    try:
        if envelope.is_json and envelope.raw:
            _ = envelope.outline  # raises `InvalidJson` if the body does not parse
            text = _without_line_breaks(envelope.text.strip(" \t\r\n"))
            body = b'"envelope":' + text.encode()
        elif envelope.raw:
            body += b',"body":' + json.dumps(envelope.text).encode()
    except InvalidJson:
        try:
            body += b',"body":' + json.dumps(envelope.raw.decode("utf-8")).encode()
        except UnicodeDecodeError:
            body += b',"body_base64":"' + base64.b64encode(envelope.raw) + b'"'
    record = _head(line) + b',"status":%d,' % envelope.status + body
    return record + (b"}" if envelope.error is None else _tail(envelope.error))


def failed(line: BatchLine, failure: OocliError) -> bytes:
    """Return the record of a line that got no answer, or a redirect that is not followed."""
    status = b""
    if failure.answer is not None:
        status = b',"status":%d,"envelope":null' % failure.answer.status
    return _head(line) + status + _tail(failure)


def not_repeated() -> OocliError:
    """Return the failure of an unsafe line that an earlier run may have sent."""
    failure = uncertain(ConnectionFailed("an earlier run ended while this was being sent"))
    failure.why += " and is not repeated"
    return failure


def interrupted(line: BatchLine) -> OocliError:
    """Return the failure of a line that was sent, and was not answered before the run stopped."""
    failure = ConnectionFailed("the run was stopped before the answer came")
    return failure if line.is_safe else uncertain(failure)


def unexpected(bug: Exception) -> OocliError:
    """Return the failure of a line that was sent, if oocli could not process the answer."""
    if isinstance(bug, MemoryError):
        return uncertain(StorageError("this machine has not enough memory for the answer"))
    failure = uncertain(OocliError(f"a bug in oocli: {type(bug).__name__}: {bug}"))
    failure.hint = "report it at the project's issues"
    return failure


def uncertain(failure: OocliError) -> OocliError:
    """Add to a failure that the portal may have carried out the call, and return it."""
    failure.why += "; it may have been carried out"
    failure.hint = "check the portal; if it was not carried out, add the line to a new batch"
    return failure


def _head(line: BatchLine) -> bytes:
    return f'{{"index":{line.index},"id":{_without_line_breaks(line.id)}'.encode()


def _tail(failure: OocliError) -> bytes:
    return b',"error":' + json.dumps(failure.as_dict(), separators=(",", ":")).encode() + b"}"


def _without_line_breaks(text: str) -> str:
    """Return valid JSON on one line: its strings contain no line breaks."""
    return text.replace("\r", "").replace("\n", "")
