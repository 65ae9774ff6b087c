"""The errors, with the exit code and the `code` (in JSON output) of each.

OocliError                  1  failure
├── StorageError            1  storage       keyring, configuration and other local files
│   └── NoSecureStore       1  no_store
├── UsageError              2  usage         wrong options, refused input
│   ├── PageTooLarge        2  usage
│   ├── ReservedParameter   2  usage
│   ├── UnknownColumn       2  usage         the answer has no such column, but a similar one
│   └── NotConfirmed        2  not_confirmed
├── RedirectNotFollowed     3  redirect
├── SignInNeeded            4  sign_in       none stored, expired, refused, wrong password
│   ├── CodeRequired        4  code_required
│   └── WrongCode           4  wrong_code
├── PortalFailed            5  portal_failed
│   └── InvalidResponse     5  not_api
├── Forbidden               6  forbidden
│   └── PaymentRequired     6  payment
├── NotFound                7  not_found
├── Rejected                8  rejected      other 4xx, an error inside a 2xx answer
├── RateLimited             9  rate_limit
├── ConnectionFailed       10  connection
│   └── CertificateFailed  10  certificate
├── TimeoutExceeded        11  timeout
├── PartialFailure         12  some_failed
└── PipeClosed            141  pipe_closed
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, IntEnum

from oocli.model.response import Response
from oocli.model.secret import mask_known
from oocli.model.text import escape_control, one_line

MAX_MESSAGE = 1000  # characters of an error that are shown


class Exit(IntEnum):
    """The exit codes. Numbers never change meaning; new ones are added at the end."""

    DONE = 0
    FAILURE = 1
    USAGE = 2
    REDIRECT = 3
    SIGN_IN = 4
    PORTAL = 5
    FORBIDDEN = 6
    NOT_FOUND = 7
    REJECTED = 8
    RATE_LIMIT = 9
    CONNECTION = 10
    TIMEOUT = 11
    SOME_FAILED = 12
    HUNG_UP = 129
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


class Remedy(Enum):
    """A setting that may help. The value is the hint that Python programs get.

    Commands replace it with a hint that names their option (`commands/hints.py`).
    """

    TIMEOUT = "allow a longer timeout"
    MAX_TIME = "allow more time for the whole call"
    PROXY = "check the address of the proxy, HTTPS_PROXY and NO_PROXY"
    CA_CERTIFICATES = "to trust your own certificate authority, pass the file of its certificates"
    CLIENT_CERTIFICATE = "pass the files of a client certificate and its key"
    CERTIFICATE_FILES = "certificates and keys must be files in PEM format"
    PORTAL_NAME = "check the spelling of the portal's name and the network"
    OTHER_PORTAL = "a call goes to one portal only"
    TEMPORARY_SPACE = "free space in the folder for temporary files"
    CREDENTIAL_STORE = "set OOCLI_PORTAL and OOCLI_TOKEN"


class OocliError(Exception):
    """A failure, with what failed, why, and what to do next.

    `what`, `why` and `hint` may quote the portal without changes. Before such a text is shown,
    mask the secrets in it, and only then shorten it. `str` is one line, safe for a terminal.
    `answer` is the portal's answer, if there was one; its body is data and goes to stdout.
    """

    exit = Exit.FAILURE
    code = "failure"
    # Whether the request may have reached the portal: then only GET and HEAD are sent again.
    was_sent = True

    def __init__(
        self,
        why: str,
        *,
        what: str | None = None,
        hint: str | None = None,
        status: int | None = None,
        answer: Response | None = None,
        remedy: Remedy | None = None,
    ) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy
        self._hint = hint
        self.answer = answer
        self.attempts = 1 if answer is None else answer.attempts
        self.status = status if status is not None else (answer.status if answer else None)
        self._what = what
        self.method: str | None = None
        self.path: str | None = None
        self.portal: str | None = None

    @property
    def hint(self) -> str | None:
        """What to do next; None if nothing is known to help."""
        return self._hint or (self.remedy.value if self.remedy else None)

    @hint.setter
    def hint(self, text: str | None) -> None:
        """Set the next step; with None, the remedy gives it."""
        self._hint = text

    def add_context(
        self, *, method: str | None = None, path: str | None = None, portal: str | None = None
    ) -> OocliError:
        """Say which request on which portal failed. What has been set before does not change."""
        self.method = self.method or method
        self.path = self.path or path
        self.portal = self.portal or portal
        return self

    def about(self, what: str) -> OocliError:
        """Say what failed if it is not the request: a remote path, for example."""
        self._what = what
        return self

    @property
    def what(self) -> str | None:
        """What failed: `GET people/@self on docs.example.com`, or only the portal."""
        if self._what:
            return self._what
        if self.method and self.path is not None:
            request = f"{self.method} {self.path}"
            return f"{request} on {self.portal}" if self.portal else request
        return self.portal

    @property
    def request_id(self) -> str | None:
        """The id that the portal gave the request, if it did."""
        headers = self.answer.headers if self.answer else {}
        return headers.get("x-request-id") or headers.get("x-correlation-id") or None

    @property
    def message(self) -> str:
        """What failed, why, the status and the attempts; not yet masked or shortened."""
        text = f"{self.what}: {self.why}" if self.what else self.why
        facts = [] if self.status is None else [str(self.status)]
        if self.attempts > 1:
            facts.append(f"after {self.attempts} attempts")
        return f"{text} ({', '.join(facts)})" if facts else text

    def __str__(self) -> str:
        # Not shortened: a traceback shows it, and is masked only when it is written.
        return escape_control(" ".join(self.message.split()))

    def as_dict(self, mask: Callable[[str], str] = mask_known) -> dict[str, str | int | None]:
        """Return this error as a JSON object for scripts: the value of `error`.

        `mask` removes known secrets from a text, by default those of the run.
        """
        return {
            "code": self.code,
            "exit": int(self.exit),
            "status": self.status,
            "message": one_line(mask(self.why)),
            "hint": self.hint and one_line(mask(self.hint)),
            "method": self.method,
            "path": self.path and mask(self.path),
            "portal": self.portal and mask(self.portal),
            "request_id": self.request_id and one_line(mask(self.request_id)),
        }


class StorageError(OocliError):
    """The keyring is locked, broken or too slow, or a local file cannot be read or written."""

    code = "storage"


class NoSecureStore(StorageError):
    """No keyring of this machine stores secrets."""

    code = "no_store"

    @classmethod
    def because(cls, why: str) -> NoSecureStore:
        """Return the error, with a remedy that needs no keyring."""
        return cls(why, remedy=Remedy.CREDENTIAL_STORE)


class UsageError(OocliError):
    """Wrong usage, invalid input, or a request refused for safety. Nothing was sent."""

    exit = Exit.USAGE
    code = "usage"


class PageTooLarge(UsageError):
    """A page of `size` items was asked for, and the portal returns at most `maximum`."""

    def __init__(self, size: int, maximum: int, kind_title: str) -> None:
        super().__init__(f"a page of {size} items: {kind_title} gives at most {maximum}")
        self.size, self.maximum, self.kind_title = size, maximum, kind_title


class ReservedParameter(UsageError):
    """A query sets the parameter `name`, which paging sets itself."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the query sets {name}, which paging sets itself")
        self.name = name


