"""Group 4: ways by which a secret could leave the place where it belongs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Ran
from tests.faults.checks import (
    NO_DATA,
    NOT_SENT,
    NOTHING_STORED,
    OTHER_NOT_ASKED,
    OTHER_SAW_NOTHING,
    absent,
    asked,
    check,
    printed,
)
from tests.faults.makers import (
    answers,
    fails,
    file,
    made_by,
    ordered,
    responds,
    signed_in,
    typed,
    unset,
    variables,
)
from tests.faults.row import Row, Runner
from tests.faults.table.proxies import page, proxy
from tests.faults.world import World, finished, nothing
from tests.portal import DemoPortal, faults
from tests.waiting import until

ME = ("call", "GET", "people/@self")
GET = "oocli: GET people/@self on {host}:"
LOGIN = ("login", "--portal", "{portal}", "--user", "{user}", "--password-stdin")
PASSWORD = typed("{password}", "the password on stdin")
NETRC = "machine 127.0.0.1 login thief password from-netrc\nmachine localhost login a password b\n"


@made_by("another portal listens on this machine")
def another(world: World) -> None:
    """Start a second portal that must never hear of the first one's token."""
    other = world.until_the_end(DemoPortal("docspace"))
    world.other = other
    world.names |= {"other": other.origin, "other_host": other.host}


def pointing(path: str, location: str) -> object:
    """Let the portal point elsewhere for good."""
    return made_by(f"the portal answers 302 to `{location}`")(
        lambda world: world.portal.order(
            "GET", path, faults.Redirect(302, world.filled(location)), None
        )
    )


@made_by("the portal repeats the token in its message")
def echoing(world: World) -> None:
    """Answer with the secret itself, plain and escaped."""
    world.sign()
    token = world.token
    world.portal.answers("GET", "people/@self", status=400, error=f"bad token {token}")


@made_by("the portal asks for the code of an app; the command that gives it shows its environment")
def spying_command(world: World) -> None:
    """Keep what a child of the program can see of it."""
    world.serve(DemoPortal("docspace", tfa="app"))
    world.env["HTTPS_PROXY"] = "http://user:proxy-password@127.0.0.1:9"
    code = world.portal.totp()
    script = world.path / "code.sh"
    script.write_text(
        "#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/environ > seen.env\n"
        "tr '\\0' ' ' < /proc/$PPID/cmdline > seen.args\n"
        f"echo {code}\n"
    )
    script.chmod(0o755)


@made_by("the portal asks for the code of an app; the command that gives it dies of a signal")
def dying_command(world: World) -> None:
    """Let it dump its core, if the system would."""
    world.serve(DemoPortal("docspace", tfa="app"))
    script = world.path / "code.sh"
    script.write_text("#!/bin/sh\nulimit -c unlimited\nkill -SEGV $$\n")
    script.chmod(0o755)


@made_by("a library of ours fails in a way that nobody foresaw")
def bug(world: World) -> None:
    """Break platformdirs, with the token in the frames above."""
    broken = world.path / "broken"
    broken.mkdir()
    (broken / "platformdirs.py").write_text(
        "import pathlib\ndef user_config_dir(*a, **k):\n"
        "    all = pathlib.Path('/proc/self/environ').read_text().split(chr(0))\n"
        "    secret = dict(line.split('=', 1) for line in all if '=' in line)\n"
        "    raise RuntimeError('boom ' + secret['OOCLI_TOKEN'])\n"
        "user_state_dir = user_cache_dir = user_config_dir\n"
    )
    world.env["PYTHONPATH"] = f"{broken}:{world.env['PYTHONPATH']}"
    del world.env["OOCLI_CONFIG_DIR"]


@check("the child saw neither password nor token, and no argument held one")
def child_saw_nothing(world: World, _: Ran) -> None:
    """Look at what the command kept."""
    seen = (world.path / "seen.env").read_text() + (world.path / "seen.args").read_text()
    assert "OOCLI_TOKEN" not in seen
    for secret in (world.portal.password, *world.portal.live_sessions()):
        assert secret not in seen


@check("a core, where the system keeps one, holds no secret")
def core_is_clean(world: World, _: Ran) -> None:
    """Look into the working directory."""
    for core in world.path.glob("*core*"):
        assert world.portal.password.encode() not in core.read_bytes()


@check("no cookie was sent back")
def no_cookie(world: World, _: Ran) -> None:
    """Look at the portal's log."""
    assert not any(seen.header("Cookie") for seen in world.portal.requests)


