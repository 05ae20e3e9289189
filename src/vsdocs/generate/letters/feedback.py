"""The feedback letter to the designated teacher: one draft .docx for one graded PEP.

A letter is made from one extraction and its own judgement, and from nothing else, so that no other child can come into
it. What it cannot know stands in it as a visible blank, and in a list at its end for the virtual school lead.
"""

from functools import lru_cache
from pathlib import Path

from vsdocs.errors import NotYetError, RefusedError
from vsdocs.generate import word_template
from vsdocs.generate.case import SLOTS, Case
from vsdocs.generate.letters import phrases as wordings
from vsdocs.generate.letters.draft import Draft
from vsdocs.generate.letters.fields import REQUIRED, SAMPLE
from vsdocs.generate.letters.layers import variants_of
from vsdocs.generate.letters.phrases import Phrases
from vsdocs.generate.letters.recipient import recipient_of
from vsdocs.generate.templates import Checks, Template, together
from vsdocs.generate.written import Written
from vsdocs.judgement import ChildShown
from vsdocs.settings import Settings, data_folder

KIND = "feedback"


def _files(settings: Settings) -> Checks:
    return {f"{KIND}.yaml": lambda: wordings.check(settings.template(f"{KIND}.yaml"))}


LETTER = Template(KIND, "the feedback letter to the designated teacher", SAMPLE, REQUIRED, _files, SLOTS)


def render(case: Case, template: Path | None = None, *, final: bool = False) -> Written:
    """The letter: the same bytes for the same case and template.

    With a person's moderation it speaks of their grades; without one it is a draft and says so. A `final` one is for the
    school: it needs the moderation, and has a list for the lead only where something must be filled in.

    Raises `RefusedError` where the judgement or the moderation is another PEP's, or there is no grade.
    """
    draft = drafted(case, template)
    if final and case.moderation is None:
        raise NotYetError("Nobody has graded this PEP yet.", "Grade it with `vsdocs moderate`.")
    letter = draft.letter(final=final)
    subject = f"{draft.phrases.title}, reference {case.pep.id}"
    docx = word_template.fill(
        _form(case.settings, template),
        letter,
        title=subject,
        reference=case.pep.id,
        today=case.today,
        settings=case.settings,
    )
    gaps = tuple(draft.slots.gaps)
    return Written(f"{case.pep.id}-{KIND}", docx, subject, (case.pep,), recipient_of(case), gaps)


def checks(case: Case) -> tuple[str, ...]:
    """What the lead looks at before this letter goes out."""
    return tuple(drafted(case).checks())


def drafted(case: Case, template: Path | None = None) -> Draft:
    """The letter in the making. Raises `RefusedError` where what belongs to it is another PEP's, or there is no grade."""
    child = case.pep.record.child
    own = ChildShown(initials=child.initials, year_group=child.year_group)
    given, judgement = case.moderation, case.judgement
    if judgement is None or (judgement.source, judgement.child) != (case.pep.source, own):
        raise RefusedError("This judgement belongs to another PEP, so no letter was made.", "Grade the PEP again.")
    if given is not None and given.sha256 != case.pep.sha256:
        raise RefusedError("This grade was given to another PEP, so no letter was made.", "Moderate the PEP again.")
    standing = case.standing
    if standing is None or standing.grade is None:
        raise NotYetError("This PEP has no grade yet, so no letter was made.", "A person grades it first.")
    return Draft(case, standing, standing.grade, _phrases(_sentences(case.settings, template), variants_of(case)))


def check_template(path: Path | None = None, settings: Settings | None = None) -> None:
    """Raise `PackError` with every fault of a letter template and of its sentences: the council's own, else ours."""
    settings = settings or Settings()
    sentences, path = _sentences(settings, path), _form(settings, path)
    together(lambda: wordings.check(sentences), lambda: word_template.check(path, SAMPLE, REQUIRED, settings))


def default_template() -> Path:
    return data_folder("templates") / f"{KIND}.docx"


def _form(settings: Settings, template: Path | None) -> Path:
    return template or settings.template(f"{KIND}.docx")


def _sentences(settings: Settings, template: Path | None) -> Path:
    """The sentences beside a template that was named; else the council's own, or ours."""
    beside = template.with_suffix(".yaml") if template else None
    return beside if beside and beside.is_file() else settings.template(f"{KIND}.yaml")


@lru_cache(maxsize=16)
def _phrases(sentences: Path, variants: tuple[str, ...]) -> Phrases:
    return wordings.load(sentences, variants)
