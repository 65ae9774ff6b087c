"""The races: which commands are compared, and the results that are expected."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from tests.bench import peers, servers
from tests.bench.measure import Command, Found


class Reach(Enum):
    """What the number of a row means, and whether a lower or a higher one is better."""

    SHARE = "≤ {:g}"
    TIMES_AS_FAST = "≥ {:g} times as fast"
    SPEED = "≥ {:g} of its speed"
    PEAK = "≤ {:g} MiB"

    def number(self, ours: Found, theirs: Found | None) -> float:
        """Return the number that is compared with the bar."""
        if theirs is None:
            return ours.peak
        if self is Reach.SHARE:
            return ours.seconds / theirs.seconds
        return theirs.seconds / ours.seconds

    def is_reached(self, number: float, bar: float) -> bool:
        """Return whether a number is as good as the bar."""
        return number <= bar if self in (Reach.SHARE, Reach.PEAK) else number >= bar

    def said(self, number: float) -> str:
        """Return a number as the table prints it."""
        return f"{number:.0f} MiB" if self is Reach.PEAK else f"{number:.{3 - (number >= 10)}g}"


class Row(NamedTuple):
    """A line of the table. `ours` and `theirs` name commands of the race; `theirs` "" for none."""

    what: str
    against: str
    reach: Reach
    bar: float
    aim: float
    ours: str
    theirs: str = ""

    def number(self, found: Mapping[str, Found]) -> float:
        """Return the row's number."""
        return self.reach.number(found[self.ours], found[self.theirs] if self.theirs else None)


@dataclass
class Race:
    """Commands that are run in turn, and the rows that are made from their results."""

    name: str
    commands: dict[str, Command] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Sizes:
    """The sizes of the races. A shell loop makes `turns` of `calls`, and its time is scaled up."""

    items: int = 100_000
    page: int = 1_000
    calls: int = 2_000
    turns: int = 100
    large: int = 1 << 30
    files: int = 1_000
    folders: int = 100


SMOKE = Sizes(items=300, page=100, calls=8, turns=2, large=12 << 20, files=8, folders=3)


@dataclass(frozen=True)
class Track:
    """What races use: programs, a temporary folder, variables, servers, sizes."""

    programs: Path
    at: Path
    env: Mapping[str, str]
    port: int
    far_port: int
    keyring_env: Mapping[str, str]
    sizes: Sizes

    @property
    def origin(self) -> str:
        """The address of nginx."""
        return f"http://127.0.0.1:{self.port}"

    def program(self, name: str, *args: str) -> Command:
        """Return a command with a program of the benchmark's environment."""
        return Command([str(self.programs / name), *args], self.env)

    def loop(self, line: str, turns: int, env: Mapping[str, str]) -> Command:
        """Return a shell loop of some turns, with the factor that scales its time to all calls."""
        script = f"for i in $(seq {turns}); do {line}; done"
        return Command(["bash", "-c", script], env, self.sizes.calls / turns)