@check("the portal saw our token and nothing of netrc")
def only_our_token(world: World, _: Ran) -> None:
    """Look at the portal's log."""
    assert [seen.header("Authorization") for seen in world.portal.requests] == [world.token]


@check("the portal saw no Authorization at all")
def no_authorization(world: World, _: Ran) -> None:
    """Look at the portal's log."""
    assert not any(seen.header("Authorization") for seen in world.portal.requests)


@check("`portals.json` holds no secret")
def record_is_clean(world: World, _: Ran) -> None:
    """Look at the record."""
    text = json.dumps(world.home.portals)
    for secret in (world.portal.password, *world.portal.live_sessions()):
        assert secret not in text


@check("arguments and environment of every process of the run hold no password")
def _no_password_in_proc(world: World, _: Ran) -> None:
    """Look at what was read while the run was under way."""
    seen = (world.path / "proc").read_bytes()
    assert b"oocli" in seen
    assert world.portal.password.encode() not in seen


def _watched(world: World, args: tuple[str, ...]) -> Ran:
    """Run it while its sign-in hangs, and keep what `/proc` tells of it meanwhile."""
    child = world.start(args, stdin=world.stdin)
    until(lambda: any("authentication" in seen.target for seen in world.portal.requests))
    proc = Path(f"/proc/{child.pid}")
    (world.path / "proc").write_bytes(
        (proc / "cmdline").read_bytes() + (proc / "environ").read_bytes()
    )
    return finished(child)


