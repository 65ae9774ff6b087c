"""Group 2: certificates, versions of TLS, and the way from https to http."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import trustme

from tests.faults.checks import BODY, NO_DATA, NO_PASSWORD_SENT, NOT_SENT, NOTHING_STORED, asked
from tests.faults.makers import file, made_by, typed, variables
from tests.faults.row import Maker, Row
from tests.faults.world import World
from tests.portal import DemoPortal, faults

NOW = datetime.now(timezone.utc)
YEAR = timedelta(days=365)
ME = ("call", "GET", "people/@self", "--retry", "0")
TRUSTING = (*ME, "--cacert", "ca.pem")
GET = "oocli: GET people/@self on {host}:"
REFUSED = f"{GET} the portal's certificate is not accepted:"
RENEW = "hint: renew the portal's certificate, or set this machine's clock"
OWN = "hint: to trust your own certificate authority: --cacert FILE"
PEM = "hint: it must hold PEM blocks; check --cacert, --client-cert and SSL_CERT_FILE"
OLD = "hint: the portal may use plain http or only an old TLS; try http:// or ask its admin"


def secured(
    how: str,
    *names: str,
    trusted: bool = True,
    then: Callable[[World], object] = lambda _: None,
    starts: timedelta = -YEAR,
    ends: timedelta = YEAR,
) -> Maker:
    """Serve the portal over TLS with a certificate of an authority of this row's own.

    `trusted` authorities are kept in `ca.pem`; otherwise another one's certificate lies there.
    """

    def do(world: World) -> None:
        authority = trustme.CA()
        shown = authority.issue_cert(
            *(names or ("127.0.0.1",)), not_before=NOW + starts, not_after=NOW + ends
        )
        shown.private_key_and_cert_chain_pem.write_to_path(str(world.path / "shown.pem"))
        known = authority if trusted else trustme.CA()
        known.cert_pem.write_to_path(str(world.path / "ca.pem"))
        pem = str(world.path / "shown.pem")
        world.serve(DemoPortal("workspace", tls=(pem, pem)))
        then(world)

    return Maker(f"a portal over TLS, {how}", do)


def talking(how: str, configure: Callable[[ssl.SSLContext], object]) -> Maker:
    """Put a TLS server of its own in the portal's place."""

    def do(world: World) -> None:
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.configure_trust(context)
        authority.cert_pem.write_to_path(str(world.path / "ca.pem"))
        authority.issue_cert("ann@example.com").private_key_and_cert_chain_pem.write_to_path(
            str(world.path / "client.pem")
        )
        configure(context)

        def answer(connection: ssl.SSLSocket) -> None:
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as wrapped:
                wrapped.recv(65536)
                wrapped.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b'Content-Length: 14\r\n\r\n{"response":1}'
                )

        server = world.serve_raw(answer, reads=False)
        world.env["OOCLI_PORTAL"] = f"https://127.0.0.1:{server.port}"
        world.names["host"] = f"127.0.0.1:{server.port}"

    return Maker(f"a server {how}", do)


def only_old(context: ssl.SSLContext) -> None:
    """Speak TLS 1.1 and nothing newer, as OpenSSL does only when it is asked to be lax."""
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that is what the row is about
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1


def wants_client(context: ssl.SSLContext) -> None:
    """Let nobody in without a certificate."""
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # 1.3 refuses only after the handshake


@made_by("the portal speaks plain http, and its address says https")
def plain_behind_https(world: World) -> None:
    """Ask the running portal over the wrong scheme."""
    world.env["OOCLI_PORTAL"] = f"https://{world.portal.host}"


def redirecting(location: str, path: str) -> Callable[[World], object]:
    """Let the portal point elsewhere."""
    return lambda world: world.portal.order(
        "GET", path, faults.Redirect(302, world.filled(location)), None
    )


