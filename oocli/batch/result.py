"""The line that a batch prints for a call: the portal's own text, on one line."""

from __future__ import annotations

import base64
import json

from oocli.batch.line import BatchLine
from oocli.client.portal import PortalClient
from oocli.model.envelope import Envelope
from oocli.model.errors import ConnectionFailed, OocliError, StorageError, TimeoutExceeded
from oocli.model.json_text import InvalidJson


def answered(line: BatchLine, envelope: Envelope) -> bytes:
    """Return the line for an answer, be it a success or a failure."""
    error = envelope.error
    parts = [_head(line), b',"status":%d,' % envelope.status, _body(envelope)]
    if error is not None:
        parts += [b',"error":', _error(error)]
    return b"".join([*parts, b"}"])


def failed(line: BatchLine, failure: OocliError) -> bytes:
    """Return the line for a call that got no answer, or one that was not taken (a redirect)."""
    if failure.answer is not None:
        status = b',"status":%d,"envelope":null' % failure.answer.status
    else:
        status = b""
    return _head(line) + status + b',"error":' + _error(failure) + b"}"


def may_have_been_sent(line: BatchLine, portal: PortalClient) -> OocliError:
    """Return why a line that an earlier run may have sent is not sent again."""
    failure = ConnectionFailed(
        "an earlier run ended while this was being sent; it may have been carried out and is "
        "not repeated",
        hint=_LOOK,
    )
    return _about(failure, line, portal)


def interrupted(line: BatchLine, portal: PortalClient) -> OocliError:
    """Return why a line that was sent has no answer when the run is stopped."""
    why = "the run was stopped before the answer came"
    if line.is_safe:
        return _about(ConnectionFailed(why), line, portal)
    return _about(ConnectionFailed(f"{why}; {_PERHAPS}", hint=_LOOK), line, portal)


def too_late(line: BatchLine, failure: TimeoutExceeded) -> OocliError:
    """Add to a time limit that an unsafe line may have been carried out all the same."""
    if line.is_safe or not failure.was_sent:
        return failure
    more = TimeoutExceeded(f"{failure.why}; {_PERHAPS}", hint=_LOOK)
    return more.add_context(method=failure.method, path=failure.path, portal=failure.portal)


def unexpected(line: BatchLine, portal: PortalClient, bug: Exception) -> OocliError:
    """Return what to say of a line whose answer oocli could not handle."""
    if isinstance(bug, MemoryError):
        why = "this machine has not enough memory for the answer"
        return _about(StorageError(f"{why}; {_PERHAPS}", hint=_LOOK), line, portal)
    failure = OocliError(
        f"a bug in oocli: {type(bug).__name__}: {bug}; {_PERHAPS}",
        hint="report it at the project's issues",
    )
    return _about(failure, line, portal)


_PERHAPS = "it may have been carried out"
_LOOK = "look at the portal whether it was, and if not, put it into a new batch"


def _about(failure: OocliError, line: BatchLine, portal: PortalClient) -> OocliError:
    return failure.add_context(method=line.method, path=line.path, portal=portal.address.key)


def _head(line: BatchLine) -> bytes:
    return f'{{"index":{line.index},"id":{_one_line(line.id)}'.encode()


def _body(envelope: Envelope) -> bytes:
    """Return the member for the answer's body: JSON as it came, other bodies beside it."""
    if not envelope.raw:
        return b'"envelope":null'
    try:
        if envelope.is_json:
            envelope.outline  # noqa: B018 - proves that it parses
            return b'"envelope":' + _one_line(envelope.text.strip(" \t\r\n")).encode()
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


def _one_line(text: str) -> str:
    """Return valid JSON without line breaks: inside of strings it has none."""
    return text.replace("\r", "").replace("\n", "") if "\n" in text or "\r" in text else text
