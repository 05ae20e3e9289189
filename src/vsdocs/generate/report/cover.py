"""What a council's Word template of a report holds: the placeholders of its cover, and a sample of each."""

from functools import partial

from pydantic import BaseModel, Field

from vsdocs.generate.report.wording import Wording
from vsdocs.generate.templates import Checks, Template
from vsdocs.settings import Settings


class Cover(BaseModel):
    """The placeholders of `report.docx`."""

    title: str = Field(description="the report's title with its year")
    authority: str = Field(description="the council's name")
    for_whom: str = Field(description="to whom the report is made")
    edition: str = Field(description="which edition it is, and who may have it")
    day: str = Field(description="the day on which it was made")
    counted: str = Field(description="the day on which figures were counted")


SAMPLE = Cover(
    title="Annual report of the virtual school head, 2025-26",
    authority="Brightwater Council",
    for_whom="For the corporate parenting board",
    edition="Internal edition",
    day="22 November 2026",
    counted="Figures counted on 31 August 2026.",
)


def _sentences(settings: Settings) -> Checks:
    wording = Wording(settings)
    names = ("annual", "words", "audiences", "young")
    parts = {"annual": "outline"}
    return {f"report/{name}.yaml": partial(getattr, wording, parts.get(name, name)) for name in names}


REPORT = Template("report", "the annual report: cover and styles", SAMPLE, ("title", "edition"), _sentences)
YOUNG = Template("report_young", "the young people's version: head and styles", SAMPLE, ("title",))