ROWS = (
    Row(
        "a .netrc in the home that knows the host",
        file(".netrc", NETRC),
        ME,
        0,
        after=(only_our_token,),
    ),
    Row(
        "a netrc named by NETRC, and no credential of ours",
        file("rc", NETRC) & variables(NETRC="{cwd}/rc", OOCLI_PORTAL="{portal}"),
        ME,
        4,
        ("oocli: …", "hint: oocli login --portal {portal}"),
        (NO_DATA, no_authorization, absent("from-netrc")),
        signed_in=False,
    ),
    Row(
        "an API call led to another host",
        another & pointing("people/@self", "{other}/api/2.0/people/@self"),
        (*ME, "-H", "X-Mine: secret"),
        3,
        (f"{GET} redirect not followed: it points to {{other}} (302)", "hint: …"),
        (OTHER_NOT_ASKED,),
    ),
    Row(
        "a download led to another host",
        another & pointing("/file", "{other}/f"),
        ("call", "GET", "{portal}/file", "-H", "X-Mine: secret"),
        0,
        after=(OTHER_SAW_NOTHING,),
    ),
    Row(
        "a POST led to another host",
        another & ordered(faults.Redirect(307, "http://localhost:9/x"), "people"),
        ("call", "POST", "people", "-f", "password=hush-hush"),
        3,
        ("oocli: POST people on {host}: redirect not followed: …", "hint: …"),
        (OTHER_NOT_ASKED, asked(1), absent("hush-hush")),
    ),
    Row(
        "a cookie that each answer sets",
        ordered(faults.ExtraHeaders((("Set-Cookie", "asc_auth_key=stolen-session; path=/"),))),
        ("call", "GET", "people", "--paginate", "--page-size", "1", "-i"),
        0,
        after=(no_cookie, absent("stolen-session")),
    ),
    Row(
        "a signed link in a redirect that is not followed",
        another & pointing("people/@self", "{other}/x?token=very-secret-1&sig=very-secret-2"),
        ME,
        3,
        (f"{GET} redirect not followed: …", "hint: …"),
        (OTHER_NOT_ASKED,),
    ),
    Row(
        "a portal that repeats the token in its message",
        echoing,
        (*ME, "--jq", "."),
        8,
        (f"{GET} bad token *** (400)",),
        (NO_DATA,),
    ),
    Row(
        "the same, as a JSON error",
        echoing,
        (*ME, "--jq", ".", "--error-format", "json"),
        8,
        ('{"error": …bad token ***…}',),
        (NO_DATA,),
    ),
    Row(
        "a portal that repeats the password in its refusal",
        made_by("the portal's refusal quotes the password")(
            lambda world: world.portal.answers(
                "POST", "authentication", status=500, error=f"not {world.portal.password}"
            )
        )
        & PASSWORD,
        LOGIN,
        5,
        ("oocli: POST authentication on {host}: not *** (500)",),
        (NO_DATA, NOTHING_STORED, absent("{password}")),
        signed_in=False,
    ),
    Row(
        "a look at the processes while somebody signs in",
        ordered(faults.Delay(2.0), "authentication") & PASSWORD,
        LOGIN,
        0,
        ("{host}: signed in as ann@example.com on ONLYOFFICE Workspace until …",),
        (_no_password_in_proc, record_is_clean),
        signed_in=False,
        run=Runner("`/proc/PID/cmdline` and `environ` are read meanwhile", _watched),
    ),
    Row(
        "a command for codes that looks around",
        spying_command & PASSWORD,
        (*LOGIN, "--otp-command", "./code.sh"),
        0,
        ("{host}: signed in as ann@example.com on ONLYOFFICE DocSpace",),
        (child_saw_nothing, record_is_clean),
        signed_in=False,
    ),
    Row(
        "a command for codes that dies",
        dying_command & PASSWORD,
        (*LOGIN, "--otp-command", "./code.sh"),
        1,
        ("oocli: --otp-command: ./code.sh …",),
        (NO_DATA, NOTHING_STORED, core_is_clean),
        signed_in=False,
    ),
    Row(
        "a bug of ours, with the token in its message",
        bug,
        ("whoami",),
        1,
        ("oocli: a bug in oocli: RuntimeError: boom ***", "hint: …"),
        (NO_DATA,),
    ),
    Row(
        "a curl line",
        signed_in() & unset("OOCLI_TOKEN", "OOCLI_PORTAL"),
        (*ME, "--print-curl"),
        0,
        ('to set the token: export OOCLI_TOKEN="$(oocli token --portal {host})"',),
        after=(NOT_SENT, printed("$OOCLI_TOKEN")),
        signed_in=False,
    ),
    Row(
        "a dry run of a body with secrets",
        nothing(),
        ("call", "POST", "authentication", "-f", "password=hush-hush", "--dry-run"),
        0,
        after=(NOT_SENT, printed("***"), absent("hush-hush"), absent("{token}")),
    ),
    Row(
        "a dry run of a signed link",
        nothing(),
        ("call", "GET", "{portal}/file?stream_auth=hush-hush", "--dry-run"),
        0,
        after=(NOT_SENT, absent("hush-hush"), absent("{token}")),
    ),
    Row(
        "doctor, to be pasted into an issue",
        signed_in(),
        ("doctor",),
        0,
        after=(absent("{user}"), absent("{password}")),
        signed_in=False,
    ),
    Row(
        "a proxy's password in its address",
        proxy(page("407 Proxy Authentication Required", "no"), "answers 407")
        & made_by("its address holds a user and a password")(
            lambda world: world.env.update(
                HTTP_PROXY=world.env["HTTP_PROXY"].replace("//", "//me:proxy-password@")
            )
        ),
        (*ME, "--retry", "0"),
        10,
        (f"{GET} …(407)",),
        (absent("proxy-password"),),
    ),
    Row(
        "user info in the portal's address",
        nothing(),
        ("call", "GET", "people", "--portal", "https://me:hush-hush@portal.example.com"),
        2,
        ("oocli: …", "hint: …"),
        (NO_DATA, absent("hush-hush")),
        signed_in=False,
    ),
    Row(
        "a token on the command line",
        nothing(),
        ("call", "GET", "people", "--token", "hush-hush-hush"),
        2,
        ("oocli: --token: no option takes a password or token…", "hint: oocli login --with-token"),
        (NO_DATA, NOT_SENT),
    ),
    Row(
        "tokens inside an answer's headers, shown with -i",
        answers(
            200,
            b'{"response":1}',
            headers=(("Set-Cookie", "a=hush-hush"), ("Location", "/x?token=hush-hush")),
        ),
        (*ME, "-i"),
        0,
        after=(absent("hush-hush"), printed("Set-Cookie: ***")),
    ),
    Row(
        "an expired token",
        made_by("the token is past its end at the portal")(
            lambda world: (world.sign(), world.portal.expire(world.token))
        ),
        ("whoami",),
        4,
        (
            f"{GET} Unauthorized (401)",
            "hint: the session token from OOCLI_TOKEN was refused; get a fresh one: oocli login "
            "--portal {portal} --print-token",
        ),
        (asked(1),),
    ),
    Row(
        "a token that the portal gave inside its data",
        responds({"token": "hush-hush"}, "x", how="the response has a member `token`"),
        ("call", "GET", "x"),
        0,
        after=(printed("hush-hush"),),
    ),
    Row(
        "a message that quotes a signed link",
        fails(500, "cannot fetch https://s3.example.com/x?X-Amz-Signature=hush-hush&a=1"),
        (*ME, "--jq", "."),
        5,
        (f"{GET} cannot fetch https://s3.example.com/x?X-Amz-Signature=***&a=1 (500)",),
        (NO_DATA, absent("hush-hush")),
    ),
)
