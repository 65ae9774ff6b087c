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
Options override variables, variables override portals.json, and portals.json overrides the
defaults. An empty variable counts as unset.

OOCLI_PORTAL         same as --portal
OOCLI_TOKEN          the credential; it is sent only to the portal of OOCLI_PORTAL or --portal
OOCLI_TOKEN_FILE     a file with the credential
OOCLI_CONFIG_DIR     directory for configuration, state and cache
OOCLI_NO_INPUT       never prompt, same as --no-input; setting CI does the same
OOCLI_NO_KEYRING     never use the keyring
OOCLI_TIMEOUT        seconds to wait for data, same as --timeout (default: 60)
OOCLI_RETRY          how often to retry temporary failures, same as --retry (default: 2)
OOCLI_INSECURE_HTTP  allow http to other machines, same as --insecure-http
OOCLI_COLOR          auto, always or never, same as --color
OOCLI_DEBUG          same as --debug

Also used: NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM=dumb, COLUMNS, HTTPS_PROXY,
HTTP_PROXY, ALL_PROXY, NO_PROXY (upper or lower case), REQUESTS_CA_BUNDLE, SSL_CERT_FILE, XDG_*, CI.
Not used: .env files, .netrc, variables of other tools. No variable takes a password.

Stored files:
credentials          in the system's keyring: service "oocli", user name = host of the portal
portals.json         known portals, without secrets: ~/.config/oocli (Linux),
                     ~/Library/Application Support/oocli (macOS), %LOCALAPPDATA%\\oocli (Windows)
credentials.json     in the same directory, only after login --insecure-storage; mode 0600""",
    "exit-codes": """\
  0  success
  1  unexpected failure, failure of a local file or store     failure, storage, no_store
  2  wrong usage, refused for safety, not confirmed           usage, not_confirmed
  3  redirect not followed                                    redirect
  4  sign-in needed: none, expired, refused, code required    sign_in, code_required, wrong_code
  5  the portal failed: 5xx, or no valid API answer           portal_failed, not_api
  6  signed in but not allowed: 402, 403                      forbidden, payment
  7  not found: 404, 410                                      not_found
  8  other 4xx, or an error inside a 2xx answer               rejected
  9  rate limit: still 429, or must wait more than 60 s       rate_limit
 10  no connection, or connection lost                        connection, certificate
 11  timeout                                                  timeout
 12  some of several calls failed                             some_failed
129  hangup    130  interrupted    141  output pipe closed    143  terminated

The last column is the value of `code` in the output of --error-format json.""",
    "formats": """\
On a terminal, `call` prints the envelope as indented, colored JSON. In a pipe, it prints the body
as the portal sent it, with exactly one newline at the end: digits of numbers and the order of keys
do not change. --color always prints indented, colored JSON in a pipe too, for example for a pager;
CLICOLOR_FORCE and FORCE_COLOR do not change what is printed in a pipe.

-r, --response       print only the content of the envelope
-i, --include        print the status line and headers first, with secrets masked
-o, --output FILE    write the unchanged body, or the output of a format, to FILE (-: stdout)
-O, --remote-name    save under the file name that the portal sends, made safe; never overwrites
--jq EXPR            filter the JSON with jq: one result per line, strings without quotes, all
                     digits of numbers kept (needs the extra: pip install 'oocli[jq]')

--format json        the envelope (default)
--format raw         the body, byte for byte
--format ndjson      one item of `response` per line, as the portal sent it
--format csv, tsv    one row per item: lists and objects as JSON, null as an empty cell, quoted
                     as in RFC 4180
--format table       a table; on a terminal, with the columns that fit

The items are the elements of the list in `response`. For a folder, they are its folders, then its
files; for any other answer, the one object. --columns id,createdBy.displayName selects columns; a
dot selects a key of an inner object. Without it, csv and tsv use the keys of the first page.
--safe-cells puts an apostrophe before text that a spreadsheet would run as a formula (=, +, -, @).
Binary data and control characters are never printed to a terminal.

If a call fails, its answer is still printed to stdout, except with --jq or --format. The reason and
the hint go to stderr, as text or, with --error-format json, as one object {"error": {...}}.""",
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
    """Show help on environment variables, exit codes or formats."""
    if options.topic is None:
        app.stdout.line("\n".join(f"oocli help {name}" for name in TOPICS))
    else:
        app.stdout.line(TOPICS[options.topic])
