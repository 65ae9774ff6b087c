"""Secrets and credentials, and how text is masked."""

import copy
import json
import pickle
import re
import string
import traceback
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from oocli.model.errors import OocliError
from oocli.model.secret import (
    Credential,
    CredentialKind,
    Redactor,
    Secret,
    is_secret_key,
    redact,
    redact_headers,
)

VALUE = "correct-horse-battery-staple"
KEY = "sk-" + "0123456789abcdef" * 4


def test_a_formatted_secret_does_not_show_its_value():
    secret = Secret(VALUE)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>40}", f"{secret!r:.99}"]
    shown += ["%s %r" % (secret, secret), repr([secret]), repr({"a": secret})]  # noqa: UP031
    shown += [repr(Credential(secret, CredentialKind.SESSION, "keyring"))]

    assert all("***" in text for text in shown)
    assert not any("horse" in text for text in shown)
    assert secret.reveal() == VALUE


def test_a_traceback_with_local_variables_does_not_show_a_secret():
    secret = Secret(VALUE)
    try:
        raise ValueError(secret)
    except ValueError as failure:
        trace = traceback.TracebackException.from_exception(failure, capture_locals=True)

    text = "".join(trace.format())
    # The frame has only the secret as a local variable; VALUE is a global one.
    assert "Secret('***')" in text
    assert "horse" not in text


@pytest.mark.parametrize("keep", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_can_be_neither_pickled_nor_copied(keep):
    with pytest.raises(TypeError, match="cannot be pickled"):
        keep(Secret(VALUE))


def test_a_secret_has_no_dict_and_is_not_json():
    secret = Secret(VALUE)

    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError):
        json.dumps(secret)


def test_secrets_are_equal_by_value_but_not_to_strings():
    assert Secret(VALUE) == Secret(VALUE)
    assert len({Secret(VALUE), Secret(VALUE)}) == 1
    assert Secret(VALUE) != VALUE
    assert not Secret("")


@pytest.mark.parametrize(
    ("value", "tail"), [(KEY, "cdef"), ("x" * 12 + "1234", "1234"), ("short", ""), ("x" * 15, "")]
)
def test_the_tail_is_the_last_four_characters_of_a_long_value(value, tail):
    assert Secret(value).tail() == tail


@pytest.mark.parametrize(
    ("value", "kind", "sent"),
    [
        ("Q0lUWQ==", "session", "Q0lUWQ=="),
        ("abc.def.ghi", "session", "abc.def.ghi"),
        ("SK-abc", "session", "SK-abc"),
        (KEY, "api-key", f"Bearer {KEY}"),
        ("eyJhbGciOi.eyJzdWIi.c2ln-_", "oauth", "Bearer eyJhbGciOi.eyJzdWIi.c2ln-_"),
    ],
)
def test_a_credential_is_sent_in_the_format_of_its_kind(value, kind, sent):
    credential = Credential.of(value, "keyring")

    assert (credential.kind.value, credential.authorization()) == (kind, sent)
    assert credential.secret.reveal() == value


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Authorization: Bearer abc def", "Authorization: ***"),
        ("> authorization: abc", "> authorization: ***"),
        ("x\nPROXY-AUTHORIZATION : Basic abc\ny", "x\nPROXY-AUTHORIZATION : ***\ny"),
        ("Cookie: asc_auth_key=abc; a=b", "Cookie: ***"),
        ("< Set-Cookie: asc_auth_key=abc; path=/", "< Set-Cookie: ***"),
        ('{"password": "abc"}', '{"password": "***"}'),
        ('{"PassWord":"a\\"bc"}', '{"PassWord":"***"}'),
        ('{"passwordHash":"abc","x":"y"}', '{"passwordHash":"***","x":"y"}'),
        ('{"password-hash":"abc"}', '{"password-hash":"***"}'),
        ('{"pass_word":"abc"}', '{"pass_word":"***"}'),
        ('{"token" : "abc"}', '{"token" : "***"}'),
        ('{"key":"abc"}', '{"key":"***"}'),
        ('{"secret":"abc"}', '{"secret":"***"}'),
        ('{"code":123456}', '{"code":"***"}'),
        ('{"tfaKey":"abc"}', '{"tfaKey":"***"}'),
        ('{"confirmUrl":"https://x/y"}', '{"confirmUrl":"***"}'),
        ('{"requestToken":"abc"}', '{"requestToken":"***"}'),
        ('{"token":"abc', '{"token":"***"'),
        ('{"token":"abc\\', '{"token":"***"'),
        ("https://x.example/?token=abc&a=b", "https://x.example/?token=***&a=b"),
        ("GET /x?a=b&asc_auth_key=abc#c", "GET /x?a=b&asc_auth_key=***"),
        ("/x?X-Amz-Signature=abc&X-Amz-Date=1", "/x?X-Amz-Signature=***&X-Amz-Date=1"),
        ("/f?action=stream&stream_auth=abc", "/f?action=stream&stream_auth=***"),
        ("/ChunkedUploader.ashx?uid=abc", "/ChunkedUploader.ashx?uid=***"),
        ("password=abc&userName=ann", "password=***&userName=ann"),
        ("http://ann:abc@proxy.example:3128/", "http://***@proxy.example:3128/"),
        ("http://ann:a@b'c@proxy.example:3128", "http://***@proxy.example:3128"),
        ("see http://abc@proxy.example", "see http://***@proxy.example"),
    ],
)
def test_headers_members_and_parameters_with_secrets_are_masked(text, masked):
    assert redact(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "GET people/@self on docs.example.com: User not found (404)",
        "https://docs.example.com/api/2.0/people/@self",
        "https://docs.example.com/people?email=ann@example.com",
        '{"userName":"ann","tokens":["a"],"keyboard":"x","monkey":"y","passwordLength":8}',
        '{"uid":"12","signature":"Kind regards","token":null,"key":{"a":1},"token":[]}',
        "/x?count=10&startIndex=5&filterValue=secretary",
        "X-Request-Id: abc",
        "no cookie: none",
    ],
)
def test_text_without_secrets_is_not_masked(text):
    assert redact(text) == text


