"""`oocli help`: what does not fit into the help of one command."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.options import LocalCommand, examples, with_options

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

Topic = Literal["environment", "exit-codes", "formats"]
TOPICS: dict[Topic, str] = {
    "environment": """\
Order: option, environment, portals.json, built-in default. An empty variable counts as unset.

OOCLI_PORTAL         the portal, as --portal
OOCLI_TOKEN          the credential; belongs to OOCLI_PORTAL (or --portal) and goes nowhere else
OOCLI_TOKEN_FILE     a file that holds the credential
OOCLI_CONFIG_DIR     configuration, state and cache all below this directory
OOCLI_NO_INPUT       never ask, as --no-input; so does CI
OOCLI_NO_KEYRING     never open the keyring
OOCLI_TIMEOUT        seconds to wait for data, as --timeout (60)
OOCLI_RETRY          how often to retry temporary failures, as --retry (2)
OOCLI_INSECURE_HTTP  allow http:// beyond this machine, as --insecure-http
OOCLI_COLOR          auto, always or never, as --color
OOCLI_DEBUG          as --debug

Also obeyed: NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM=dumb, COLUMNS, HTTPS_PROXY,
HTTP_PROXY, ALL_PROXY, NO_PROXY (both cases), REQUESTS_CA_BUNDLE, SSL_CERT_FILE, XDG_*, CI.
Not read: .env, netrc, variables of other tools. No variable holds a password.

Stored files:
credentials          in the system's keyring: service oocli, user name the portal's host
portals.json         known portals, without secrets: ~/.config/oocli (Linux),
                     ~/Library/Application Support/oocli (macOS), %LOCALAPPDATA%\\oocli (Windows)
credentials.json     beside it, only after login --insecure-storage; mode 0600""",
    "exit-codes": """\
  0  done
  1  unexpected failure, local file or storage trouble        failure, storage, no_store
  2  wrong usage, refused for safety, not confirmed           usage, not_confirmed
  3  redirect not followed                                    redirect
  4  sign-in needed: none, expired, refused, code required    sign_in, code_required, wrong_code
  5  the portal failed: 5xx, not an API answer, starting      portal_failed, not_api
  6  signed in but not allowed: 402, 403                      forbidden, payment
  7  not found: 404, 410                                      not_found
  8  other 4xx, or an error inside a 2xx answer               rejected
  9  rate limit: still 429, or a wait above 60 s asked for    rate_limit
 10  no connection, or it broke off                           connection, certificate
 11  time ran out                                             timeout
 12  some of many failed                                      some_failed
129  hung up    130  interrupted    141  pipe closed    143  terminated

The words are `code` in the object of --error-format json.""",
    "formats": """\
On a terminal `call` shows the envelope indented and coloured. In a pipe it passes the portal's own
bytes on, ending in exactly one newline: numbers keep all digits, keys their order. --color always
lays it out for a pager; CLICOLOR_FORCE and FORCE_COLOR never touch what goes into a pipe.

-r, --response       only what is inside the envelope
-i, --include        status line and headers first, secrets masked
-o, --output FILE    the body untouched into FILE, or there what a format makes of it; - is stdout
-O, --remote-name    save under the file name that the portal sends, made safe; never overwrites
--jq EXPR            what jq makes of the document that would be printed: one result a line, strings
                     bare, digits kept (wants the extra: pip install 'oocli[jq]')

--format json        the envelope, as without the option
--format raw         the body alone, not a byte added
--format ndjson      each item of `response` on a line, in the portal's own words
--format csv, tsv    rows: strings bare, lists and objects as JSON, null empty; quoted as RFC 4180
--format table       rows drawn, on a terminal with the columns that fit

Items are what the list in `response` holds; of a folder its folders, then its files; of any other
answer the one object. --columns id,createdBy.displayName chooses columns, dots reach inside;
without it csv and tsv take the keys of the first page. --safe-cells puts an apostrophe before a
text that a spreadsheet would run (=, +, -, @). Binary data and control characters are kept off
the terminal.

A failing answer goes to stdout as well, unless --jq or --format was given; the reason and the hint
go to stderr, as text or, with --error-format json, as one object {"error": {...}}.""",
}


class HelpOptions(NamedTuple):
    """The options of `oocli help`."""

    topic: Annotated[
        Topic | None, typer.Argument(metavar="TOPIC", help=f"One of: {', '.join(TOPICS)}.")
    ] = None


@app.command(
    name="help",
    cls=LocalCommand,
)
@with_options(HelpOptions)
@examples("oocli help environment", "oocli call -h")
def help_topic(app: AppContext, options: HelpOptions) -> None:
    """Explain environment, exit codes or formats."""
    if options.topic is None:
        app.stdout.line("\n".join(f"oocli help {name}" for name in TOPICS))
    else:
        app.stdout.line(TOPICS[options.topic])
