"""Group 7: signals, streams that are closed, and many runs at once."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.conftest import Ran
from tests.faults.checks import (
    BODY,
    NO_DATA,
    NO_PARTS,
    NO_SESSION,
    NOT_SENT,
    NOTHING_STORED,
    asked,
    check,
    contains,
)
from tests.faults.makers import answers, file, made_by, ordered, typed
from tests.faults.row import Row, Runner
from tests.faults.runners import asked as was_asked
from tests.faults.runners import closed_reader, shell, signalled, terminal, wait_and_type
from tests.faults.world import World, finished, nothing
from tests.portal import DemoPortal, faults
from tests.waiting import until

ME = ("call", "GET", "people/@self")
LOGIN = ("login", "--portal", "{portal}")
PASSWORD = typed("{password}", "the password on stdin")
HANGS = ordered(faults.Hang())
LINK = "{portal}/Products/Files/HttpHandlers/filehandler.ashx?action=download&fileid={file}"
DOWNLOAD = ("call", "GET", LINK, "-o", "kept.bin")
LINES = "".join(json.dumps({"method": "GET", "path": f"people/p{n}"}) + "\n" for n in range(50))
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


@made_by("a body that comes byte by byte, and `kept.bin` from before")
def slow_download(world: World) -> None:
    """Let a download take for ever."""
    (world.path / "kept.bin").write_text("before")
    world.names["file"] = str(world.portal.add_file("a.bin", content=1000))
    world.portal.order("GET", "*", faults.Trickle(0.05), None)


@made_by("the second page of a list never comes")
def second_page_hangs(world: World) -> None:
    """Let the first request pass."""
    world.portal.add_people(100)
    world.portal.order("GET", "people", faults.Delay(0), times=1)
    world.portal.order("GET", "people", faults.Hang(), None)


@made_by("from the 20th line on nothing is answered")
def batch_hangs(world: World) -> None:
    """Order it line by line."""
    for number in range(20):
        world.portal.answers("GET", f"people/p{number}", response=number)
    for number in range(20, 50):
        world.portal.order("GET", f"people/p{number}", faults.Hang(), None)
    (world.path / "lines.ndjson").write_text(LINES)


@check("what was finished is printed, each line whole and in order")
def whole_lines(_: World, ran: Ran) -> None:
    """Look at stdout."""
    found = [json.loads(line)["index"] for line in ran.stdout.splitlines()]
    # Several are under way at once: a line that hangs may stand between two that were answered.
    assert found and found == sorted(set(found))
    assert ran.stdout.endswith(b"\n") or not ran.stdout


@check("all twenty sign-ins are there, each with its own token")
def twenty(world: World, _: Ran) -> None:
    """Look at keyring and record."""
    found = json.loads((world.path / "config/portals.json").read_text())["portals"]
    tokens = json.loads((world.path / "config/credentials.json").read_text())["tokens"]
    assert len(found) == 20
    assert len(set(tokens.values())) == 20


def on(name: str, when: Callable[[World], object], how: str) -> Runner:
    """A signal at a moment."""
    return signalled(name, when, how)


def requested(name: str) -> Row:
    """A signal while an answer is waited for."""
    return Row(
        f"{name} while an answer is waited for",
        HANGS,
        ME,
        CODES[name],
        after=(NO_DATA, asked(1)),
        run=on(name, was_asked(), "when the request is there"),
    )


def downloading(name: str) -> Row:
    """A signal in the middle of a download."""
    return Row(
        f"{name} in the middle of a download",
        slow_download,
        DOWNLOAD,
        CODES[name],
        after=(NO_DATA, contains("kept.bin", "before"), NO_PARTS),
        run=on(name, _has_part, "when the first bytes are there"),
    )


def paging(name: str) -> Row:
    """A signal between two pages."""
    return Row(
        f"{name} between two pages",
        second_page_hangs,
        ("call", "GET", "people", "--paginate", "--page-size", "10"),
        CODES[name],
        after=(asked(2),),
        run=on(name, was_asked(2), "when the second page is asked for"),
    )


def batching(name: str) -> Row:
    """A signal in the middle of a batch."""
    return Row(
        f"{name} in the middle of a batch",
        batch_hangs,
        ("batch", "lines.ndjson"),
        CODES[name],
        after=(whole_lines,),
        run=on(name, was_asked(1, "p20"), "when the 21st line is asked"),
    )


def _has_part(world: World) -> bool:
    return any(world.path.glob(".kept.bin.*.part"))


def _twenty(world: World, args: tuple[str, ...]) -> Ran:
    """Sign in to twenty portals at once: one server, twenty sub-paths."""
    with ExitStack() as stack:
        portals = [stack.enter_context(DemoPortal("workspace")) for _ in range(20)]

        def sign_in(portal: DemoPortal) -> Ran:
            words = [word if word != world.portal.origin else portal.origin for word in args]
            return world.pipe(words, stdin=portal.password.encode())

        with ThreadPoolExecutor(len(portals)) as threads:
            ends = list(threads.map(sign_in, portals))
    return Ran(max(ran.exit for ran in ends), b"", "".join(ran.stderr for ran in ends))


def _stopped(world: World, args: tuple[str, ...]) -> Ran:
    """Stop it as a shell's job control would, then let it go on."""
    child = world.start(args)
    until(lambda: world.portal.requests)
    child.send_signal(signal.SIGSTOP)  # SIGTSTP is void in a group without a terminal
    until(lambda: _state(child.pid) == "T" or child.poll() is not None)
    still_there = child.poll() is None
    child.send_signal(signal.SIGCONT)
    ran = finished(child)
    assert still_there
    return ran


