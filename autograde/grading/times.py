"""Times of handing in: what stands in a `timestamp.txt`, whatever system wrote it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from dateutil import parser

#: The name of the file, beside the notebook.
TIMESTAMP = "timestamp.txt"
#: A time needs no more than this; what is beyond is not read.
MOST_BYTES = 4096
#: Languages whose names of months and days are known.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu")
#: Words that stand between the parts of a date.
FILLERS = frozenset(
    ["at", "um", "uhr", "den", "de", "del", "a", "à", "las", "le", "kl", "klo", "om", "alle", "ore"]
)
CLOCK = ("AM", "PM")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: "+01:00", "GMT+0100", "(UTC+01)", "+08"; of one digit only behind UTC, as other names count the other way.
_OFFSET = re.compile(
    r"(?<!\d)(?:\(?(?:UTC|GMT)(?P<sign>[+-])(?P<hour>\d{1,2})(?::?(?P<more>\d{2}))?\)?"
    r"|(?:\b[A-Z]{3,5}(?=[+-]\d\d:?\d\d))?(?P<plain>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?)"
    r"(?![\d:-])"
)


class UnknownTime(ValueError):
    """A time of handing in that cannot be understood for certain; the message says why."""


def read_time(path: Path, zone: str = "UTC") -> datetime | None:
    """The time of handing in that a file says, or None where there is no such file.

    `zone` is that of a time that names none.

    Raises:
        UnknownTime: what is written there could mean several times, or none.
    """
    if not path.is_symlink() and not path.exists():
        return None
    if path.is_symlink() or not path.is_file():
        raise UnknownTime(f"{path.name} is no file")
    with path.open("rb") as file:
        lines = [line.strip() for line in _decoded(file.read(MOST_BYTES)).splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        raise UnknownTime(f"{path.name} is empty")
    try:
        time = parse_time(lines[0], zone)
    except UnknownTime as reason:
        raise UnknownTime(f"{path.name} says {lines[0][:100]!r}: {reason}") from None
    for line in lines[1:]:
        try:
            other = parse_time(line, zone)
        except UnknownTime:
            continue  # whatever it is, it says no other time
        if other != time:
            raise UnknownTime(f"{path.name} says {lines[0][:100]!r} and also {line[:100]!r}")
    return time


def nbgrader_form(time: datetime) -> str:
    """A time as nbgrader writes it, and reads it for certain."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def _decoded(data: bytes) -> str:
    """The text of a file; PowerShell writes UTF-16, most others UTF-8, some an older code."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:2]:
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def parse_time(text: str, zone: str = "UTC") -> datetime:
    """The one time that a text can mean.

    A time without a zone is one of `zone`. An abbreviation counts where it means the same offset
    wherever it is used in that year, or where `zone` uses it.

    Raises:
        UnknownTime: there is none, or more than one.
    """
    text = unicodedata.normalize("NFKC", text)  # narrow and fixed spaces, full-width digits
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").strip(" \t\"'")
    try:
        if epoch := _epoch(text):
            return epoch
        with_year_first = re.sub(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _iso_date, text)
        rest, zone_name, offset = _split_zone(with_year_first)
        naive = _naive(rest)
        return _with_zone(naive, zone_name, offset, zone).astimezone(UTC)
    except UnknownTime:
        raise
    except (ValueError, OverflowError) as error:
        raise UnknownTime("this is no time that can be read") from error


def _epoch(text: str) -> datetime | None:
    """A number of seconds since 1970, or of thousandths, millionths or billionths of one."""
    match = re.fullmatch(r"@?(\d{10})(\d{3}|\d{6}|\d{9})?(?:[.,]\d+)?", text)
    if match is None:
        return None
    fraction = int((match[2] or "0").ljust(9, "0")) // 1000 if match[2] else 0
    return datetime.fromtimestamp(int(match[1]), UTC) + timedelta(microseconds=fraction)


def _iso_date(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _split_zone(text: str) -> tuple[str, str, timedelta | None]:
    """A time's text without its zone, the zone's name, and its offset where that is written."""
    text = re.sub(r"(?<=\d)\s*Z\b", " UTC", text)
    text = re.sub(r"\[[\w/+-]*\]$", "", text)  # "-08:00[America/Los_Angeles]"
    if name := re.search(r"\b[A-Z][A-Za-z]+(?:/[A-Za-z_+-]+\d*)+", text):
        return text.replace(name[0], " "), name[0], None
    # A date has minus signs, too; an offset stands behind the time of day.
    clock = re.search(r"\d:\d\d(:\d\d([.,]\d+)?)?|T\d{4,6}([.,]\d+)?", text)
    before, after = (text[: clock.end()], text[clock.end() :]) if clock else (text, "")
    if match := _OFFSET.search(after):
        minutes = match["minutes"] or match["more"] or "0"
        offset = timedelta(hours=int(match["hours"] or match["hour"]), minutes=int(minutes))
        if offset > timedelta(hours=14):
            raise UnknownTime(f"no zone is {match[0].strip(' (')} from UTC")
        after = f"{after[: match.start()]} {after[match.end() :]}"
        # A name beside an offset only repeats it.
        after = re.sub(r"\([^)]*\)|\b(?!AM|PM)[A-Z]{3,5}$", " ", after.replace("()", " "))
        return before + after, "", -offset if "-" in (match["sign"], match["plain"]) else offset
    for word in re.findall(r"\b[A-Z]{2,5}\b", text):
        if _word(word) == word and word not in CLOCK:
            return re.sub(rf"\(?\b{word}\b\)?", " ", text, count=1), word, None
    return text, "", None


def _with_zone(naive: datetime, name: str, offset: timedelta | None, default: str) -> datetime:
    if offset is not None:
        return naive.replace(tzinfo=timezone(offset))
    if name in ("UTC", "GMT", "Z", "UT"):
        return naive.replace(tzinfo=UTC)
    if not name or "/" in name:
        zone = name or default
        if zone not in available_timezones():
            raise UnknownTime(f"there is no zone {zone!r}")
        return _in_zone(naive, zone)
    local = _in_zone(naive, default) if default in available_timezones() else None
    if local is not None and local.tzname() == name:
        return local
    offsets = _offsets(naive.year).get(name, frozenset())
    if len(offsets) != 1:
        raise UnknownTime(
            f"{name} is used for several zones" if offsets else f"{name} is no zone that is known"
        )
    return naive.replace(tzinfo=timezone(next(iter(offsets))))


def _in_zone(naive: datetime, zone: str) -> datetime:
    first, second = (naive.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise UnknownTime(f"the clocks of {zone} were changed in that hour")
    return first


@cache
def _offsets(year: int) -> dict[str, frozenset[timedelta]]:
    """Every abbreviation of a zone that is used in a year, with all the offsets it is used for."""
    found: dict[str, set[timedelta]] = {}
    for zone in sorted(available_timezones()):
        if zone.startswith("Etc/") or "/" not in zone:
            continue  # names for an offset, which nobody lives by
        for month in (1, 7):
            moment = datetime(year, month, 15, tzinfo=ZoneInfo(zone))
            found.setdefault(moment.tzname() or "", set()).add(moment.utcoffset() or timedelta())
    return {name: frozenset(offsets) for name, offsets in found.items()}


def _naive(text: str) -> datetime:
    """The time of a text from which the zone is taken away."""
    text = re.sub(r"(:\d\d),(\d)", r"\1.\2", text)  # a comma before fractions
    text = re.sub(r"(?<=[\d\s])([AaPp])\.?\s?[Mm]\b\.?", r" \1M ", text)
    text = re.sub(r"(?<=[\sT])(\d[:hH]\d\d)", r"0\1", text).strip()
    if re.fullmatch(r"\d{14}", text):
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    if not re.search(r"\d[:hH]\d\d|T\d{4}|\d\s?[AP]M", text, re.IGNORECASE):
        raise UnknownTime("it says no time of day")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _agreed(text)


def _agreed(text: str) -> datetime:
    """What every reading of a text agrees on."""
    text = re.sub(r"(?<=\d)[hH](?=\d\d)", ":", text)
    words = [_word(word) for word in re.findall(r"[^\W\d_]+|[^\s,]+?(?=[^\W\d_]|[\s,]|$)", text)]
    for word in words:
        if "+" in word or (word.isalpha() and word not in (*ENGLISH, *CLOCK)):
            raise UnknownTime(f"{word!r} is not understood")
    # In several languages the same letters begin Tuesday and March: "mar 3 mar 2026".
    months = [i for i, word in enumerate(words) if word in ENGLISH]
    if len({words[i] for i in months}) == 1:
        for i in months[1:]:
            words[i] = ""
    plain = " ".join(word for word in words if word.strip("."))
    # What the text leaves out would be taken from these; what could be a day or a month or a year, either.
    defaults = datetime(2001, 1, 1), datetime(2002, 2, 2, 1, 1)
    readings = {
        parser.parse(plain, default=default, dayfirst=day_first, yearfirst=year_first)
        for default, day_first, year_first in product(defaults, (False, True), (False, True))
    }
    if len(readings) > 1:
        raise UnknownTime("this can be read as more than one time")
    return readings.pop()


def _word(word: str) -> str:
    """A word of a date as English has it; nothing for one that says nothing; itself where unknown."""
    bare = word.casefold()
    if bare.upper() in CLOCK:
        return bare.upper()
    months, ignored = _names()
    return months.get(bare) or ("" if bare in ignored else word)


@cache
def _names() -> tuple[dict[str, str], frozenset[str]]:
    """Names of months in all languages, with the English ones, and words that say nothing new."""
    months: dict[str, set[str]] = {}
    days: set[str] = set()
    for language in LANGUAGES:
        locale = Locale(language)
        for width, use in product(("wide", "abbreviated"), ("format", "stand-alone")):
            for number, name in locale.months[use][width].items():
                months.setdefault(name.strip(".").casefold(), set()).add(ENGLISH[number - 1])
            days.update(name.strip(".").casefold() for name in locale.days[use][width].values())
    # The same word may be another month in another language.
    sure = {name: next(iter(known)) for name, known in months.items() if len(known) == 1}
    return sure, frozenset(days - set(sure)) | FILLERS
