def test_a_call_in_a_pipe_prints_the_portals_own_bytes(either, oocli):
    ran = oocli("call", "GET", "/people/@self", signed_in_to=either)

    assert (ran.exit, ran.stderr) == (0, "")
    assert ran.stdout == either.last_body + b"\n"


def test_a_sign_in_is_kept_in_the_keyring(either, oocli, sign_in, home):
    ran = sign_in(either)

    assert (ran.exit, ran.stdout) == (0, b"")
    assert either.is_live(home.keyring[f"oocli/{either.host}"])
