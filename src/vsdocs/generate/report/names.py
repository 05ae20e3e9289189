"""What is published names no child: neither what people wrote nor what stands in their tables.

A full name, a forename with the surname's initial, a UPN, a reference and a birth date are refused. What is nobody's name and
may still tell who it is, a forename, a school, one child with a year group, a person is asked to read again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vsdocs.cohort.child import Child
from vsdocs.cohort.match import plain
from vsdocs.dates import parse_iso
from vsdocs.errors import RefusedError
from vsdocs.generate import identifiers
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text

LONGEST = 6  # words of a name
NAMED = "A child of the roll is named below"
BIRTH = "A birth date stands below"
FORENAME = "a forename of a child"
SCHOOL = "a school that children attend"
ONE_CHILD = "one child with a year group"
_NO_NAME = re.compile(r"['\u2019]s\b|[/,;:()]")
_TIMES_OF_YEAR = {"april", "may", "june", "august", "summer", "autumn"}  # forenames as well, and in every report
_ONE_CHILD = re.compile(
    r"\b(?:girl|boy|child|young person|young (?:wo)?man|pupil|student|brother|sister|sibling|teenager)\b[^.!?]{0,80}"
    r"\b(?:Reception|Year\s(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What tells of the children of the roll."""

    names: frozenset[str]  # full names, UPNs, references
    forenames: frozenset[str]
    with_initial: frozenset[tuple[str, str]]  # forename and the first letter of the surname
    births: frozenset[date]
    schools: frozenset[str]

    @classmethod
    def of(cls, children: Sequence[Child], schools: Iterable[str]) -> "Known":
        named = [(forename, child) for child in children for forename in {*_forenames(child)}]
        return cls(
            frozenset(word for child in children for word in _of(child)),
            frozenset(forename for forename, _ in named if len(forename) > 2 and forename not in _TIMES_OF_YEAR),
            frozenset(
                (forename, surname[0][0])
                for forename, child in named
                for written in (child.surname, child.alias)
                if (surname := identifiers.keys(written or ""))
            ),
            frozenset(day for child in children if (day := parse_iso(child.date_of_birth))),
            frozenset(name for one in schools if " " in (name := _spaced(one))),
        )


def refuse(blocks: Iterable[Block], known: Known) -> None:
    """Raise `RefusedError` with each heading below which a child of the roll is named, or a birth date stands."""
    found: dict[str, list[str]] = {NAMED: [], BIRTH: []}
    for heading, text, _ in _headed(blocks):
        if _names(text, known.names) or _has_initial(text, known):
            found[NAMED].append(heading)
        if any(day.of_birth or day.day in known.births for day in identifiers.dates(text)):
            found[BIRTH].append(heading)
    if told := [f"{what}: {'; '.join(dict.fromkeys(where))}." for what, where in found.items() if where]:
        raise RefusedError(
            "\n".join(told),
            "Take it out of the narrative, or out of the data tables. Nothing was written.",
        )


def to_read_again(blocks: Iterable[Block], known: Known) -> list[str]:
    """Each heading below which people's words may tell who a child is, with what stands there; never the words themselves."""
    found: dict[str, list[str]] = {}
    for heading, text, is_written in _headed(blocks):
        if is_written:
            found.setdefault(heading, []).extend(_tells(text, known))
    return [f"{heading}: {', '.join(dict.fromkeys(what))}" for heading, what in found.items() if what]


def _tells(text: str, known: Known) -> Iterator[str]:
    if any(word.named and word.key in known.forenames for word in identifiers.words(text)):
        yield FORENAME
    if any(f" {school} " in f" {_spaced(text)} " for school in known.schools):
        yield SCHOOL
    if _ONE_CHILD.search(text):
        yield ONE_CHILD


def _headed(blocks: Iterable[Block]) -> Iterator[tuple[str, str, bool]]:
    """Each text with the heading that it stands below, and whether it may be somebody's own words."""
    section = heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = section if block.place else block.text
            heading = f"{section}, {block.text}" if block.place else section
        is_written = isinstance(block, Text) and (block.rich or block.style == "List Bullet")
        yield from ((heading, text, is_written) for text in _texts(block))


def _of(child: Child) -> Iterator[str]:
    for forename in {child.forename, child.used_name}:
        for surname in {child.surname, child.alias}:
            if forename and surname:
                yield from (plain(f"{forename} {surname}"), plain(f"{surname} {forename}"))
    if child.upn:
        yield child.upn.casefold()
    if len(child.reference) > 4 and not child.reference.isdecimal():  # a bare number may be any number
        yield plain(child.reference)


def _forenames(child: Child) -> Iterator[str]:
    """Only the first of several: a middle name alone is nobody's."""
    yield from (keys[0] for name in (child.forename, child.used_name) if (keys := identifiers.keys(name or "")))


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Heading | Text):
        yield block.text


def _names(text: str, known: frozenset[str]) -> bool:
    words = plain(_NO_NAME.sub(" ", text)).split()
    return any(" ".join(words[at : at + long]) in known for at in range(len(words)) for long in range(1, LONGEST + 1))


def _has_initial(text: str, known: Known) -> bool:
    """'Pia N' or 'Pia N.'; 'Will I' is a question."""
    words = identifiers.words(text)
    return any(
        (one.key, other.key) in known.with_initial
        and one.named
        and other.named
        and other.before == " "
        and other.key != "i"
        for one, other in pairwise(words)
    )


def _spaced(text: str) -> str:
    return " ".join(identifiers.keys(text))