def test_headers_with_secrets_are_masked_and_others_are_not():
    headers = [
        ("authorization", "abc"), ("Proxy-Authorization", "abc"), ("COOKIE", "abc"),
        ("Set-Cookie", "abc"), ("confirm", "type=Auth&key=abc"),
        ("Location", "https://x/?token=abc"), ("X-Custom", "plain"), ("Authorization-Info", "a"),
    ]  # fmt: skip

    assert redact_headers(headers) == [
        ("authorization", "***"), ("Proxy-Authorization", "***"), ("COOKIE", "***"),
        ("Set-Cookie", "***"), ("confirm", "***"),
        ("Location", "https://x/?token=***"), ("X-Custom", "plain"), ("Authorization-Info", "a"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "in_body", "in_query"),
    [
        ("token", True, True),
        ("TOKEN", True, True),
        ("tfa_key", True, True),
        ("uid", False, True),
        ("signature", False, True),
        ("tokens", False, False),
        ("keys", False, False),
        ("userName", False, False),
    ],
)
def test_a_key_is_secret_by_its_exact_name(name, in_body, in_query):
    assert (is_secret_key(name), is_secret_key(name, in_query=True)) == (in_body, in_query)


@pytest.mark.parametrize(
    "value",
    [
        'a "quoted" \\ pass/word',
        "Straße+ünd=mehr&",
        "slash/and=equals==",
        "\U0001f600 emoji pass",
        "tab\tand\x1bescape",
        "100% sure?#",
        "surrogate-\udcff-here",
    ],
)
def test_a_known_secret_is_masked_in_every_encoding(value):
    redactor = Redactor()
    redactor.add(value)
    spellings = [value, json.dumps({"x": value}), json.dumps({"x": value}).replace("/", "\\/")]
    if "\udcff" not in value:
        spellings += [json.dumps([value], ensure_ascii=False), quote(value), quote_plus(value)]
        spellings += [quote(value, safe=""), urlencode({"x": value})]
        # Some portals and proxies write escapes in lower case.
        spellings += [re.sub("%..", lambda found: found[0].lower(), quote(value, safe=""))]
    spellings += [repr(value), repr(f"'{value}"), repr(f"'\"{value}")]

    for text in spellings:
        found = redactor.mask(f"before {text} after")
        assert "***" in found
        assert len(found) <= len("before {'x': '***'} after") + 4, found


def test_overlapping_secrets_are_masked_completely():
    redactor = Redactor()
    redactor.add("abcdefgh")
    redactor.add("cdefghijkl")

    assert "gh" not in redactor.mask("abcdefghijkl abcdefgh cdefghijkl")


def test_a_very_short_secret_is_not_masked():
    redactor = Redactor()
    redactor.add("abc")

    assert redactor.mask("abc abc") == "abc abc"


def test_only_the_redactor_of_a_run_knows_the_secrets_made_in_it():
    with Redactor() as redactor:
        Secret(VALUE)
    Secret("made-after-the-run")

    assert redactor.mask(f"{VALUE} made-after-the-run") == "*** made-after-the-run"
    assert Redactor().mask(VALUE) == VALUE


def test_the_json_object_of_an_error_contains_no_secret_of_the_run():
    with Redactor():
        Secret(VALUE)
        inside = OocliError(f"no {VALUE}").as_dict()

    assert inside["message"] == "no ***"


def test_known_secrets_are_masked_before_patterns():
    with Redactor():
        Secret("hush?token=more&hush")
        cleared = redact("X: hush?token=more&hush")

    assert cleared == "X: ***"


def test_a_redactor_masks_known_secrets_and_patterns():
    with Redactor() as redactor:
        Secret(VALUE)

    assert redactor.redact(f"{VALUE} https://h/?token=abc") == "*** https://h/?token=***"
    assert redactor.redact_headers([(VALUE, "a"), ("X", f"{VALUE}!"), ("Cookie", "c")]) == [
        ("***", "a"), ("X", "***!"), ("Cookie", "***"),
    ]  # fmt: skip


# Long and unusual enough not to be a part of the surrounding text.
values = st.text(
    alphabet=string.ascii_letters + string.digits + " +/=%&?#\"'\\:;,<>é\u202e\U0001f600\n",
    min_size=6,
    max_size=40,
)


@given(
    value=values,
    around=st.lists(
        st.sampled_from(
            ["{}", "{}{}", "x{}y", "Authorization: {}", '{{"token":"{}"}}', "https://u:{}@h/",
             "https://h/?token={}", "https://h/{}?a=b", "a={}&b={}", "\n{}\n", "*{}*", "'{}'"]
        ),
        min_size=1,
        max_size=4,
    ),
)  # fmt: skip
@example(value="aaaaaa", around=["{}{}", "x{}y"])
def test_no_known_secret_remains_in_any_text(value, around):
    assume(value.strip() == value)
    redactor = Redactor()
    redactor.add(value)
    forms = {value, quote(value), quote(value, safe=""), quote_plus(value)}
    forms |= {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}

    for form in forms:
        text = " ".join(around).replace("{}", form)
        for cleared in (redactor.redact(text), redactor.mask(text)):
            assert not any(form in cleared for form in forms)


@given(st.text(max_size=80))
def test_any_text_can_be_redacted_and_a_second_pass_changes_nothing(text):
    once = redact(text)

    assert redact(once) == once
