"""The topics of the help: what does not belong to one command."""

from __future__ import annotations

import re
from typing import NamedTuple

from oocli.model.cli_schema import Block


class Topic(NamedTuple):
    """A page of the help. `summary` is a sentence."""

    summary: str
    blocks: tuple[Block, ...]


def _topic(text: str) -> Topic:
    """Return a topic from its text: the summary, then paragraphs and tables.

    A table is a heading with a colon, over rows of a name, two or more spaces, and a description.
    """
    summary, *parts = text.strip().split("\n\n")
    blocks: list[Block] = []
    for part in parts:
        heading, _, table = part.partition(":\n  ")
        rows = re.findall(r"^ *(\S.*?)  +(.*(?:\n {4,}.*)*)", table, re.MULTILINE)
        if rows:
            blocks.append((heading, tuple((name, " ".join(text.split())) for name, text in rows)))
        else:
            blocks.append(("", " ".join(part.split())))
    return Topic(summary, tuple(blocks))


_ENVIRONMENT = r"""
Variables, and where files are stored.

Options override variables, variables override portals.json, and portals.json overrides the
defaults. An empty variable counts as unset.

Variables:
  OOCLI_PORTAL         The portal, as --portal.
  OOCLI_TOKEN          The credential. It is sent only to the portal of OOCLI_PORTAL or --portal.
  OOCLI_TOKEN_FILE     A file with the credential.
  OOCLI_CONFIG_DIR     The directory for configuration, state and cache.
  OOCLI_NO_INPUT       Never prompt, as --no-input. Setting CI does the same.
  OOCLI_NO_KEYRING     Never use the keyring.
  OOCLI_TIMEOUT        Seconds to wait for data, as --timeout (default: 60).
  OOCLI_RETRY          How often to retry temporary failures, as --retry (default: 2).
  OOCLI_INSECURE_HTTP  Allow http to other machines, as --insecure-http.
  OOCLI_COLOR          auto, always or never, as --color.
  OOCLI_DEBUG          Log everything, as --debug.

Also used: NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM=dumb, COLUMNS, HTTPS_PROXY,
HTTP_PROXY, ALL_PROXY, NO_PROXY (upper or lower case), REQUESTS_CA_BUNDLE, SSL_CERT_FILE, XDG_*, CI.

Not used: .env files, .netrc, variables of other tools. No variable takes a password.

Files:
  the keyring       Credentials: service "oocli", user name = host of the portal.
  portals.json      Known portals, without secrets, in ~/.config/oocli (Linux),
                    ~/Library/Application Support/oocli (macOS) or %LOCALAPPDATA%\oocli (Windows).
  credentials.json  Credentials, in the same directory and with mode 0600; only after login
                    --insecure-storage.
"""
_EXIT_CODES = r"""
What each exit code means.

Each exit code is listed with the values that `code` has in the output of --error-format json.

Exit codes:
  0    Success.
  1    Unexpected failure, or failure of a local file or store: failure, storage, no_store
  2    Wrong usage, refused for safety, or not confirmed: usage, not_confirmed
  3    Redirect not followed: redirect
  4    Sign-in needed: no credential, expired, refused, or a code is required: sign_in,
       code_required, wrong_code
  5    The portal failed: 5xx, or no valid API answer: portal_failed, not_api
  6    Signed in but not allowed (402, 403): forbidden, payment
  7    Not found (404, 410): not_found
  8    Another 4xx, or an error inside a 2xx answer: rejected
  9    Rate limit: still 429, or a wait of more than 60 s: rate_limit
  10   No connection, or connection lost: connection, certificate
  11   Timeout: timeout
  12   Some of several calls failed: some_failed
  129  Hangup (SIGHUP).
  130  Interrupted (SIGINT, Ctrl-C).
  141  The pipe that stdout writes to was closed.
  143  Terminated (SIGTERM).
"""
_FORMATS = r"""
What is printed, and how to change it.

On a terminal, `call` prints the envelope as indented, colored JSON. In a pipe, it prints the body
as the portal sent it, with exactly one newline at the end: digits of numbers and the order of keys
do not change. --color always prints indented, colored JSON in a pipe too, for example for a pager;
CLICOLOR_FORCE and FORCE_COLOR do not change what is printed in a pipe.

Options:
  -r, --response     Print only the content of the envelope.
  -i, --include      Print the status line and headers first, with secrets masked.
  -o, --output FILE  Write the unchanged body, or the output of a format, to FILE (-: stdout).
  -O, --remote-name  Save under the file name that the portal sends, made safe; never overwrite.
  --jq EXPR          Filter the JSON with jq: one result per line, strings without quotes, all
                     digits of numbers kept (needs the extra `jq`).

Values of --format:
  json      The envelope (default).
  raw       The body, byte for byte.
  ndjson    One item of `response` per line, as the portal sent it.
  csv, tsv  One row per item: lists and objects as JSON, null as an empty cell, quoted as in RFC
            4180.
  table     A table; on a terminal, with the columns that fit.

The items are the elements of the list in `response`. For a folder, they are its folders, then its
files; for any other answer, the one object.

--columns id,createdBy.displayName selects columns; a dot selects a key of an inner object. Without
it, csv and tsv use the keys of the first page. --safe-cells puts an apostrophe before text that a
spreadsheet would run as a formula (=, +, -, @). Binary data and control characters are never
printed to a terminal.

If a call fails, its answer is still printed to stdout, except with --jq or --format. The reason and
the hint go to stderr, as text or, with --error-format json, as one object {"error": {...}}.
"""
TOPICS = {
    "environment": _topic(_ENVIRONMENT),
    "exit-codes": _topic(_EXIT_CODES),
    "formats": _topic(_FORMATS),
}