def _terminated_login(world: World, args: tuple[str, ...]) -> Ran:
    """Wait for the moment when the portal has given out a session that nobody holds yet."""
    child = world.start(args, stdin=world.stdin)
    until(lambda: was_asked(1, "people/@self")(world))
    child.send_signal(signal.SIGTERM)
    return finished(child)


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


ROWS = (
    *(requested(name) for name in CODES),
    *(downloading(name) for name in CODES),
    *(paging(name) for name in ("SIGINT", "SIGTERM")),
    *(batching(name) for name in CODES),
    Row(
        "Ctrl-C at the question for the user",
        nothing(),
        LOGIN,
        130,
        after=(NOTHING_STORED,),
        signed_in=False,
        run=terminal("on a terminal", talk=wait_and_type(("(?i)user for .*: ", "^C"))),
    ),
    Row(
        "Ctrl-C at the question for the password",
        nothing(),
        (*LOGIN, "--user", "{user}"),
        130,
        after=(NOTHING_STORED, asked(0, "authentication")),
        signed_in=False,
        run=terminal("on a terminal", talk=wait_and_type(("(?i)password for .*: ", "^C"))),
    ),
    Row(
        "the end of input at the question for the password",
        nothing(),
        (*LOGIN, "--user", "{user}"),
        2,
        ("oocli: no password was given", "hint: give it with --password-stdin"),
        (NOTHING_STORED, asked(0, "authentication")),
        signed_in=False,
        run=terminal("on a terminal", talk=wait_and_type(("(?i)password for .*: ", "^D"))),
    ),
    Row(
        "SIGTERM after the password was sent",
        ordered(faults.Hang()) & PASSWORD,
        (*LOGIN, "--user", "{user}", "--password-stdin"),
        143,
        after=(NO_DATA, NOTHING_STORED, NO_SESSION),
        signed_in=False,
        run=Runner("SIGTERM while the sign-in is confirmed", _terminated_login),
    ),
    Row(
        "a reader that was never there",
        nothing(),
        ME,
        141,
        after=(asked(1),),
        run=closed_reader(),
    ),
    Row(
        "a reader that leaves in the middle of many pages",
        made_by("a list of 3,000 people")(lambda world: world.portal.add_people(3000)),
        ("call", "GET", "people", "--paginate", "--format", "ndjson"),
        141,
        run=shell('oocli "$@" | head -n 1 > /dev/null; exit "${PIPESTATUS[0]}"'),
    ),
    Row(
        "a reader that leaves in the middle of a batch",
        file("lines.ndjson", LINES, how="a batch of 50 lines"),
        ("batch", "lines.ndjson"),
        141,
        run=closed_reader(),
    ),
    Row(
        "stdin is closed",
        nothing(),
        ME,
        0,
        after=(BODY,),
        run=shell('exec oocli "$@" <&-'),
    ),
    Row(
        "stdin is closed, and read",
        nothing(),
        ("call", "POST", "people", "-d", "@-"),
        2,
        ("oocli: --data @- reads stdin, which is closed",),
        (NO_DATA, NOT_SENT),
        run=shell('exec oocli "$@" <&-'),
    ),
    Row(
        "stdout is closed",
        nothing(),
        ME,
        1,
        ("oocli: stdout is closed",),
        run=shell('exec oocli "$@" >&-'),
    ),
    Row(
        "stderr is closed",
        answers(404, b"{}"),
        ME,
        7,
        after=(BODY,),
        run=shell('exec oocli "$@" 2>&-'),
    ),
    Row(
        "all three streams are closed",
        answers(404, b"{}"),
        ME,
        1,
        run=shell('exec oocli "$@" <&- >&- 2>&-'),
    ),
    Row(
        "a full disk where stderr goes",
        answers(404, b"{}"),
        ME,
        7,
        after=(BODY,),
        run=shell('exec oocli "$@" 2> /dev/full'),
    ),
    Row(
        "a stop by job control, without a terminal, and going on",
        ordered(faults.Delay(1.0)),
        ME,
        0,
        after=(BODY, asked(1)),
        run=Runner("SIGSTOP when the request is there, then SIGCONT", _stopped),
    ),
    Row(
        "a process that started us and ignores hang-ups",
        ordered(faults.Delay(1.0)),
        ME,
        0,
        after=(BODY,),
        run=shell('trap "" HUP; oocli "$@" & sleep 0.5; kill -HUP $!; wait $!'),
    ),
    Row(
        "twenty sign-ins at once",
        nothing(),
        (*LOGIN, "--user", "{user}", "--password-stdin", "--insecure-storage", "-q"),
        0,
        after=(twenty, NO_PARTS),
        signed_in=False,
        run=Runner("twenty processes, twenty portals, one configuration", _twenty),
    ),
)
