"""What is published names no child: neither what people wrote nor what stands in their tables."""

import re
from collections.abc import Iterable, Iterator

from vsdocs.cohort.child import Child
from vsdocs.cohort.match import plain
from vsdocs.errors import RefusedError
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text

LONGEST = 6  # words of a name
_NO_NAME = re.compile(r"['\u2019]s\b|[/,;:()]")


def refuse(blocks: Iterable[Block], children: Iterable[Child]) -> None:
    """Raise `RefusedError` with each heading below which a child of the roll stands by full name, UPN or reference."""
    known = {word for child in children for word in _of(child)}
    found: list[str] = []
    section = heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = section if block.place else block.text
            heading = f"{section}, {block.text}" if block.place else section
        if heading not in found and any(_names(text, known) for text in _texts(block)):
            found.append(heading)
    if found:
        raise RefusedError(
            f"A child of the roll is named below: {'; '.join(found)}.",
            "Take the name out of the narrative, or out of the data tables. Nothing was written.",
        )


def _of(child: Child) -> Iterator[str]:
    for forename in {child.forename, child.used_name}:
        for surname in {child.surname, child.alias}:
            if forename and surname:
                yield from (plain(f"{forename} {surname}"), plain(f"{surname} {forename}"))
    if child.upn:
        yield child.upn.casefold()
    if len(child.reference) > 4 and not child.reference.isdecimal():  # a bare number may be any number
        yield plain(child.reference)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Heading | Text):
        yield block.text


def _names(text: str, known: set[str]) -> bool:
    words = plain(_NO_NAME.sub(" ", text)).split()
    return any(" ".join(words[at : at + long]) in known for at in range(len(words)) for long in range(1, LONGEST + 1))
