"""Group 3: what portals, and those who answer in their place, really say."""

from __future__ import annotations

from tests.faults.checks import (
    BODY,
    NO_DATA,
    NOTHING_STORED,
    UNTOUCHED,
    absent,
    asked,
)
from tests.faults.makers import JSON, answers, fails, made_by, ordered, typed
from tests.faults.row import Row
from tests.faults.world import World
from tests.portal import faults

ME = ("call", "GET", "people/@self")
ONCE = (*ME, "--retry", "0")
GET = "oocli: GET people/@self on {host}:"
CHECK = "hint: check the portal's address and the path, and whether a proxy answers in between"
REFUSED = (
    "hint: the session token from OOCLI_TOKEN was refused; get a fresh one: oocli login "
    "--portal {portal} --print-token"
)
LOGIN = ("login", "--portal", "{portal}", "--user", "{user}", "--password-stdin")
PROBLEM = "application/problem+json"
HTML = "text/html"
STACK = (
    b'{"error":{"message":"Object reference not set","type":"System.NullReferenceException",'
    b'"stack":"   at ASC.Secret.Inner.Method()","hresult":-2147467261},"status":1,"statusCode":500}'
)
VALIDATION = (
    b'{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or '
    b'more validation errors occurred.","status":400,"errors":{"count":["The field Count must be '
    b'between 1 and 100."]},"traceId":"00-a"},"count":1,"links":[],"status":1,"statusCode":400}'
)
MEDIA = (
    b'{"response":{"type":"x","title":"Unsupported Media Type","status":415,"traceId":"00-a"},'
    b'"count":1,"links":[],"status":0,"statusCode":200}'
)
TWICE = b'{"status":1,"statusCode":500,"error":{"message":"x"}}' * 2


