"""Times of handing in: what systems write is understood, and what could mean several times is not guessed."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime

import pytest
from nbgrader.utils import parse_utc

from autograde.grading.times import UnknownTime, nbgrader_form, parse_time, read_time

NOON = datetime(2026, 11, 27, 12, 32, 22, tzinfo=UTC)

KNOWN = [
    # ISO 8601, and what is near it
    ("2026-11-27T12:32:22", 0),
    ("2026-11-27T12:32:22Z", 0),
    ("2026-11-27T12:32:22z".upper(), 0),
    ("2026-11-27 12:32:22.000Z", 0),
    ("2026-11-27T12:32:22+01:00", 1),
    ("2026-11-27T12:32:22+0100", 1),
    ("2026-11-27T12:32:22,000-08", -8),
    ("2026-11-27T12:32:22-08:00[America/Los_Angeles]", -8),
    ("20261127T123222Z", 0),
    ("2026/11/27 12:32:22", 0),
    ("2026-W48-5T12:32:22", 0),
    # nbgrader
    ("2026-11-27 12:32:22.000000 UTC", 0),
    ("2026-11-27 12:32:22.000000 America/Los_Angeles", -8),
    ("2026-11-27 12:32:22 +0100", 1),
    # date, date -R, date +%s and others
    ("Fri Nov 27 12:32:22 UTC 2026", 0),
    ("Fri Nov 27 12:32:22 2026", 0),
    ("Fri Nov 27 12:32:22 CET 2026", 1),
    ("Fri Nov 27 12:32:22 +08 2026", 8),
    ("Fri 27 Nov 2026 12:32:22 PM CET", 1),
    ("Fri 27 Nov 12:32:22 GMT 2026", 0),
    ("Fri, 27 Nov 2026 12:32:22 +0100", 1),
    ("Fri, 27 Nov 2026 12:32:22 GMT", 0),
    ("1795782742", 0),
    ("@1795782742", 0),
    ("1795782742000", 0),
    ("1795782742000000000", 0),
    ("20261127123222", 0),
    # in other languages
    ("Fr 27. Nov 12:32:22 CET 2026", 1),
    ("ven. 27 nov. 2026 12:32:22 CET", 1),
    ("vendredi 27 novembre 2026, 12:32:22 (UTC+0100)", 1),
    ("ven 27 nov 2026, 12:32:22, CET", 1),
    ("27 de noviembre de 2026 12:32:22", 0),
    ("pt, 27 lis 2026, 12:32:22 CET", 1),
    ("Freitag, 27. November 2026 12:32:22", 0),
    # Windows, browsers, learning-management systems
    ("Friday, November 27, 2026 12:32:22 PM", 0),
    ("Friday, November 27, 2026 12:32:22\N{NARROW NO-BREAK SPACE}PM", 0),
    ("Fri 11/27/2026 12:32:22.00", 0),
    ("27.11.2026 12:32:22,00", 0),
    ("11/27/2026 12:32:22 PM", 0),
    ("Fri Nov 27 2026 12:32:22 GMT+0100 (Central European Standard Time)", 1),
    ("Nov 27, 2026 at 12:32:22pm", 0),
    ("12:32:22 27/11/2026", 0),
]


@pytest.mark.parametrize(("text", "hours"), KNOWN)
def test_a_form_is_understood(text, hours):
    time = parse_time(text)
    assert (NOON - time).total_seconds() == hours * 3600
    assert time.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2026 10:00", "more than one time"),
        ("03.04.2026 10:00", "more than one time"),
        ("27/11/26 10:00", "more than one time"),
        ("Nov 27 at 12:32pm", "more than one time"),  # of which year?
        ("12:32:22", "more than one time"),
        ("2026-11-27", "no time of day"),
        ("20261127", "no time of day"),
        ("yesterday", "no time of day"),
        ("Fri Nov 27 12:32:22 XYZ 2026", "XYZ is no zone that is known"),
        ("Fri Nov 27 12:32:22 IST 2026", "IST is used for several zones"),
        ("2026-11-27 12:32:22 Europe/Nowhere", "there is no zone 'Europe/Nowhere'"),
        ("2026-11-27 12:32:22 +99:00", "no zone is"),
        ("2026-10-25 02:30 Europe/Berlin", "the clocks of Europe/Berlin were changed in that hour"),
        ("2026-02-30 10:00", "no time that can be read"),
        ("2026-11-27 25:00:00", "no time that can be read"),
        ("handed in 2026-11-27 12:32", "'handed' is not understood"),
        ("9" * 400, "no time of day"),
    ],
)
def test_what_could_be_several_times_or_none_is_not_guessed(text, why):
    with pytest.raises(UnknownTime, match=why):
        parse_time(text)


def test_the_zone_of_the_course_counts_where_none_is_named_or_one_of_several():
    assert parse_time("2026-11-27 04:32:22", "America/Los_Angeles") == NOON
    assert parse_time("2026-11-27 04:32:22 PST", "America/Los_Angeles") == NOON
    with pytest.raises(UnknownTime, match="PST is used for several zones"):
        parse_time("2026-11-27 04:32:22 PST")


@pytest.mark.parametrize(
    "data",
    [
        b"\n  Fri Nov 27 12:32:22 UTC 2026\r\n\r\n",
        codecs.BOM_UTF8 + b"2026-11-27T12:32:22Z",
        codecs.BOM_UTF16_LE + "\r\nFriday, November 27, 2026 12:32:22 PM\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "2026-11-27 12:32:22".encode("utf-16-be"),
        "2026-11-27 12:32:22".encode("utf-16-le"),
        "27. Nov\N{NO-BREAK SPACE}2026 12:32:22".encode("cp1252"),
        b"2026-11-27 12:32:22\nby scp\n",
        b"2026-11-27 12:32:22\n2026-11-27T13:32:22+01:00\n",
    ],
)
def test_a_file_is_read_whatever_wrote_it(tmp_path, data):
    path = tmp_path / "timestamp.txt"
    path.write_bytes(data)
    assert read_time(path) == NOON


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\n", "says"),
        (b"2026-11-27 12:32:22\n2026-11-28 12:32:22\n", "and also"),
        (b"\x00\x01\x02" * 1000, "says"),
    ],
)
def test_a_file_that_says_no_time_is_quoted(tmp_path, data, why):
    path = tmp_path / "timestamp.txt"
    path.write_bytes(data)
    with pytest.raises(UnknownTime, match=f"timestamp.txt .*{why}|{why}"):
        read_time(path)


def test_only_a_file_says_a_time(tmp_path):
    path = tmp_path / "timestamp.txt"
    assert read_time(path) is None
    path.symlink_to("/etc/hostname")
    with pytest.raises(UnknownTime, match="is no file"):
        read_time(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(UnknownTime, match="is no file"):
        read_time(path)


def test_nbgrader_reads_its_form_as_the_same_time():
    assert parse_utc(nbgrader_form(NOON)) == NOON.replace(tzinfo=None)