ROWS = (
    Row(
        "a certificate that has expired",
        secured("its certificate expired yesterday", ends=timedelta(days=-1)),
        TRUSTING,
        10,
        (f"{REFUSED} certificate has expired", RENEW),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a certificate that is not yet valid",
        secured("its certificate begins tomorrow", starts=timedelta(days=1)),
        TRUSTING,
        10,
        (f"{REFUSED} certificate is not yet valid", RENEW),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a certificate for another host",
        secured("its certificate is for other.example.com", "other.example.com"),
        TRUSTING,
        10,
        (
            f"{REFUSED} IP address mismatch, certificate is not valid for '127.0.0.1'",
            "hint: use the host name that the certificate was made for",
        ),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a certificate of an authority that nobody knows",
        secured("an authority that is not among those of this machine"),
        ME,
        10,
        (f"{REFUSED} unable to get local issuer certificate", OWN),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a certificate of another authority than the one given",
        secured("`--cacert` names another authority", trusted=False),
        TRUSTING,
        10,
        (f"{REFUSED} …", OWN),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a portal that refuses every TLS since 1.2",
        talking("that speaks TLS 1.0 and 1.1 alone", only_old),
        TRUSTING,
        10,
        (f"{GET} no TLS connection: …", OLD),
        (NO_DATA,),
    ),
    Row(
        "plain http behind an https address",
        plain_behind_https,
        ME,
        10,
        (f"{GET} no TLS connection: …", OLD),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "an authority of one's own, given",
        secured("with an authority of its own"),
        TRUSTING,
        0,
        after=(BODY, asked(1)),
    ),
    *(
        Row(
            f"an authority of one's own, in {variable}",
            secured(f"its authority is in {variable}") & variables(**{variable: "ca.pem"}),
            ME,
            0,
            after=(BODY, asked(1)),
        )
        for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
    ),
    Row(
        "a certificate that nobody is to check",
        secured("its certificate expired yesterday", ends=timedelta(days=-1)),
        (*ME, "--insecure"),
        0,
        ("warning: --insecure: the portal's certificate is not checked",),
        (BODY,),
    ),
    Row(
        "a file of authorities that holds none",
        secured("`--cacert` names a file without a certificate") & file("junk.pem", "junk\n"),
        (*ME, "--cacert", "junk.pem"),
        1,
        (f"{GET} a certificate file cannot be used: no certificate …", PEM),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "a portal that wants a client certificate, and there is none",
        talking("that wants a client certificate", wants_client),
        TRUSTING,
        10,
        (f"{GET} no TLS connection: …handshake failure", OLD),
        (NO_DATA,),
    ),
    Row(
        "a portal that wants a client certificate, and there is one",
        talking("that wants a client certificate", wants_client),
        (*TRUSTING, "--client-cert", "client.pem"),
        0,
    ),
    Row(
        "a client certificate without its key",
        secured("with an authority of its own"),
        (*TRUSTING, "--client-cert", "ca.pem"),
        1,
        (f"{GET} a certificate file cannot be used: …", PEM),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "an API call led from https to http",
        secured(
            "that redirects to http on the same host",
            then=redirecting("http://{host}/api/2.0/people/@self", "people/@self"),
        ),
        TRUSTING,
        3,
        (
            f"{GET} redirect not followed: it points from https to http://{{host}}, which is not "
            "encrypted (302)",
        ),
        (asked(1),),
    ),
    Row(
        "a download led from https to http",
        secured(
            "that redirects a file to http",
            then=redirecting("http://{host}/file", "/file"),
        ),
        ("call", "GET", "{portal}/file", "--cacert", "ca.pem", "--retry", "0"),
        3,
        (
            "oocli: GET /file on {host}: redirect not followed: it points from https to "
            "http://{host}, which is not encrypted (302)",
        ),
        (asked(1),),
    ),
    Row(
        "a sign-in at a portal with an expired certificate",
        secured("its certificate expired yesterday", ends=timedelta(days=-1))
        & typed("{password}", "the password on stdin"),
        ("login", "--portal", "{portal}", "--user", "x", "--password-stdin", "--cacert", "ca.pem"),
        10,
        ("oocli: …the portal's certificate is not accepted: certificate has expired", RENEW),
        (NO_DATA, NO_PASSWORD_SENT, NOT_SENT, NOTHING_STORED),
        signed_in=False,
    ),
)
