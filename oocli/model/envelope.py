"""The envelope of an answer: its body, the `response` in it, and the error that it means."""

from __future__ import annotations

import re
from collections.abc import Callable
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

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_MAX_PAGE = 65536  # bytes of an HTML page that are searched for its title


class Refusal(Enum):
    """Why a portal refuses a sign-in or a request, where only the text of its answer says so."""

    NOT_ACCEPTED = "wrong name, password or code"
    TOO_MANY_ATTEMPTS = "too many attempts"
    FORBIDDEN_ADDRESS = "forbidden address"


class Envelope:
    """An answer and its meaning.

    `raw` has the bytes that the portal sent, `body` the parsed JSON, `response` the value of that
    name in it, and `error` the failure that the answer means (None for a success). `body` has
    Python numbers; `text` has all digits.
    """

    def __init__(
        self,
        request: Request,
        answer: Response,
        *,
        portal: str | None = None,
        explain: Callable[[OocliError], object] | None = None,
    ) -> None:
        """Take an answer; `portal` is the key of its portal, and `explain` may add to its error."""
        self.request = request
        self.answer = answer
        self.portal, self._explain = portal, explain

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status

    @property
    def raw(self) -> bytes:
        """The body, as the bytes that arrived."""
        return self.answer.raw

    @cached_property
    def text(self) -> str:
        """The body as text without a byte order mark. Raises `InvalidJson` if it is not UTF-8."""
        return json_text.decode(self.raw)

    @cached_property
    def body(self) -> Any:
        """The parsed body. Raises `InvalidJson` if it is not JSON."""
        return json_text.parse(self.text)

    @cached_property
    def outline(self) -> object:
        """The parsed body without the objects inside of its objects, which is fast to make.

        Raises `InvalidJson` as `body` does.
        """
        return self.__dict__.get("body") or json_text.parse_outline(self.text)

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON by its media type or, without one, by its first character."""
        media_type = self.answer.content_type
        if not media_type:
            return self._start in (b"{", b"[")
        return media_type in ("application/json", "text/json") or media_type.endswith("+json")

    @property
    def is_html(self) -> bool:
        """Whether the body is an HTML page."""
        if self.answer.content_type:
            return self.answer.content_type in _HTML_TYPES
        return self.raw[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))

    @property
    def is_xml(self) -> bool:
        """Whether the body is XML."""
        media_type = self.answer.content_type
        if not media_type:
            return self._start == b"<" and not self.is_html
        return media_type in ("text/xml", "application/xml") or media_type.endswith("+xml")

    @property
    def is_blank(self) -> bool:
        """Whether the body is empty or only white space."""
        return not self._start and not self.raw.removeprefix(json_text.BOM).strip()

    @property
    def response(self) -> Any:
        """The value of `response` in the envelope, None if the portal left it out.

        Of a JSON document that is not an object, the whole value. Raises `InvalidResponse` if the
        body is not JSON.
        """
        try:
            body = self.body
        except InvalidJson:
            media_type = self.answer.content_type or "untyped"
            raise self._invalid(f"{media_type} content").add_context(
                method=self.request.method,
                path=self.request.target.display_path,
                portal=self.portal,
            ) from None
        return body.get("response") if isinstance(body, dict) else body

    @cached_property
    def error(self) -> OocliError | None:
        """The error that this answer means, None for a success. It can be raised as it is.

        It is determined when it is first read, which takes as long as parsing the body.
        """
        found = self._error()
        if found is not None:
            found.add_context(method=self.request.method, path=self.request.target.display_path)
            if self._explain is not None:
                self._explain(found)
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
        error_class = error_for_status(self.status)
        if error_class is RedirectNotFollowed:
            location = self.answer.headers.get("location", "nowhere")
            return RedirectNotFollowed(f"it points to {location}", answer=self.answer)
        if error_class is None:
            return self._error_of_success()
        # Workspace answers 500 to a wrong password or code, and to failures of its own.
        wrong_sign_in = (Refusal.NOT_ACCEPTED, Refusal.TOO_MANY_ATTEMPTS)
        if self.status == 500 and refusal_in(self.answer) in wrong_sign_in:
            error_class = SignInNeeded
        return error_class(message_of(self), answer=self.answer)

    def _error_of_success(self) -> OocliError | None:
        """Return the error in an answer whose status means success."""
        target, answer = self.request.target, self.answer
        has_no_body = self.request.method == "HEAD" or self.status in (204, 304)
        # Workspace answers OPTIONS with an empty 200 (ApiAccessControlRouteRegistrator.cs).
        may_be_empty = has_no_body or self.request.method == "OPTIONS"
        if answer.unexpected_encoding and not has_no_body:
            return unexpected_encoding_error(answer)
        if target.is_api and not self.raw and answer.rest is None:
            return None if may_be_empty else self._invalid("an empty answer")
        if answer.is_attachment:
            return None
        if target.is_api and (self.is_html or self.is_xml):
            return None if may_be_empty and self.is_blank else self._invalid(describe_page(self))
        is_handler = target.path.lower().endswith(".ashx")
        if not self.is_json or not (target.is_api or is_handler):
            return None
        try:
            body = self.outline
        except InvalidJson as failure:
            return self._invalid(f"broken JSON ({failure})")
        return self._error_in(body) if isinstance(body, dict) else None

    def _error_in(self, body: dict[str, object]) -> OocliError | None:
        """Return the error that a JSON object reports in spite of the status of the answer."""
        if not self.request.target.is_api:
            # The handlers of files answer 200 with `success: false` (ChunkedUploaderHandler.cs).
            message = self.body.get("message") or "refused"
            is_error = body.get("success") is False
            return Rejected(str(message), answer=self.answer) if is_error else None
        status = body.get("status")
        has_status_one = type(status) is int and status == 1  # `True` is not a status
        is_error = body.get("error") is not None or has_status_one
        return Rejected(message_of(self), answer=self.answer) if is_error else None

    def _invalid(self, what: str) -> InvalidResponse:
        return InvalidResponse(
            f"{what} instead of an API answer",
            hint="check the portal's address and the path, and whether a proxy answers in between",
            answer=self.answer,
        )


def message_of(envelope: Envelope) -> str:
    """Return the reason that the answer of a failure gives, in the portal's words.

    The first of these that there is: `error.message`; the title of a problem document (inside
    `response` or bare) with its field errors; plain text; the title of an HTML page; the reason
    phrase of the status line.
    """
    answer = envelope.answer
    if envelope.request.method == "HEAD":
        return _reason(answer)
    if answer.unexpected_encoding:
        return unexpected_encoding_error(answer).why
    if envelope.is_json:
        return _message_in(body_or_none(answer)) or _reason(answer)
    if envelope.is_html and not envelope.is_blank:
        return _text_of_page(envelope) or describe_page(envelope)
    if envelope.is_html or envelope.is_xml:
        return describe_page(envelope)
    if answer.content_type in ("", "text/plain"):
        return answer.raw.decode("utf-8", "replace").strip() or _reason(answer)
    return _reason(answer)


def body_or_none(answer: Response) -> object:
    """Return the parsed body of an answer, None if it is not JSON."""
    try:
        return json_text.parse(json_text.decode(answer.raw))
    except InvalidJson:
        return None


def refusal_in(answer: Response | None) -> Refusal | None:
    """Return the refusal that the text of an answer means, None for any other text.

    The texts are in English on every portal: AuthenticationEntryPoint.cs and IPSecurity.cs of
    Workspace, IpSecurityFilter.cs of DocSpace. The answer is read, and not the message of an error,
    because secrets are masked in messages.
    """
    if answer is None:
        return None
    body = body_or_none(answer)
    error = body.get("error") if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    text = message if isinstance(message, str) else answer.raw.decode("utf-8", "replace").strip()
    if text == "User authentication failed":
        return Refusal.NOT_ACCEPTED
    if text == "Login Fail. Too many attempts":
        return Refusal.TOO_MANY_ATTEMPTS
    is_plain = answer.content_type == "text/plain"
    if "IPSecurity" in text or (is_plain and "restricted" in text):
        return Refusal.FORBIDDEN_ADDRESS
    return None


def unexpected_encoding_error(answer: Response) -> InvalidResponse:
    """Return the error for a body with a content encoding that was not asked for."""
    return InvalidResponse(
        f"the answer has the content encoding {answer.unexpected_encoding}, "
        "which was not requested",
        hint="a server or proxy in between must compress with gzip, or not at all",
        answer=answer,
    )


def describe_page(envelope: Envelope) -> str:
    """Return what a page is, with the title of an HTML page: `an HTML page ("Bad Gateway")`."""
    if envelope.is_blank:
        return "an empty answer"
    if envelope.is_xml:
        return "an XML answer"
    text = envelope.raw[:_MAX_PAGE].decode("utf-8", "replace")
    # Not one expression for the whole element: its time could grow with the square of the size.
    opening = re.search(r"(?i)<title(?=[\s>])", text)
    content = text[opening.end() :].partition(">")[2] if opening else ""
    title, *closed = re.split(r"(?i)</title", content, maxsplit=1)
    title = _unescape_html(title).strip() if closed else _text_of_page(envelope)
    return f'an HTML page ("{title}")' if title else "an HTML page without a title"


def _text_of_page(envelope: Envelope) -> str:
    """Return the plain text that some answers have in place of HTML, empty for a real page.

    Workspace sends its bare "Unauthorized" so, and both kinds of portal the escaped messages of
    their file handlers (ErrorHttpHandler.cs; FileHandler.ashx.cs).
    """
    text = envelope.raw[:_MAX_PAGE].decode("utf-8", "replace").strip()
    return "" if text.startswith("<") else _unescape_html(text)


def _unescape_html(text: str) -> str:
    from html import unescape  # noqa: PLC0415 - 1 % of the CPU time of a plain call

    return unescape(text)


def _message_in(body: object) -> str | None:
    """Return the text of an error, in each of the forms that portals use."""
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
    if answer.status < 300:  # the reason phrase is "OK"
        return "an error without a message"
    return answer.reason.strip() or "no reason given"
