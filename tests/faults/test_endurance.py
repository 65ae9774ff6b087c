"""What only shows in the long run: a soak, and ends without warning at any moment."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.portal import faults
from tests.waiting import until

TIME_LIMIT = 120
pytestmark = [pytest.mark.posix, pytest.mark.slow]

# Ten faults, and the `error.code` that each of them must come out as.
FAULTS = {
    "not-there": (faults.Html(404, "404 Not Found"), "not_found"),
    "forbidden": (faults.Empty(403), "forbidden"),
    "broken": (faults.Html(500, "500"), "portal_failed"),
    "busy": (faults.Html(502, "502"), "portal_failed"),
    "away": (faults.Empty(503), "portal_failed"),
    "xml": (faults.Xml(), "not_api"),
    "half": (faults.DropInBody(1), "connection"),
    "silent": (faults.DropBeforeAnswer(), "connection"),
    "reset": (faults.ResetConnection(), "connection"),
    "broken-json": (
        faults.Response(200, b"[[", (("Content-Type", "application/json"),)),
        "not_api",
    ),
}


def status_of(pid: int) -> tuple[int, int]:
    """Return the resident memory in KiB and the number of open files of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return memory, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def test_ten_thousand_calls_through_faults_and_restarts_are_each_told_once(portal, home, start):
    names = list(FAULTS)
    for name, (fault, _) in FAULTS.items():
        portal.order("GET", f"soak/{name}/*", fault, None)
    portal.answers("GET", "soak/well/*", response=1)
    total = 10_000
    paths = [f"soak/{names[n // 20 % 10] if n % 20 == 7 else 'well'}/{n}" for n in range(total)]
    lines = "".join(f'{{"method":"GET","path":"{path}","id":"{path}"}}\n' for path in paths)
    (home.path / "lines.ndjson").write_text(lines)
    answers = home.path / "answers.ndjson"

    def printed():
        return answers.read_bytes().count(b"\n")

    with answers.open("wb") as stdout:
        child = start("batch", "lines.ndjson", "--retry", "0", signed_in_to=portal, stdout=stdout)
        until(lambda: printed() > 1_000)
        early_memory, _ = status_of(child.pid)
        for reached in (3_500, 7_000):
            until(lambda reached=reached: printed() > reached)
            portal.stop()
            portal.start()
        until(lambda: printed() > 9_000)
        late_memory, files = status_of(child.pid)
        _, stderr = child.communicate(timeout=TIME_LIMIT)

    records = [json.loads(line) for line in answers.read_bytes().splitlines()]
    assert child.returncode == 12, stderr
    assert [record["index"] for record in records] == list(range(total))
    assert [record["id"] for record in records] == paths
    failed = [record for record in records if "error" in record]
    lost = [record for record in failed if "/well/" in record["id"]]
    assert {record["error"]["code"] for record in lost} <= {"connection"}  # while it was restarted
    assert len(lost) < 1_000
    for record in failed:
        name = record["id"].split("/")[1]
        if name != "well":
            assert record["error"]["code"] in (FAULTS[name][1], "connection")
    assert len(failed) - len(lost) == total // 20
    assert late_memory - early_memory < 16 * 1024
    assert files < 40


def test_a_batch_that_is_killed_again_and_again_sends_no_line_twice(portal, home, start):
    moments = random.Random(20)
    total = 300
    portal.answers("*", "mark/*", response=1)
    lines = [
        json.dumps({"method": ("POST", "GET")[n % 2], "path": f"mark/{n}", "id": n})
        for n in range(total)
    ]
    (home.path / "lines.ndjson").write_text("\n".join(lines))
    token = portal.issue_token()
    words = ("batch", "lines.ndjson", "--resume", "journal", "--rate", "40/s", "--retry", "0")

    for _ in range(25):
        child = start(*words, signed_in_to=portal, token=token)
        before = len(portal.requests)
        until(
            lambda before=before, child=child: (
                len(portal.requests) > before or child.poll() is not None
            )
        )
        time.sleep(moments.random() * 0.15)  # the moment itself is what is tried
        child.kill()
        child.wait()
    with (home.path / "answers").open("wb") as stdout:
        resumed = ("batch", "lines.ndjson", "--resume", "journal")
        last = start(*resumed, signed_in_to=portal, token=token, stdout=stdout)
        _, stderr = last.communicate(timeout=TIME_LIMIT)

    records = [json.loads(line) for line in (home.path / "answers").read_bytes().splitlines()]
    posted = [seen.target for seen in portal.requests if seen.method == "POST"]
    assert last.returncode in (0, 12), stderr
    assert [record["index"] for record in records] == list(range(total))
    assert len(posted) == len(set(posted))
    # What was perhaps sent is told so, never sent again and never called a success.
    well = {record["id"] for record in records if "error" not in record}
    assert {int(target.rpartition("/")[2]) for target in posted} >= {n for n in well if n % 2 == 0}


def test_a_download_that_is_killed_again_and_again_leaves_no_half_file(portal, home, start):
    moments = random.Random(21)
    body = b"0123456789abcdef" * 500_000
    portal.answers("GET", "large", body=body, headers=(("Content-Type", "text/plain"),))
    kept = home.path / "kept"
    kept.write_bytes(b"before")
    token = portal.issue_token()
    found = set()

    for _ in range(30):
        before = len(portal.requests)
        child = start("call", "GET", "large", "-o", "kept", signed_in_to=portal, token=token)
        until(
            lambda before=before, child=child: (
                len(portal.requests) > before or child.poll() is not None
            )
        )
        time.sleep(moments.random() * 0.05)  # the moment itself is what is tried
        child.kill()
        child.wait()
        found.add(kept.read_bytes())

    assert found <= {b"before", body}


def test_portals_json_is_whole_whenever_its_writers_are_killed(portal, docspace, home, sign_in):
    moments = random.Random(22)
    sign_in(portal)
    sign_in(docspace)
    stored = home.config / "portals.json"
    data = json.loads(stored.read_text())
    stored.write_text(json.dumps(data | {"colour": "green"}))  # what another version keeps there
    loop = (
        "from oocli.__main__ import main\n"
        "for n in range(200):\n"
        f"    main(['portals', 'use', ({portal.host!r}, {docspace.host!r})[n % 2], '-q'])\n"
    )

    for _ in range(6):
        changed = stored.stat().st_ino
        writers = [
            subprocess.Popen([sys.executable, "-c", loop], env=home.env, cwd=home.path)
            for _ in range(2)
        ]
        until(lambda changed=changed: stored.stat().st_ino != changed)
        time.sleep(moments.random() * 0.3)  # the moment itself is what is tried
        for writer in writers:
            writer.kill()
            writer.wait()
        now = json.loads(stored.read_text())
        assert set(now["portals"]) == {portal.host, docspace.host}
        assert now["colour"] == "green"
        assert now["default"] in now["portals"]

    assert not stored.stat().st_mode & 0o077
