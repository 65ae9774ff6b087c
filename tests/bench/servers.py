"""The servers of the benchmark: nginx on loopback, and a relay that adds latency."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LATENCY = 0.02  # seconds

_CONF = """\
{user}daemon off; worker_processes 1; pid {at}/nginx.pid; error_log {at}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000; sendfile on; tcp_nodelay on;
  client_max_body_size 0; client_body_buffer_size 256k; client_body_temp_path {at}/bodies;
  proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi;
  uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
  default_type application/json; types {{ }} charset utf-8; charset_types application/json;
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200 '{me}'; }}
    location ~ ^/api/2.0/people(.json)?$ {{
      root {at}; rewrite ^ /pages/$arg_startindex.json break;
    }}
    location /large {{ root {at}; default_type application/octet-stream; }}
    location = /api/2.0/settings/version/build {{
      return 200 '{{"response": {{"communityServer": "12.7.0"}}}}';
    }}
    location ~ ^/api/2.0/files/(folder|file)?/?(\\w+)(.json)?$ {{
      root {at}; rewrite ^/api/2.0/files/(.*?)(.json)?$ /files/$1.json break;
    }}
    location /Products/Files/HttpHandlers/filehandler.ashx {{
      root {at}; default_type application/octet-stream; rewrite ^ /contents/$arg_fileid break;
    }}
    # nginx reads the whole body, then drops it.
    location /api/2.0/files/@my/upload {{
      proxy_pass http://127.0.0.1:{port}/; proxy_pass_request_body off;
      proxy_set_header Content-Length "";
    }}
    # A DocSpace portal with an empty folder, which confirms every upload.
    location /docspace/ {{
      root {at}; try_files $uri.json =404;
    }}
    location = /docspace/api/2.0/files/target/upload {{
      proxy_pass http://127.0.0.1:{port}/docspace/small; proxy_pass_request_body off;
      proxy_method GET; proxy_set_header Content-Length "";
    }}
    location = /docspace/api/2.0/files/target/upload/create_session {{
      return 201 '{{"response": {{"success": true, "data": {{
        "location": "http://127.0.0.1:{port}/docspace/ChunkedUploader.ashx?uid=1"}}}}}}';
    }}
    location = /docspace/ChunkedUploader.ashx {{
      if ($arg_finalize) {{ return 201 '{{"success": true, "data": {{"id": "large"}}}}'; }}
      proxy_pass http://127.0.0.1:{port}/docspace/chunk?; proxy_pass_request_body off;
      proxy_method GET; proxy_set_header Content-Length "";
    }}
  }}
}}
"""
_ME = {
    "count": 1,
    "status": 0,
    "statusCode": 200,
    "response": {"id": "4c65a238-ca50-4374-b904-0d51d4c1822b", "email": "ann@example.com"},
}


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_pages(at: Path, items: int, page: int) -> None:
    """Write each page of a list to a file that is named after its start index, if any."""
    (at / "pages").mkdir()
    for start in range(0, items + page, page):
        found = [_person(number) for number in range(start, min(start + page, items))]
        body = {"count": len(found), "total": items, "status": 0, "response": found}
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        for name in (start, "") if start == 0 else (start,):
            (at / "pages" / f"{name}.json").write_text(text, encoding="utf-8")


def write_files(at: Path, count: int, large: int) -> None:
    """Write a folder of files of 4 KiB and a large file, and the answers about each of them."""
    files, contents = at / "files", at / "contents"
    contents.mkdir()
    for name in ("folder", "file"):
        (files / name).mkdir(parents=True, exist_ok=True)
    found = []
    for number in range(1, count + 1):
        (contents / str(number)).write_bytes(os.urandom(4096))
        found.append(_file(number, f"file-{number:04}.bin", 4096))
    folder = {"id": "folder", "title": "small", "filesCount": count, "parentId": 1}
    listing = {"files": found, "folders": [], "current": folder, "total": count}
    answers = {
        "folder/folder": folder,
        "folder": listing,
        "file/large": _file("large", "large.bin", large),
    }
    for name, answer in answers.items():
        text = json.dumps({"count": 1, "status": 0, "statusCode": 200, "response": answer})
        (files / f"{name}.json").write_text(text, encoding="utf-8")
    with (contents / "large").open("wb") as file:
        file.truncate(large)


def write_tree(at: Path, folders: int) -> int:
    """Write a folder of folders with 99 files each; return the number of entries below it."""
    files = at / "files"
    (files / "folder").mkdir(parents=True, exist_ok=True)
    below = []
    for number in range(1, folders + 1):
        key = f"tree{number}"
        facts = {"id": key, "title": f"Folder {number}", "filesCount": 99, "parentId": "tree"}
        below.append(facts)
        found = [_file(number * 100 + n, f"file-{n:02}.bin", 4096) for n in range(99)]
        contents = {"files": found, "folders": [], "current": facts, "total": 99}
        (files / f"{key}.json").write_text(json.dumps({"count": 1, "response": contents}))
    root = {"id": "tree", "title": "tree", "filesCount": 0, "parentId": 1}
    contents = {"files": [], "folders": below, "current": root, "total": folders}
    (files / "tree.json").write_text(json.dumps({"count": 1, "response": contents}))
    (files / "folder" / "tree.json").write_text(json.dumps({"count": 1, "response": root}))
    return folders * 100


def write_uploads(at: Path, count: int, large: int) -> Path:
    """Write files of 4 KiB, and the answers of the portal to their upload; return their folder."""
    sources, portal = at / "sources", at / "docspace"
    sources.mkdir()
    for number in range(1, count + 1):
        (sources / str(number)).write_bytes(os.urandom(4096))
    folder = {"id": "target", "title": "target", "parentId": 1}
    answers: dict[str, object] = {
        "api/2.0/settings/version/build": {"response": {"docSpace": "3.7.2"}},
        "api/2.0/files/settings": {"response": {"chunkUploadSize": 10 * 1024 * 1024}},
        "api/2.0/files/folder/target": {"response": folder},
        "api/2.0/files/target": {
            "response": {"files": [], "folders": [], "current": folder, "total": 0}
        },
        "api/2.0/files/file/large": {"response": _file("large", "large", large)},
        "small": {"response": [_file("small", "small", 4096)]},
        "chunk": {"success": True, "data": {}},
    }
    for name, answer in answers.items():
        (portal / name).parent.mkdir(parents=True, exist_ok=True)
        (portal / f"{name}.json").write_text(json.dumps(answer))
    return sources


def _file(id: int | str, title: str, size: int) -> dict[str, object]:
    return {
        "id": id,
        "folderId": "folder",
        "title": title,
        "version": 1,
        "pureContentLength": size,
        "contentLength": f"{size} B",
        "created": "2026-01-10T13:36:24.0000000Z",
        "updated": "2026-01-10T13:36:24.0000000Z",
        "createdBy": {"id": "4c65a238-ca50-4374-b904-0d51d4c1822b", "displayName": "Ann"},
        "viewUrl": f"http://127.0.0.1/Products/Files/HttpHandlers/filehandler.ashx?fileid={id}",
    }


def _person(number: int) -> dict[str, object]:
    """Return an item of the usual size: half a kilobyte."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012x}",
        "userName": f"person.{number}",
        "isVisitor": False,
        "firstName": "Zoë" if number % 100 == 0 else "Zoe",
        "lastName": f"Number{number}",
        "email": f"person.{number}@example.com",
        "status": 1,
        "activationStatus": 1,
        "terminated": None,
        "department": "",
        "workFrom": "2024-01-10T00:00:00.0000000+03:00",
        "displayName": f"Zoe Number{number}",
        "mobilePhone": "",
        "isAdmin": False,
        "isLDAP": False,
        "isOwner": False,
        "isSSO": False,
        "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
        "profileUrl": f"http://127.0.0.1/Products/People/Profile.aspx?user=person.{number}",
    }


def write_large(at: Path, size: int) -> Path:
    """Write a sparse file of this size."""
    with (at / "large").open("wb") as file:
        file.truncate(size)
    return at / "large"


@contextmanager
def nginx(at: Path, port: int, template: str = _CONF) -> Iterator[None]:
    """Run nginx on a port while the block runs.

    Without a `template` it serves the files in the folder `at`, and a short answer for all else.
    """
    user = "user root; " if os.geteuid() == 0 else ""
    conf = at / "nginx.conf"
    conf.write_text(template.format(at=at, port=port, user=user, me=json.dumps(_ME)))
    server = subprocess.Popen(["nginx", "-c", str(conf), "-e", str(at / "nginx.log")])
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def longer_way(port: int) -> Iterator[int]:
    """Yield a port that leads to `port` with latency."""
    relay = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.relay", str(port), str(LATENCY)],
        cwd=Path(__file__).parent.parent.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert relay.stdin is not None
    assert relay.stdout is not None
    try:
        yield int(relay.stdout.readline())
    finally:
        relay.stdin.close()
        relay.wait()
        relay.stdout.close()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("nginx does not start")