@made_by("five wrong passwords in the last minute")
def too_many(world: World) -> None:
    """Use up the attempts, without the program."""
    import json
    import urllib.error
    import urllib.request

    wrong = {"userName": world.portal.user, "password": "wrong", "passwordHash": ""}
    for _ in range(5):
        request = urllib.request.Request(
            f"{world.portal.origin}/api/2.0/authentication",
            json.dumps(wrong).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            urllib.request.urlopen(request).close()
        except urllib.error.HTTPError as refused:
            refused.close()


ROWS = (
    Row(
        "401 with the bare word Unauthorized (Workspace)",
        answers(401, b"Unauthorized", HTML),
        ME,
        4,
        (f"{GET} Unauthorized (401)", REFUSED),
        (UNTOUCHED, asked(1)),
    ),
    Row(
        "401 without a body (DocSpace)",
        answers(401, b"", None),
        ME,
        4,
        (f"{GET} Unauthorized (401)", REFUSED),
        (NO_DATA, asked(1)),
        kind="docspace",
    ),
    Row(
        "403 without a body (DocSpace)",
        answers(403, b"", None),
        ME,
        6,
        (f"{GET} Forbidden (403)",),
        (NO_DATA,),
        kind="docspace",
    ),
    Row(
        "403 in plain text from a forbidden address (DocSpace)",
        answers(403, b"The access to the portal is restricted", "text/plain"),
        ME,
        6,
        (f"{GET} The access to the portal is restricted (403)",),
        (UNTOUCHED,),
        kind="docspace",
    ),
    Row(
        "403 for a file that is not there (Workspace)",
        fails(403, "The required file was not found", "files/file/9"),
        ("call", "GET", "files/file/9"),
        6,
        ("oocli: GET files/file/9 on {host}: The required file was not found (403)",),
        (BODY,),
    ),
    Row(
        "402 from a portal that is not paid (DocSpace)",
        answers(402, b'{"status":402,"traceId":"00-a"}', PROBLEM),
        ME,
        6,
        (f"{GET} Payment Required (402)",),
        (BODY,),
        kind="docspace",
    ),
    Row(
        "404 as a bare problem document (DocSpace)",
        answers(404, b'{"type":"x","title":"Not Found","status":404,"traceId":"00-a"}', PROBLEM),
        ME,
        7,
        (f"{GET} Not Found (404)",),
        (BODY,),
        kind="docspace",
    ),
    Row(
        "404 as the page of a router",
        ordered(faults.Html(404, "404 Not Found")),
        ME,
        7,
        (
            f'{GET} the portal has no such address; it sent an HTML page ("404 Not Found") (404)',
            "hint: all addresses: https://api.onlyoffice.com/",
        ),
        (UNTOUCHED,),
    ),
    Row(
        "405 for a method that a path does not have (DocSpace)",
        answers(405, b"", None, headers=(("Allow", "GET"),)),
        ME,
        8,
        (f"{GET} Method Not Allowed (405)",),
        (NO_DATA,),
        kind="docspace",
    ),
    Row(
        "400 with the errors of each field, inside a success envelope (DocSpace)",
        answers(400, VALIDATION, PROBLEM),
        ME,
        8,
        (
            f"{GET} One or more validation errors occurred. count: The field Count must be "
            "between 1 and 100. (400)",
        ),
        (BODY,),
        kind="docspace",
    ),
    Row(
        "415 whose body says 200 (DocSpace)",
        answers(415, MEDIA, PROBLEM),
        ME,
        8,
        (f"{GET} Unsupported Media Type (415)",),
        (BODY,),
        kind="docspace",
    ),
    Row(
        "a status that HTTP does not know",
        answers(499, b"", None, reason="Whatever"),
        ME,
        8,
        (f"{GET} Whatever (499)",),
        (NO_DATA,),
    ),
    Row(
        "500 with the server's own stack",
        answers(500, STACK),
        ME,
        5,
        (f"{GET} Object reference not set (500)",),
        (BODY, asked(1)),
        kind="docspace",
    ),
    Row(
        "502 as a page, also after every repeat",
        ordered(faults.Html(502, "502 Bad Gateway")),
        (*ME, "--retry", "1"),
        5,
        (
            "retry 1 of 1 in …s: 502 Bad Gateway",
            f'{GET} an HTML page ("502 Bad Gateway") (502, after 2 attempts)',
        ),
        (UNTOUCHED, asked(2)),
    ),
    Row(
        "503 without a word (Workspace being restored)",
        ordered(faults.Empty(503)),
        ONCE,
        5,
        (f"{GET} Service Unavailable (503)",),
        (NO_DATA,),
    ),
    Row(
        "an error inside a 200",
        answers(200, b'{"status":0,"error":{"message":"no batch specified"}}'),
        ME,
        8,
        (f"{GET} no batch specified (200)",),
        (BODY,),
    ),
    Row(
        "status 1 inside a 200, without a message",
        answers(200, b'{"status":1,"statusCode":200}'),
        ME,
        8,
        (f"{GET} an error without a message (200)",),
        (BODY,),
    ),
    Row(
        "an error document written twice into one body",
        answers(200, TWICE),
        ME,
        5,
        (f"{GET} broken JSON (more text after the document, …(200)", CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "success:false of a file handler",
        answers(
            200,
            b'{"success":false,"data":null,"message":"session expired"}',
            path="/products/files/chunkeduploader.ashx",
        ),
        ("call", "GET", "{portal}/Products/Files/ChunkedUploader.ashx?uid=1"),
        8,
        ("oocli: GET /Products/Files/ChunkedUploader.ashx on {host}: session expired (200)",),
        (BODY,),
    ),
    Row(
        "the web app in place of the API",
        ordered(faults.Html(200, "ONLYOFFICE")),
        ME,
        5,
        (f'{GET} an HTML page ("ONLYOFFICE") instead of an API answer (200)', CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "XML in place of JSON",
        ordered(faults.Xml()),
        ME,
        5,
        (f"{GET} an XML answer instead of an API answer (200)", CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "nothing in place of JSON",
        answers(200, b"", JSON),
        ME,
        5,
        (f"{GET} an empty answer instead of an API answer (200)", CHECK),
        (NO_DATA,),
    ),
    Row(
        "no token and no reason at sign-in",
        answers(201, b'{"count":1,"response":{"token":null}}', path="authentication")
        & typed("{password}", "the password on stdin"),
        LOGIN,
        5,
        (
            "oocli: POST authentication on {host}: the portal sent neither a token nor a reason "
            "(201)",
        ),
        (NO_DATA, NOTHING_STORED, asked(1, "authentication")),
        signed_in=False,
    ),
    Row(
        "a token that is no text",
        answers(201, b'{"count":1,"response":{"token":{"a":1}}}', path="authentication")
        & typed("{password}", "the password on stdin"),
        LOGIN,
        5,
        (
            "oocli: POST authentication on {host}: the portal sent neither a token nor a reason "
            "(201)",
        ),
        (NO_DATA, NOTHING_STORED, asked(1, "authentication")),
        signed_in=False,
    ),
    Row(
        "too many sign-ins (Workspace: 500)",
        too_many & typed("{password}", "the right password on stdin"),
        LOGIN,
        4,
        ("oocli: …Login Fail. Too many attempts…", "hint: …"),
        (NO_DATA, NOTHING_STORED, asked(1, "authentication")),
        signed_in=False,
    ),
    Row(
        "too many sign-ins (DocSpace: 403)",
        too_many & typed("{password}", "the right password on stdin"),
        LOGIN,
        4,
        ("oocli: …Too many login attempts. Please try again later…", "hint: …"),
        (NO_DATA, NOTHING_STORED, asked(1, "authentication"), absent("{password}")),
        kind="docspace",
        signed_in=False,
    ),
    Row(
        "a portal that answers everything with a page",
        ordered(faults.Html(200, "Parked domain"), "*") & typed("x", "a password on stdin"),
        LOGIN,
        5,
        ("oocli: …not an ONLYOFFICE portal…", "hint: …"),
        (NO_DATA, NOTHING_STORED, asked(0, "authentication")),
        signed_in=False,
    ),
)
