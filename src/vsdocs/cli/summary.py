"""What a sweep says when it is done: what became of the files, the grades, and what a person does next."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from vsdocs import sweep
from vsdocs.deliver import Delivered
from vsdocs.errors import FILE_PROBLEMS
from vsdocs.judgement import Grade
from vsdocs.outcome import OutcomeKind, Sweep

_SHOWN = 5  # ids of letters that are named


def lines(
    swept: Sweep, folder: Path, out: Path, delivered: Delivered, elsewhere: Mapping[str, int], *, regraded: bool
) -> Iterator[str]:
    """`elsewhere`: how many of these PEPs a person has graded under each other rubric, and not under this one."""
    grades, moderated = _grades(swept)
    known = swept.counts["known"]
    fresh = sum(swept.counts[kind] for kind in ("graded", "needs_person", "unreadable", "not_a_pep"))
    if regraded:
        yield f"{number(len({f.id for f in swept.files if f.is_read}), 'PEP')} graded again; no file was opened."
    elif fresh == 0 and known:
        yield f"Nothing was read again: {'the one file was' if known == 1 else f'all {known} files were'} known already."
    if linked := sweep.linked_folders(folder):
        yield f"{number(linked, 'linked folder')} not entered; sweep what they lead to by itself."
    if known:
        yield f"Of the known files: {_known(swept)}."
    if grades:
        tally = ", ".join(f"{grades[g]} {g.value.title()}" for g in sorted(grades, key=lambda g: -g.rank))
        told = f"A person gave {moderated} of them; the others are" if moderated else "Each is"
        yield f"{'Grades' if moderated else 'Suggested grades'}: {tally}. {told} for a person to check."
    for rubric, count in elsewhere.items():
        does = "does" if count == 1 else "do"
        yield f"{number(count, 'grade')} that a person gave under {rubric} {does} not count under {swept.run.rubric}."
    if delivered.refused:
        named = ", ".join(delivered.refused[:_SHOWN]) + (" …" if len(delivered.refused) > _SHOWN else "")
        yield f"{number(len(delivered.refused), 'letter')} not kept, for what they held of others: {named}. Write them by hand."
    if delivered.kept:
        named = ", ".join(delivered.kept[:_SHOWN]) + (" …" if len(delivered.kept) > _SHOWN else "")
        yield f"{number(len(delivered.kept), 'letter')} that you had edited: left as before, no new draft was written."
        yield f"  ({named}. To have a new draft, move the letter away and sweep again.)"
    if delivered.listed:
        yield f"Results are in {out}: open sweep.html or sweep.xlsx first."
    else:
        yield f"Results are in {out}: sweep.json, peps and letters."
        yield "So many PEPs are too many for one page or workbook; sweep each folder below by itself for those."
    tally = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in swept.counts.items())
    yield f"{number(len(swept.files), 'file')}: {tally}"


def number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _known(swept: Sweep) -> str:
    """What is known of the known files; the counts name them `known` and no more."""
    words = {"unreadable": "could not be read", "not_a_pep": "no PEP", "needs_person": "for a person to settle"}
    kinds = Counter(
        words.get(FILE_PROBLEMS[file.problem][2], "") if file.problem else "graded"
        for file in swept.files
        if file.outcome is OutcomeKind.KNOWN
    )
    return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())


def _grades(swept: Sweep) -> tuple[Counter[Grade], int]:
    """How many PEPs have each grade, and how many a person has graded; a PEP found twice is one."""
    grades: dict[str, Grade] = {}
    moderated: set[str] = set()
    for outcome in swept.outcomes:
        if outcome.standing and outcome.standing.grade and not outcome.error:
            grades[outcome.id] = outcome.standing.grade
        if outcome.moderation:
            moderated.add(outcome.id)
    return Counter(grades.values()), len(moderated)
