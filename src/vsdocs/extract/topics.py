"""What the labels of a form are about as it goes on: 'Emotional' and 'Done by' after 'SDQ total'."""

import re
from dataclasses import dataclass

from vsdocs.extract.kinds import KEYS
from vsdocs.extract.labels import SURE
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match

#: parts of a PEP whose labels are short where another label has told what they are about
TOPICS = frozenset({"sdq", "attendance", "timetable", "send"})


_PART_BY = re.compile(
    r"(?:this )?(?:part|section|page)(?: \w{1,2})? (?:was |is )?(?:completed|filled in|written|done) by\b",
    re.IGNORECASE,
)


@dataclass
class Topics:
    """What a label means where it stands."""

    vocabulary: FormVocabulary
    last: str | None = None  # what the last label was about
    headed: str | None = None  # what a heading inside the section is about: it goes before the section

    def heading(self, section: str | None) -> None:
        """Begins a section; under a heading that says nothing the last label still tells."""
        self.headed = None
        if section:
            self.last = None

    def title(self, text: str) -> None:
        """Takes a heading inside a section."""
        self.headed = self._of(self.vocabulary.field(text))

    def under_title(self, text: str) -> Match | None:
        """The field that a label stands for under a heading inside its section."""
        if self.headed is None or _PART_BY.match(text):
            return None
        return self.vocabulary.field_within(text, self.headed, fuzzy=True)

    def meaning(self, text: str, section: str | None) -> Match | None:
        """The field a label stands for in its section or, where it is not known there, after the label before it."""
        if section != "voice" and _PART_BY.match(text):
            return Match("other", 1.0)
        known = self.vocabulary.field(text, section)
        if (
            (known is None or known.score < SURE)
            and self.last
            and self.last != section
            and (section not in (*KEYS, "voice") or (section == "attainment" and not self._is_column(section, text)))
        ):
            known = self.vocabulary.field_within(text, self.last) or known
        elif known is not None and self.last and known.id.partition(".")[0] not in (section, self.last):
            known = (
                self.vocabulary.field_within(text, self.last) or known
            )  # 'Next review' after 'Part-time timetable end'
        if known is not None and known.score >= SURE:
            self.last = self._of(known)
        return known

    def _is_column(self, section: str, text: str) -> bool:
        return self.vocabulary.column(section, text) is not None

    def _of(self, known: Match | None) -> str | None:
        """The part of a PEP that a field belongs to: whose labels may follow it in few words."""
        if known is None or known.score < SURE:
            return None
        topic = "timetable" if known.id == "school.reduced_timetable" else known.id.partition(".")[0]
        return topic if topic in TOPICS else None