def start_up(track: Track) -> Race:
    """Compare short runs: single calls, help and completion."""
    url = f"{track.origin}/api/2.0/people/@self"
    call = ("call", "GET", "people/@self")
    http_get = ("--ignore-stdin", "--body", "GET", url, f"Authorization:{peers.TOKEN}")
    race = Race("start-up")
    race.commands = {
        "call": track.program("oocli", *call),
        "bare": track.program("python", "-c", peers.ONE_GET, url),
        "http": track.program("http", *http_get),
        "keyring": track.program("oocli", *call)._replace(env=track.keyring_env),
        "version": track.program("oocli", "--version"),
        "http version": track.program("http", "--version"),
        "help": track.program("oocli", "-h"),
        "full help": track.program("oocli", "--help"),
        "api": track.program("oocli", "api", "disable", "a", "user"),
        "http help": track.program("http", "--help"),
        "portals": track.program("oocli", "completion", "--portals")._replace(
            env=track.keyring_env
        ),
        "tab": Command(["bash", "--norc", "-c", _press("oocli call GET files/roo")], track.env),
        "nothing": track.program("python", "-c", "pass"),
    }
    get, share = "`call GET people/@self`, token in a variable", Reach.SHARE
    race.rows = [
        Row(get, "the same by `requests` alone", share, 1.25, 1.15, "call", "bare"),
        Row(get, "`http GET`", share, 0.55, 0.5, "call", "http"),
        Row("the same, token in gnome-keyring", "`http GET`", share, 0.8, 0.7, "keyring", "http"),
        Row("`--version`", "`http --version`", share, 0.15, 0.08, "version", "http version"),
        Row("`-h`", "`http --help`", share, 0.4, 0.3, "help", "http help"),
        Row("`api disable a user`", "`--help`", share, 1.3, 1.2, "api", "full help"),
        Row("Tab on a portal name", "`python -c pass`", share, 3, 2, "portals", "nothing"),
        Row("the first Tab on a path, with the start of bash", "`python -c pass`", share, 1, 0.8,
            "tab", "nothing"),
    ]  # fmt: skip
    return race


def pages(track: Track) -> Race:
    """Compare the download of a long list, page by page."""
    call = ("call", "GET", "people", "--page-size", str(track.sizes.page))
    url = f"{track.origin}/api/2.0/people"
    race = Race("pages")
    race.commands = {
        "ndjson": track.program("oocli", *call, "--format", "ndjson"),
        "bare": track.program("python", "-c", peers.ALL_PAGES, url),
        "merged": track.program("oocli", *call),
    }
    what = f"{track.sizes.items:,} items, `--paginate --format ndjson`"
    race.rows = [
        Row(what, "a loop over `requests`", Reach.SHARE, 1.0, 0.7, "ndjson", "bare"),
        Row("its peak memory", "-", Reach.PEAK, 60, 40, "ndjson"),
        Row("the same as one envelope: peak memory", "-", Reach.PEAK, 90, 60, "merged"),
    ]
    return race


def batch(track: Track) -> Race:
    """Compare many calls without latency."""
    race = Race("batch, no latency")
    lines = _lines(track)
    race.commands = {
        "batch": track.program("oocli", "batch", str(lines)),
        "curl": track.loop(_curl(track.port), track.sizes.turns, track.env),
    }
    what = f"`batch` of {track.sizes.calls:,} GETs, no latency"
    race.rows = [Row(what, "curl in a shell loop", Reach.TIMES_AS_FAST, 8, 12, "batch", "curl")]
    return race


