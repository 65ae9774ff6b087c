"""The formats of dates."""

from oocli.demo.dates import cookie_date, http_date, utc, zoned


def test_portal_dates_have_seven_digits_and_an_offset_or_z():
    assert zoned(1_768_041_384.123456) == "2026-01-10T13:36:24.1234560+03:00"
    assert zoned(1_768_041_384, -210) == "2026-01-10T07:06:24.0000000-03:30"
    assert zoned(1_768_041_384, 0) == "2026-01-10T10:36:24.0000000Z"


def test_plain_dates_are_utc_with_a_trimmed_fraction():
    assert utc(1_768_041_384.5) == "2026-01-10T10:36:24.5Z"
    assert utc(1_768_041_384) == "2026-01-10T10:36:24Z"


def test_headers_and_cookies_have_their_own_formats():
    assert http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert cookie_date(0) == "Thu, 01-Jan-1970 00:00:00 GMT"
