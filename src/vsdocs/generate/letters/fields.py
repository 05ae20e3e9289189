"""What stands in letters: the placeholders of `templates/feedback.docx` and `letter.docx`, each with its meaning."""

from pydantic import Field

from vsdocs.record import Frozen

#: Without these a letter could go out under the wrong name, unfinished, or with nothing to act on.
REQUIRED = (
    "practice",
    "draft",
    "subject",
    "reference",
    "school",
    "grade",
    "strengths",
    "changes",
    "change.why",
    "change.stronger",
    "change.when",
    "matters",
    "lead_list",
)


class Change(Frozen):
    """One change that the letter asks for."""

    title: str = Field(description="What the change is about")
    says: str = Field(
        description="The PEP's own words, in quotation marks; empty where `why` holds them or there are none"
    )
    why: str = Field(description="What the reader found")
    stronger: str = Field(description="What a stronger version looks like, with blanks to fill")
    who: str = Field(description="Who makes the change")
    when: str = Field(description="By when, or before which date")


class Paper(Frozen):
    """What every letter has."""

    practice: str = Field(description="Says that the letter was only written to practise; empty else")
    confidential: str = Field(description="Says whom the letter is for")
    authority: str = Field(description="The authority's name, from vsdocs.toml")
    address: str = Field(description="The authority's address, from vsdocs.toml")
    date: str = Field(description="The day of the letter: 3 October 2026")
    designated_teacher: str = Field(description="The designated teacher's name, for the address")
    dear: str = Field(description="The designated teacher as greeted: Mrs Ellery")
    school: str = Field(description="The school's name")
    subject: str = Field(description="The subject line: initials and year group, never the name")
    reference: str = Field(description="The PEP's id, by which the letter can be traced")
    contact: str = Field(description="Whom to ring")
    second_look: str = Field(description="The right to ask for a second look")
    closing: str = Field(description="The closing sentence")
    lead: str = Field(description="The virtual school lead's name")
    lead_list: tuple[str, ...] = Field(description="What the lead checks or fills in before sending (a list of texts)")


class Letter(Paper):
    """The feedback letter. Every list may be empty but `strengths`."""

    draft: str = Field(
        description="Says that this is a draft to be checked; empty once a person has moderated the grade"
    )
    thanks: str = Field(description="The opening sentences")
    grade: str = Field(description="The overall grade: Gold, Green, Amber or Red")
    meaning: str = Field(description="What the grade means")
    areas: str = Field(description="The grade of each area, in one sentence")
    strengths: tuple[str, ...] = Field(description="What is strong, each with the PEP's own words (a list of texts)")
    change_intro: str = Field(description="What stands before the changes, or that there are none")
    changes: tuple[Change, ...] = Field(description="At most three changes (a list)")
    matters: tuple[str, ...] = Field(description="Matters that need action whatever the grade (a list of texts)")
    thread: tuple[str, ...] = Field(description="The golden thread of each target, link by link (a list of texts)")
    last_time: tuple[str, ...] = Field(
        description="What we asked last time, whether it was done, and the targets of the last plan (a list of texts)"
    )
    next_steps: tuple[str, ...] = Field(description="What happens next (a list of texts)")


#: The same for `letter.docx`.
SHORT_REQUIRED = ("practice", "to", "subject", "reference", "paragraphs", "asks", "ask.what", "ask.when", "lead_list")


class Ask(Frozen):
    """One thing that a letter asks for."""

    what: str = Field(description="What the reader is asked to do")
    when: str = Field(description="By when; empty where no day is named")


class Part(Frozen):
    """A part of a letter under a heading of its own."""

    heading: str = Field(description="Its heading")
    paragraphs: tuple[str, ...] = Field(description="Its paragraphs (a list of texts)")
    points: tuple[str, ...] = Field(description="Its points (a list of texts)")


class ShortLetter(Paper):
    """Every other letter: the same Word template for all kinds, each with its own sentences."""

    to: str = Field(description="Whom it goes to, for the address: the designated teacher, or an officer by role")
    paragraphs: tuple[str, ...] = Field(description="The opening paragraphs (a list of texts)")
    parts: tuple[Part, ...] = Field(description="Parts with a heading of their own (a list)")
    asks: tuple[Ask, ...] = Field(description="What the reader is asked to do (a list)")
    next_steps: tuple[str, ...] = Field(description="What happens next (a list of texts)")


SHORT_SAMPLE = ShortLetter(
    **{name: f"({name})" for name, info in ShortLetter.model_fields.items() if info.annotation is str},
    paragraphs=("A paragraph", "Another paragraph"),
    parts=(Part(heading="Heading", paragraphs=("A paragraph",), points=("A point",)),),
    asks=(Ask(what="What", when="When"),) * 2,
    next_steps=("A step",),
    lead_list=("A blank",),
)

#: A full letter, of nobody: it is rendered to try a template.
SAMPLE = Letter(
    **{name: f"({name})" for name, info in Letter.model_fields.items() if info.annotation is str},
    strengths=("A strength", "Another strength"),
    changes=(Change(title="Title", says="Says", why="Why", stronger="Stronger", who="Who", when="When"),) * 2,
    matters=("A matter",),
    thread=("A thread",),
    last_time=("A wish",),
    next_steps=("A step", "Another step"),
    lead_list=("A blank",),
)