class UnknownColumn(UsageError):
    """No item of a list has the chosen column, and there is a column with a similar name.

    Nothing has been printed of a GET. A call that changes something succeeds nevertheless.
    """


class NotConfirmed(UsageError):
    """A confirmation was needed, and was denied or could not be asked for."""

    code = "not_confirmed"


class RedirectNotFollowed(OocliError):
    """The portal answered with a redirect that is not safe or not right to follow.

    `sign_in_at` is the address to sign in at, if it may be the portal's own.
    """

    exit = Exit.REDIRECT
    code = "redirect"
    sign_in_at: str | None = None


class SignInNeeded(OocliError):
    """No usable credential for a portal: none stored, expired, refused, or a wrong password."""

    exit = Exit.SIGN_IN
    code = "sign_in"


class CodeRequired(SignInNeeded):
    """The portal asked for the code of a second factor, and there was none."""

    code = "code_required"


class WrongCode(SignInNeeded):
    """The code of a second factor was not accepted."""

    code = "wrong_code"


class PortalFailed(OocliError):
    """The portal answered 5xx or is starting."""

    exit = Exit.PORTAL
    code = "portal_failed"


class InvalidResponse(PortalFailed):
    """A 2xx answer that is not an API answer: HTML, XML, empty, or invalid JSON."""

    code = "not_api"


class Forbidden(OocliError):
    """Signed in, but not allowed."""

    exit = Exit.FORBIDDEN
    code = "forbidden"


class PaymentRequired(Forbidden):
    """The portal is not paid for, or its plan does not include this."""

    code = "payment"


class NotFound(OocliError):
    """404 or 410."""

    exit = Exit.NOT_FOUND
    code = "not_found"


class Rejected(OocliError):
    """Another 4xx, or an error inside a 2xx answer."""

    exit = Exit.REJECTED
    code = "rejected"


class RateLimited(OocliError):
    """429 after all retries, or the portal asked to wait for more than 60 s."""

    exit = Exit.RATE_LIMIT
    code = "rate_limit"


class ConnectionFailed(OocliError):
    """No connection, or a lost one: DNS, TCP, TLS, proxy, incomplete answer."""

    exit = Exit.CONNECTION
    code = "connection"


class CertificateFailed(ConnectionFailed):
    """The portal's certificate could not be verified."""

    code = "certificate"


class TimeoutExceeded(OocliError):
    """A read or the whole call took too long."""

    exit = Exit.TIMEOUT
    code = "timeout"
    # Whether the time of the whole call is over: then no other request can succeed.
    of_whole_call = False


class PartialFailure(OocliError):
    """Some of several calls, files or pages failed; the others succeeded."""

    exit = Exit.SOME_FAILED
    code = "some_failed"


class PipeClosed(OocliError):
    """The reader of stdout closed the pipe. Only the exit code reports it."""

    exit = Exit.PIPE_CLOSED
    code = "pipe_closed"


def error_for_status(status: int) -> type[OocliError] | None:
    """Return the class of the error that an HTTP status means, None for a success.

    304 is a success: it answers only requests with If-None-Match or If-Modified-Since. 407 is a
    failed connection, because it comes from a proxy.
    """
    if 200 <= status < 300 or status == 304:
        return None
    exact: dict[int, type[OocliError]] = {
        401: SignInNeeded,
        402: PaymentRequired,
        403: Forbidden,
        404: NotFound,
        407: ConnectionFailed,
        410: NotFound,
        429: RateLimited,
    }
    if 300 <= status < 400:
        return RedirectNotFollowed
    return exact.get(status, Rejected if 400 <= status < 500 else PortalFailed)
