"""The feedback letter to the designated teacher: one draft .docx for one graded PEP.

A letter is made from one extraction and its own judgement, and from nothing else, so that no other child can come into
it. What it cannot know stands in it as a visible blank, and in a list at its end for the virtual school lead.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from vsdocs.errors import PackError, RefusedError
from vsdocs.generate import word_template
from vsdocs.generate.letters import phrases as wordings
from vsdocs.generate.letters.draft import Draft
from vsdocs.generate.letters.fields import REQUIRED, SAMPLE
from vsdocs.generate.letters.phrases import Phrases
from vsdocs.generate.templates import Checks, Template
from vsdocs.judgement import ChildShown, Judgement
from vsdocs.moderation import Moderation, moderated
from vsdocs.record import Extraction
from vsdocs.settings import Settings, data_folder


def _sentences(settings: Settings) -> Checks:
    return {"feedback.yaml": lambda: wordings.load(settings.template("feedback.yaml"))}


LETTER = Template(
    "feedback", "the feedback letter to the designated teacher", SAMPLE, REQUIRED, _sentences, wordings.SLOTS
)


def render(
    extraction: Extraction,
    judgement: Judgement,
    today: date,
    template: Path | None = None,
    moderation: Moderation | None = None,
) -> bytes:
    """The letter as a .docx: the same bytes for the same PEP, judgement, moderation, day and template.

    With a person's `moderation` it speaks of their grades; without one it is a draft and says so.

    Raises `RefusedError` where the judgement or the moderation is another PEP's, or there is no grade.
    """
    child = extraction.record.child
    own = ChildShown(initials=child.initials, year_group=child.year_group)
    if (judgement.source, judgement.child) != (extraction.source, own):
        raise RefusedError("This judgement belongs to another PEP, so no letter was made.", "Grade the PEP again.")
    if moderation is not None and moderation.sha256 != extraction.sha256:
        raise RefusedError("This grade was given to another PEP, so no letter was made.", "Moderate the PEP again.")
    judgement = moderated(judgement, moderation)
    if judgement.grade is None:
        raise RefusedError("This PEP has no grade yet, so no letter was made.", "A person grades it first.")
    template = template or default_template()
    letter = Draft(extraction, judgement, judgement.grade, today, _phrases(template)).letter(
        is_draft=moderation is None
    )
    title = f"PEP feedback, reference {extraction.id}"
    return word_template.fill(template, letter, title=title, reference=extraction.id, today=today)


def check_template(path: Path | None = None) -> None:
    """Raise `PackError` with every fault of a letter template (ours by default) and of the sentences beside it."""
    path = path or default_template()
    faults = []
    try:
        wordings.load(path)
    except PackError as error:
        faults.append(error.message)
    try:
        word_template.check(path, SAMPLE, REQUIRED)
    except PackError as error:
        faults.append(error.message)
    if faults:
        raise PackError("\n".join(faults), "Correct the template in Word; templates/README.md lists its placeholders.")


def default_template() -> Path:
    return data_folder("templates") / "feedback.docx"


@lru_cache(maxsize=8)
def _phrases(template: Path) -> Phrases:
    return wordings.load(template)
