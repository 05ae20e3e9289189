"""The words of the report of a sweep: `templates/report/sweep.yaml`, and what it must hold."""

from pydantic import Field

from vsdocs.generate.report.paper_words import NonEmpty, PaperWords, Sentences, Shapes, load
from vsdocs.record import Frozen, Role
from vsdocs.settings import Settings


class Limits(Frozen):
    """How much is shown, so that the paper can be read in a meeting."""

    themes: int = Field(ge=1, le=50)
    training: int = Field(ge=1, le=10)  # criteria for the next training
    moved: int = Field(ge=1, le=500)  # children listed who are better or weaker
    practice: int = Field(ge=1, le=100)  # schools that may be asked to share
    schools: int = Field(ge=1, le=20)  # named beside one criterion
    example: int = Field(ge=1, le=12)  # parts of a good example


class SweepWords(PaperWords):
    most: Limits
    phases: dict[NonEmpty, tuple[str, ...]]  # name -> year groups
    topics: dict[str, NonEmpty]  # area or criterion -> what the training is called in the practice standards
    advice: dict[str, NonEmpty]  # criterion -> what to say in place of the rubric's own words
    slots: dict[str, NonEmpty]  # what stands for the words of one PEP in the rubric's advice
    owners: dict[Role, NonEmpty]  # who writes a part of the PEP

    def say_owner(self, role: Role) -> str:
        return self.owners.get(role, role.value.replace("_", " "))


#: sentence -> its slots
SENTENCES: Sentences = {
    "sweep": (), "sweep_told": ("run", "day", "peps", "schools", "rubric"), "compared": (), "term": (),
    "compared_none": (), "nothing": (),
    "glance_grades": ("peps", "schools", "grades"), "glance_good": ("share",),
    "glance_moderated": ("moderated", "peps"), "glance_none_moderated": (), "glance_waiting": ("files",),
    "glance_moved": ("better", "same", "weaker", "pairs"), "glance_theme": ("title", "peps", "schools"),
    "glance_schools": ("schools",),
    "not_read": (), "nobody": (), "no_year": (), "grade_count": ("count", "grade"), "no_grade_count": ("count",), "none_then": (),
    "same_children": ("pairs", "before"), "same_none": (), "unchanged": ("peps",), "new": ("children",),
    "gone": ("children",), "untold": ("children",), "other_rubric": ("rubric", "before"),
    "weaker": ("children",), "better": ("children",), "more": ("count",),
    "themes": ("peps",), "themes_none": (), "where": ("school", "count"), "where_more": ("count",), "where_each": ("schools",),
    "training": ("count",), "training_found": ("share", "schools"), "training_before": ("before",),
    "training_why": ("why",), "training_topic": ("topic",), "training_ask": ("advice",), "training_good": ("example",),
    "training_not_yet": ("example",), "training_schools": ("schools",), "training_share": ("schools",),
    "others_ask": ("title", "share", "owner"), "example_part": ("field", "value"), "training_none": (),
    "yes": (), "no": (),
    "watch": ("limit",), "watch_none": (), "watch_known": ("known", "peps"),
    "practice": (), "practice_none": (), "practice_no_help": (), "practice_no_area": (),
    "answered": ("share",), "answered_states": ("met", "partly", "not_met"), "answered_none": (),
    "asked": ("letters",), "asked_none": (), "asked_no_earlier": (),
}  # fmt: skip
HEADINGS = (
    "glance", "grades", "by_school", "by_lead", "by_phase", "same", "by_area", "weaker", "better", "themes", "training",
    "others", "watch", "practice", "answered", "asked",
)  # fmt: skip
TABLES: Shapes = {
    "overall": 3, "by_school": 8, "by_lead": 8, "by_phase": 8, "by_area": 5, "weaker": 5, "better": 5, "themes": 5,
    "watch": 7, "practice": 6, "asked": 6,
}  # fmt: skip


def load_words(settings: Settings) -> SweepWords:
    """The council's own words or ours. Raises PackError with every slip and its place."""
    return load("sweep", SweepWords, settings, SENTENCES, HEADINGS, TABLES)
