"""Letters for tests: the feedback letter of a PEP and its judgement, as it would be written with no settings."""

from datetime import date
from pathlib import Path

from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation
from vsdocs.record import Extraction
from vsdocs.settings import Settings


def render(
    pep: Extraction,
    judgement: Judgement,
    today: date,
    template: Path | None = None,
    moderation: Moderation | None = None,
) -> bytes:
    return feedback.render(Case(pep, today, Settings(), judgement, moderation), template).docx