def far_batch(track: Track) -> Race:
    """Compare many calls with a latency of 20 ms."""
    race = Race("batch, 20 ms latency")
    lines = _lines(track)
    env = {**track.env, "OOCLI_PORTAL": f"http://127.0.0.1:{track.far_port}"}
    few = max(track.sizes.turns // 5, 1)
    race.commands = {
        "batch": track.program("oocli", "batch", str(lines))._replace(env=env),
        "curl": track.loop(_curl(track.far_port), track.sizes.turns, env),
        "call": track.loop("oocli call GET people/@self", few, env),
    }
    what, times = "the same, 20 ms latency", Reach.TIMES_AS_FAST
    race.rows = [
        Row(what, "curl in a shell loop", times, 7, 12, "batch", "curl"),
        Row(what, "`oocli call` in a shell loop", times, 40, 80, "batch", "call"),
    ]
    return race


def transfer(track: Track) -> Race:
    """Compare the download and the upload of a large file."""
    here = servers.write_large(track.at, track.sizes.large)
    there, link = track.at / "kept", f"{track.origin}/large"
    up = "/api/2.0/files/@my/upload"
    post = ("call", "POST", up, "--part", f"file=@{here}")
    race = Race("transfer")
    race.commands = {
        "down": track.program("oocli", "call", "GET", link, "-o", str(there)),
        "curl down": Command(["curl", "-sSf", "-o", str(there), link], track.env),
        "up": track.program("oocli", *post),
        "curl up": Command(
            ["curl", "-sSf", "-F", f"file=@{here}", f"{track.origin}{up}"], track.env
        ),
    }
    size = "1 GiB" if track.sizes.large == 1 << 30 else f"{track.sizes.large:,} bytes"
    race.rows = [
        Row(f"`-o` of {size}", "`curl -o`", Reach.SPEED, 0.8, 0.95, "down", "curl down"),
        Row("its peak memory", "-", Reach.PEAK, 60, 60, "down"),
        Row(f"`--part` of {size}", "`curl -F`", Reach.SPEED, 0.8, 0.95, "up", "curl up"),
        Row("its peak memory", "-", Reach.PEAK, 60, 60, "up"),
    ]
    return race


def download(track: Track) -> Race:
    """Compare `files get` of a folder of small files, and of a large file."""
    servers.write_files(track.at, track.sizes.files, track.sizes.large)
    handler = f"{track.origin}/Products/Files/HttpHandlers/filehandler.ashx?action=download"
    there, by_curl = track.at / "downloaded", track.at / "curl-downloaded"
    by_curl.mkdir()
    overwrite = ("--if-exists", "overwrite")
    folder = ("files", "get", "-r", "folder:folder", "-o", str(there), *overwrite)
    large = ("files", "get", "file:large", "-o", str(track.at / "kept"), *overwrite)
    curl = 'curl -sSf -H "Authorization: $OOCLI_TOKEN"'
    loop = f'{curl} -o {by_curl}/$i "{handler}&fileid=$i"'
    turns = min(track.sizes.turns, track.sizes.files)
    race = Race("download")
    race.commands = {
        "files": track.program("oocli", *folder),
        "curl": track.loop(loop, turns, track.env)._replace(times=track.sizes.files / turns),
        "large": track.program("oocli", *large),
        "curl large": Command(
            ["curl", "-sSf", "-o", str(track.at / "kept"), f"{handler}&fileid=large"], track.env
        ),
    }
    size = "1 GiB" if track.sizes.large == 1 << 30 else f"{track.sizes.large:,} bytes"
    what = f"`files get -r` of {track.sizes.files:,} files of 4 KiB"
    race.rows = [
        Row(what, "curl in a shell loop", Reach.TIMES_AS_FAST, 8, 12, "files", "curl"),
        Row(f"`files get` of {size}", "`curl -o`", Reach.SPEED, 0.9, 0.95, "large", "curl large"),
        Row("its peak memory", "-", Reach.PEAK, 60, 60, "large"),
    ]
    return race


def listing(track: Track) -> Race:
    """Compare `files ls -R` of a tree of folders."""
    entries = servers.write_tree(track.at, track.sizes.folders)
    curl = 'curl -sSf -o /dev/null -H "Authorization: $OOCLI_TOKEN"'
    link = f"{track.origin}/api/2.0/files/tree"
    loop = f"{curl} {link}; for i in $(seq {track.sizes.folders}); do {curl} {link}$i; done"
    race = Race("listing")
    race.commands = {
        "ls": track.program("oocli", "files", "ls", "-R", "folder:tree"),
        "bare": track.program("python", "-c", peers.ALL_FOLDERS, f"{track.origin}/api/2.0/files/"),
        "curl": Command(["bash", "-c", loop], track.env),
    }
    what = f"`files ls -R` of {entries:,} entries in {track.sizes.folders} folders"
    race.rows = [
        Row(what, "curl in a shell loop, each folder once", Reach.SHARE, 1.0, 0.8, "ls", "curl"),
        Row(what, "a loop over `requests`", Reach.SHARE, 1.0, 0.8, "ls", "bare"),
        Row("its peak memory", "-", Reach.PEAK, 80, 60, "ls"),
    ]
    return race


def upload(track: Track) -> Race:
    """Compare `files put` of a folder of small files, and of a large file."""
    sources = servers.write_uploads(track.at, track.sizes.files, track.sizes.large)
    large = servers.write_large(track.at, track.sizes.large)
    env = {**track.env, "OOCLI_PORTAL": f"{track.origin}/docspace"}
    link = f"{track.origin}/docspace/api/2.0/files/target/upload"
    curl = 'curl -sSf -o /dev/null -H "Authorization: $OOCLI_TOKEN"'
    turns = min(track.sizes.turns, track.sizes.files)
    race = Race("upload")
    race.commands = {
        "files": track.program(
            "oocli", "files", "put", "-q", "-r", f"{sources}/.", "folder:target"
        )._replace(env=env),
        "curl": track.loop(f'{curl} -F file=@{sources}/$i "{link}"', turns, env)._replace(
            times=track.sizes.files / turns
        ),
        "put large": track.program("oocli", "files", "put", str(large), "folder:target")._replace(
            env=env
        ),
        "curl large": Command(
            ["curl", "-sSf", "-o", "/dev/null", "-F", f"file=@{large}", link], env
        ),
    }
    size = "1 GiB" if track.sizes.large == 1 << 30 else f"{track.sizes.large:,} bytes"
    what = f"`files put -r` of {track.sizes.files:,} files of 4 KiB"
    race.rows = [
        Row(what, "curl in a shell loop", Reach.TIMES_AS_FAST, 8, 12, "files", "curl"),
        Row(
            f"`files put` of {size}", "`curl -F`", Reach.SPEED, 0.7, 0.9, "put large", "curl large"
        ),
        Row("its peak memory", "-", Reach.PEAK, 60, 60, "put large"),
    ]
    return race


RACES: dict[str, Callable[[Track], Race]] = {
    "start-up": start_up,
    "pages": pages,
    "batch": batch,
    "far-batch": far_batch,
    "transfer": transfer,
    "download": download,
    "upload": upload,
    "listing": listing,
}


def started_by_tab(track: Track) -> list[str]:
    """Return the programs that Tab on a command starts in bash, where it completes `who`."""
    stand_ins, notes = track.at / "stand-ins", track.at / "started"
    stand_ins.mkdir(exist_ok=True)
    notes.touch()
    for name in ("oocli", "python", "python3"):
        (stand_ins / name).write_text(f'#!/bin/sh\necho {name} >> "{notes}"\n')
        (stand_ins / name).chmod(0o755)
    said = subprocess.run(
        ["bash", "--norc", "-c", _press("oocli who")],
        env={**track.env, "PATH": f"{stand_ins}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if said.stdout.split() != ["whoami"]:
        raise SystemExit(f"Tab completed nothing: {said.stdout}{said.stderr}")
    return notes.read_text().split()


def _press(line: str) -> str:
    """Return a script for bash that loads the completion, presses Tab after a line, and prints."""
    words = line.split()
    return (
        f"source {peers.ROOT}/completions/oocli.bash\n"
        f"COMP_WORDS=({line}) COMP_CWORD={len(words) - 1} COMP_LINE='{line}'\n"
        f'COMP_POINT={len(line)}\n_oocli; echo "${{COMPREPLY[@]}}"\n'
    )


def _lines(track: Track) -> Path:
    lines = track.at / "calls.ndjson"
    lines.write_text('{"method": "GET", "path": "people/@self"}\n' * track.sizes.calls)
    return lines


def _curl(port: int) -> str:
    url = f"http://127.0.0.1:{port}/api/2.0/people/@self"
    return f'curl -sSf -H "Authorization: $OOCLI_TOKEN" {url}'


def selection(names: list[str]) -> Iterator[Callable[[Track], Race]]:
    """Yield the races with these names, or all of them."""
    for name in names or RACES:
        yield RACES[name]
