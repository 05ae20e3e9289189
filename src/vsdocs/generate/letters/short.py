"""Letters of one page or two, each from its own YAML: the SDQ request, the reminder of an overdue PEP, the circular."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from vsdocs.errors import NotYetError
from vsdocs.generate import word_template
from vsdocs.generate.case import SLOTS, Case
from vsdocs.generate.case import Words as Slots
from vsdocs.generate.letters import feedback, kinds, paper
from vsdocs.generate.letters.fields import SHORT_REQUIRED, SHORT_SAMPLE, Ask, Part, ShortLetter
from vsdocs.generate.letters.kinds import Kind, Section
from vsdocs.generate.letters.layers import variants_of
from vsdocs.generate.letters.recipient import recipient_of
from vsdocs.generate.overview import Overview
from vsdocs.generate.plain import one_line
from vsdocs.generate.templates import Checks, Template, together
from vsdocs.generate.written import Recipient, Written
from vsdocs.record import Extraction
from vsdocs.settings import Settings

TEMPLATE = "letter.docx"


def _files(settings: Settings) -> Checks:
    return {f"{name}.yaml": partial(kinds.check, name, settings) for name in kinds.names(settings)}


LETTER = Template("letter", "all other letters", SHORT_SAMPLE, SHORT_REQUIRED, _files, SLOTS)


def render(name: str, case: Case, *, level: str = "") -> Written:
    """A letter of this kind about one child.

    Raises `RefusedError` where it may not be written, with what is missing in words; see `kinds.load` for the rest.
    """
    kind = kinds.load(name, case.settings, level, variants_of(case))
    if missing := why_not(kind, case):
        raise NotYetError(f"No such letter was made: {missing[0]}.", "")
    lists: dict[str, Callable[[], Sequence[str]]] = {"strengths": lambda: feedback.drafted(case).strengths()}
    stem = "-".join(filter(None, (case.pep.id, name.replace("_", "-"), level)))
    return _written(stem, name, kind, case, (case.pep,), recipient_of(case) if _to_teacher(kind) else None, lists)


def circular(name: str, overview: Overview, run_id: str, case: Case) -> Written:
    """A letter about no child, with the themes of a sweep: titles and numbers, and no school's name."""
    kind = kinds.load(name, case.settings)
    graded = [line for line in overview.lines if line.is_judged]
    counts = {"peps": str(len(graded)), "schools": str(len({line.school for line in graded}))}
    if not graded:
        raise NotYetError("No such letter was made: the sweep has no graded PEP.", "Sweep first.")
    shown = [theme for theme in overview.themes if len(theme.schools) >= kind.least_schools][: kind.most_themes]
    said = [
        kind.theme.format(title=one_line(theme.title), count=theme.peps, places=len(theme.schools), **counts)
        for theme in shown
    ]
    return _written(f"{name.replace('_', '-')}-{run_id}", name, kind, case, (), None, {"themes": lambda: said}, counts)


def cover(case: Case, recipient: Recipient, about: Sequence[Extraction]) -> Written:
    """The note on top of several letters to one designated teacher: it lists their references, and nothing of the children.

    `case` is the first of them: from its record come the teacher and the school.
    """
    kind = kinds.load("cover", case.settings)
    ids = sorted(pep.id for pep in about)
    return _written(f"{ids[0]}-cover", "cover", kind, case, tuple(about), recipient, {"references": lambda: ids})


def why_not(kind: Kind, case: Case, *, asked_for: bool = True) -> list[str]:
    """What is missing, in words. Not `asked_for` by its id: only what such a letter needs, so that others are passed over."""
    missing = [] if case.moderation or not kind.moderated or not asked_for else ["nobody has graded this PEP yet"]
    standing, slots = case.standing, Slots(case, {})
    flags = {flag.code for flag in standing.flags} if standing else set()
    for need in kind.needs:
        met = (
            (not need.slot or slots.knows(need.slot))
            and (not need.flag or need.flag in flags)
            and (need.grade is None or (standing is not None and standing.grade is need.grade))
        )
        if not met:
            missing.append(need.without)
    return missing


def check_template(name: str, settings: Settings) -> None:
    """Raise `PackError` with every fault of a kind's sentences and of the Word template that it is written on."""
    form = template_of(name, settings)
    together(
        lambda: kinds.check(name, settings),
        lambda: word_template.check(form, SHORT_SAMPLE, SHORT_REQUIRED, settings),
    )


def template_of(name: str, settings: Settings) -> Path:
    """`<kind>.docx` where there is one, else the Word template of all letters."""
    return settings.template(f"{name}.docx", TEMPLATE)


def _to_teacher(kind: Kind) -> bool:
    return "{designated_teacher}" in kind.to


def _written(
    stem: str,
    name: str,
    kind: Kind,
    case: Case,
    about: tuple[Extraction, ...],
    recipient: Recipient | None,
    lists: dict[str, Callable[[], Sequence[str]]],
    counts: dict[str, str] | None = None,
) -> Written:
    words = Slots(case, kind.blanks, **(counts or dict.fromkeys(kinds.SWEEP_SLOTS, "")))
    of_child = kind.about == "child"
    fixed = paper.heading(case, words, kind) if _to_teacher(kind) else paper.general(case, words, kind)
    letter = ShortLetter(
        **fixed | {"dear": words.say(kind.dear), "reference": case.pep.id if of_child else stem},
        to=words.say(kind.to, designated_teacher=fixed["designated_teacher"]),
        subject=words.say(kind.subject),
        paragraphs=tuple(map(words.say, kind.paragraphs)),
        parts=tuple(_part(section, words, lists) for section in kind.sections),
        asks=tuple(Ask(what=words.say(ask.what), when=words.say(ask.when)) for ask in kind.asks),
        next_steps=tuple(map(words.say, kind.next_steps)),
        closing=words.say(kind.closing),
        lead_list=tuple(paper.still_to_do(words, kind)),
    )
    subject = f"{kind.title}, reference {letter.reference}"
    path = template_of(name, case.settings)
    docx = word_template.fill(
        path, letter, title=subject, reference=letter.reference, today=case.today, settings=case.settings
    )
    return Written(stem, docx, subject, about, recipient, tuple(words.gaps))


def _part(section: Section, words: Slots, lists: dict[str, Callable[[], Sequence[str]]]) -> Part:
    listed = lists[section.lists]() if section.lists in lists else ()
    points = (*map(words.say, section.points), *listed)
    return Part(heading=words.say(section.heading), paragraphs=tuple(map(words.say, section.paragraphs)), points=points)
