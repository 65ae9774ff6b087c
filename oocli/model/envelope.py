"""The portal's answer as an envelope: its body, what is inside, and whether it is a failure."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import Any

from oocli.model import json_text
from oocli.model.errors import (
    InvalidResponse,
    OocliError,
    RedirectNotFollowed,
    Rejected,
    SignInNeeded,
    error_for_status,
)
from oocli.model.json_text import InvalidJson
from oocli.model.request import Request
from oocli.model.response import Response
from oocli.model.text import unescape_html

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TITLE, _TITLE_END = re.compile(r"(?i)<title(?=[\s>])"), re.compile(r"(?i)</title")


class Refusal(Enum):
    """Why a portal refuses somebody, where only the words of its answer tell."""

    NOT_ACCEPTED = "wrong name, password or code"
    TOO_MANY_ATTEMPTS = "too many attempts"
    FORBIDDEN_ADDRESS = "forbidden address"


# Patterns of whole texts, whether they count in plain text alone, and what they mean. These texts
# are fixed English: AuthenticationEntryPoint.cs and IPSecurity.cs of Workspace, IpSecurityFilter.cs
# of DocSpace.
_REFUSALS = (
    (r"User authentication failed", False, Refusal.NOT_ACCEPTED),
    (r"Login Fail\. Too many attempts", False, Refusal.TOO_MANY_ATTEMPTS),
    (r"(?s).*IPSecurity.*", False, Refusal.FORBIDDEN_ADDRESS),
    (r"(?s).*restricted.*", True, Refusal.FORBIDDEN_ADDRESS),
)
_WRONG_SIGN_IN = (Refusal.NOT_ACCEPTED, Refusal.TOO_MANY_ATTEMPTS)


class Envelope:
    """An answer and what it says.

    `raw` is the portal's own bytes, `body` the parsed document, `response` what is inside it,
    `error` the failure that the answer means (None for a success). Numbers in `body` are Python's;
    `text` has every digit.
    """

    def __init__(self, request: Request, answer: Response) -> None:
        self.request = request
        self.answer = answer
        self.portal: str | None = None  # its key, for errors

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status

    @property
    def raw(self) -> bytes:
        """The body as it arrived."""
        return self.answer.raw

    @cached_property
    def text(self) -> str:
        """The body as text, without a byte order mark. Raises `InvalidJson` if it is not UTF-8."""
        return json_text.decode(self.raw)

    @cached_property
    def body(self) -> Any:
        """The parsed body. Raises `InvalidJson` where it is no JSON document."""
        return json_text.parse(self.text)

    @cached_property
    def outline(self) -> Any:
        """The body without what is inside of inner objects: enough to judge a large document.

        Raises `InvalidJson` as `body` does.
        """
        return (
            self.__dict__["body"] if "body" in self.__dict__ else json_text.parse_outline(self.text)
        )

    @property
    def is_json(self) -> bool:
        """Whether the body claims to be JSON, or names no type and looks like it."""
        kind = self.answer.content_type
        if kind == "application/json" or kind.endswith("+json") or kind == "text/json":
            return True
        return not kind and self._start in (b"{", b"[")

    @property
    def is_html(self) -> bool:
        """Whether the body is a page for browsers."""
        if self.answer.content_type:
            return self.answer.content_type in _HTML_TYPES
        return self.raw[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))

    @property
    def is_xml(self) -> bool:
        """Whether the body is XML."""
        kind = self.answer.content_type
        if kind:
            return kind in ("text/xml", "application/xml") or kind.endswith("+xml")
        return self._start == b"<" and not self.is_html

    @property
    def is_blank(self) -> bool:
        """Whether the body holds nothing but white space."""
        return not self._start and not self.raw.removeprefix(json_text.BOM).strip()

    @property
    def response(self) -> Any:
        """What is inside the envelope; None where the portal left it out.

        Raises `InvalidResponse` where the body is no JSON document.
        """
        try:
            body = self.body
        except InvalidJson:
            kind = self.answer.content_type or "an unknown type"
            raise self._no_answer(f"data of {kind}").add_context(
                method=self.request.method,
                path=self.request.target.display_path,
                portal=self.portal,
            ) from None
        return body.get("response") if isinstance(body, dict) else body

    @cached_property
    def error(self) -> OocliError | None:
        """The failure that this answer means, ready to be raised, or None for a success."""
        found = self._error()
        if found is not None:
            found.add_context(method=self.request.method, path=self.request.target.display_path)
        return found

    def raise_for_error(self) -> Envelope:
        """Return this envelope, or raise its error."""
        if self.error is not None:
            raise self.error
        return self

    @property
    def _start(self) -> bytes:
        return self.raw[:512].removeprefix(json_text.BOM).lstrip()[:1]

    def _error(self) -> OocliError | None:
        family = error_for_status(self.status)
        if family is RedirectNotFollowed:
            place = self.answer.headers.get("location", "nowhere")
            return RedirectNotFollowed(f"it points to {place}", answer=self.answer)
        if family is not None:
            # Workspace answers 500 to a wrong password or code; with another text it has failed.
            if self.status == 500 and refusal_in(self.answer) in _WRONG_SIGN_IN:
                family = SignInNeeded
            return family(message_of(self), answer=self.answer)
        return self._error_inside()

    def _error_inside(self) -> OocliError | None:
        """Return the failure that a success by status hides."""
        has_no_body = self.request.method == "HEAD" or self.status in (204, 304)
        # Workspace answers OPTIONS with an empty 200 (ApiAccessControlRouteRegistrator.cs).
        may_be_empty = has_no_body or self.request.method == "OPTIONS"
        if self.answer.packing and not has_no_body:
            return packed_answer(self.answer)
        if not self.request.target.is_api:
            return self._handler_failure()
        if not self.raw and self.answer.rest is None:
            return None if may_be_empty else self._no_answer("an empty answer")
        if self.answer.is_attachment:
            return None
        if self.is_html or self.is_xml:
            return None if may_be_empty and self.is_blank else self._no_answer(describe_page(self))
        if not self.is_json:
            return None
        try:
            body = self.outline
        except InvalidJson as failure:
            return self._no_answer(f"broken JSON: {failure}")
        if isinstance(body, dict):
            status = body.get("status")
            has_status_one = type(status) is int and status == 1  # `True` is no status
            if body.get("error") is not None or has_status_one:
                return Rejected(message_of(self), answer=self.answer)
        return None

    def _handler_failure(self) -> OocliError | None:
        # The upload and download handlers say "no" with 200 and success:false (ChunkedUploader).
        is_handler = self.request.target.path.lower().endswith(".ashx")
        if not is_handler or not self.is_json or self.answer.is_attachment:
            return None
        try:
            body = self.body
        except InvalidJson as failure:
            return self._no_answer(f"broken JSON: {failure}")
        if isinstance(body, dict) and body.get("success") is False:
            return Rejected(str(body.get("message") or "refused"), answer=self.answer)
        return None

    def _no_answer(self, what: str) -> InvalidResponse:
        return InvalidResponse(
            f"{what} instead of an API answer",
            hint="check the portal's address and the path, and whether a proxy answers in between",
            answer=self.answer,
        )


def message_of(envelope: Envelope) -> str:
    """Return the reason that a failing answer gives, in the portal's words.

    `error.message`, then the title of a problem document (inside `response` or bare) with its
    field errors, then plain text, then a page's title, then the words of the status line.
    """
    answer = envelope.answer
    if envelope.request.method == "HEAD":
        return _reason(answer)
    if answer.packing:
        return packed_answer(answer).why
    if envelope.is_json:
        try:
            message = _message_in(envelope.body)
        except InvalidJson:
            message = None
        if message:
            return message
    elif envelope.is_html and not envelope.is_blank:
        return _text_of_page(envelope) or describe_page(envelope)
    elif envelope.is_html or envelope.is_xml:
        return describe_page(envelope)
    elif answer.raw and answer.content_type in ("", "text/plain"):
        return answer.raw.decode("utf-8", "replace").strip() or _reason(answer)
    return _reason(answer)


def body_or_none(answer: Response) -> object:
    """Return the parsed body of an answer, None where it is no JSON."""
    try:
        return json_text.parse(json_text.decode(answer.raw))
    except InvalidJson:
        return None


def refusal_in(answer: Response | None) -> Refusal | None:
    """Return what a portal's own words mean, None where they are not known.

    It reads the answer and not the message of an error, in which secrets are masked.
    """
    if answer is None:
        return None
    body = body_or_none(answer)
    error = body.get("error") if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    is_plain = answer.content_type == "text/plain"
    text = message if isinstance(message, str) else answer.raw.decode("utf-8", "replace").strip()
    for pattern, only_plain, refusal in _REFUSALS:
        if (is_plain or not only_plain) and re.fullmatch(pattern, text):
            return refusal
    return None


def packed_answer(answer: Response) -> InvalidResponse:
    """Return the failure that a body means which is packed in a way that was not asked for."""
    return InvalidResponse(
        f"the answer is packed as {answer.packing}, which was not asked for",
        hint="a server or proxy in between must pack with gzip, or not at all",
        answer=answer,
    )


def describe_page(envelope: Envelope) -> str:
    """Name a page, an HTML page by its title: `an HTML page ("502 Bad Gateway")`."""
    if envelope.is_blank:
        return "an empty answer"
    if envelope.is_xml:
        return "an XML answer"
    text = envelope.raw[:65536].decode("utf-8", "replace")
    found = _title(text)
    title = _text_of_page(envelope) if found is None else unescape_html(found).strip()
    return f'an HTML page ("{title}")' if title else "an HTML page without a title"


def _title(text: str) -> str | None:
    """Return what stands in the first `title` of a page, found in one pass over it."""
    opening = _TITLE.search(text)
    start = text.find(">", opening.end()) + 1 if opening else 0
    closing = _TITLE_END.search(text, start) if start else None
    return text[start : closing.start()] if closing else None


def _text_of_page(envelope: Envelope) -> str:
    """Return the sentence that some answers carry in place of the page that they claim to be.

    Workspace sends its bare "Unauthorized" so, and both kinds the escaped messages of their file
    handlers (ErrorHttpHandler.cs; FileHandler.ashx.cs).
    """
    text = envelope.raw[:65536].decode("utf-8", "replace").strip()
    return "" if text.startswith("<") else unescape_html(text)


def _message_in(body: object) -> str | None:
    """Return the text of an error in any of the forms that portals give it."""
    if not isinstance(body, dict):
        return None
    error = body.get("error")
    if isinstance(error, dict) and error.get("message"):
        return str(error["message"])
    if isinstance(error, str) and error:
        return error
    inside = body.get("response")
    problem = inside if isinstance(inside, dict) else body
    fields = problem.get("errors")
    details = []
    if isinstance(fields, dict):
        for name, given in fields.items():
            reasons = given if isinstance(given, list) else [given]
            details += [f"{name}: {reason}" for reason in reasons]
    title = problem.get("title") or problem.get("message")
    if details:
        return f"{title or 'not accepted'} {'; '.join(details)}"
    return str(title) if title else None


def _reason(answer: Response) -> str:
    if answer.status < 300:  # its "OK" is no reason
        return "an error without a message"
    return answer.reason.strip() or "no reason given"
