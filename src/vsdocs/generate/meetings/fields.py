"""What stands in an agenda and in a notes form: the placeholders of `agenda.docx` and `notes.docx`."""

from pydantic import Field

from vsdocs.record import Frozen


class Block(Frozen):
    """A part of a PEP: a heading and lines."""

    title: str = Field(description="What the part is called")
    lines: tuple[str, ...] = Field(description="Its lines (a list of texts)")


class Row(Frozen):
    """An action of an earlier meeting."""

    child: str = Field(description="The child's reference and initials; empty for nobody in particular")
    action: str = Field(description="What was to be done")
    owner: str = Field(description="Who was to do it")
    due: str = Field(description="By when")
    progress: str = Field(description="How far it has come: open, partly done, done, no longer needed")


class Child(Frozen):
    """A child of a list, by reference and initials alone."""

    child: str = Field(description="The child's reference and initials")
    year: str = Field(description="The year group")
    grade: str = Field(description="The grade of the PEP")
    attendance: str = Field(description="The attendance")
    concerns: str = Field(description="What a person must look at, in a few words")
    lead: str = Field(description="The virtual school lead")


class Line(Frozen):
    """One line of spending with its golden thread."""

    title: str = Field(description="What the money is for")
    need: str = Field(description="The need it answers; empty where the PEP does not show it, as with each link")
    voice: str = Field(description="What the child said")
    target: str = Field(description="The target it serves")
    provision: str = Field(description="What will be done")
    money: str = Field(description="How much")
    effect: str = Field(description="What it did or is to do")
    missing: str = Field(description="The links that were not found, to be asked for")


class Request(Frozen):
    """One PEP's request to the panel."""

    title: str = Field(description="Its number, and the child by reference and initials")
    child: str = Field(description="The child's reference and initials")
    school: str = Field(description="The school")
    total: str = Field(description="What is asked for in all")
    lines: tuple[Line, ...] = Field(description="What it asks for, line by line (a list)")
    spent: tuple[str, ...] = Field(description="What was spent before, with its effect; not asked for (a list)")


class Item(Frozen):
    """One item of the agenda."""

    number: str = Field(description="Its number")
    title: str = Field(description="What it is")
    when: str = Field(description="When it begins and how long it takes")
    prompts: tuple[str, ...] = Field(description="What to speak of (a list of texts)")
    blocks: tuple[Block, ...] = Field(description="Parts of the PEP (a list)")
    previous: tuple[Row, ...] = Field(description="Actions of earlier meetings (a list)")
    previous_title: str = Field(description="What stands over them")
    previous_none: str = Field(description="What is said where there are none; otherwise empty")
    cohort: tuple[Child, ...] = Field(description="The children of a list (a list)")
    requests: tuple[Request, ...] = Field(description="The requests to the panel (a list)")


class _Head(Frozen):
    practice: str = Field(description="Says that this is for practice; otherwise empty")
    confidential: str = Field(description="Says whom it is for")
    authority: str = Field(description="The authority's name")
    title: str = Field(description="The kind of meeting; a child by initials and year group, never by name")
    day: str = Field(description="The day of the meeting")
    time: str = Field(description="When it begins, and how long it takes")
    place: str = Field(description="Where it is")
    chair: str = Field(description="Who chairs it")
    school: str = Field(description="The school; empty where several are spoken of")
    reference: str = Field(description="The meeting's reference, by which the notes are read back")
    invitees: tuple[str, ...] = Field(description="Who is invited (a list of texts)")
    for_list: bool = Field(description="Whether it is about several children")


class Agenda(_Head):
    """The whole agenda."""

    opening: tuple[str, ...] = Field(description="Why we meet (a list of texts)")
    aims: tuple[str, ...] = Field(description="What the meeting is for (a list of texts)")
    before: tuple[str, ...] = Field(description="What to do before the meeting (a list of texts)")
    items: tuple[Item, ...] = Field(description="The items (a list)")
    after: tuple[str, ...] = Field(description="What happens afterwards (a list of texts)")


class NotesForm(_Head):
    """The whole notes form."""

    items: tuple[Item, ...] = Field(description="The items, to write under (a list)")
    requests: tuple[Request, ...] = Field(description="The requests to decide on (a list)")
    cohort: tuple[Child, ...] = Field(description="The children of a list (a list)")
    previous: tuple[Row, ...] = Field(description="Open actions of earlier meetings (a list)")
    progress: str = Field(description="The words that the column of progress may hold")


#: Without these an agenda would not say what it is about, and notes could not be read back.
REQUIRED = {
    "agenda.docx": ("practice", "title", "day", "chair", "reference", "aims", "items", "item.title"),
    "notes.docx": ("practice", "title", "day", "reference", "items", "previous", "row.action", "row.owner", "row.due", "row.progress"),
}  # fmt: skip

_ROW = Row(child="Child", action="Action", owner="Owner", due="Due", progress="Open")
_CHILD = Child(child="Child", year="Year", grade="Grade", attendance="95%", concerns="Concerns", lead="Lead")
_LINE = Line(
    title="Title", need="Need", voice="Voice", target="Target", provision="Do", money="£1", effect="Effect", missing=""
)
_REQUEST = Request(
    title="Request 1", child="Child", school="School", total="£2", lines=(_LINE, _LINE), spent=("Spent",)
)
_ITEM = Item(
    number="1",
    title="Item",
    when="10 minutes",
    prompts=("Prompt",),
    blocks=(Block(title="Block", lines=("Line",)),),
    previous=(_ROW, _ROW),
    previous_title="Actions",
    previous_none="None",
    cohort=(_CHILD, _CHILD),
    requests=(_REQUEST,),
)
_HEAD = {name: f"({name})" for name, info in _Head.model_fields.items() if info.annotation is str}

#: A full agenda and notes form, of nobody: they are rendered to try a template.
SAMPLE_AGENDA = Agenda.model_validate(
    {**_HEAD, "invitees": ("Who",), "for_list": True, "opening": ("Why",), "aims": ("Aim",), "before": ("Before",)}
    | {"items": (_ITEM, _ITEM), "after": ("After",)}
)
SAMPLE_NOTES = NotesForm.model_validate(
    {**_HEAD, "invitees": ("Who",), "for_list": False, "items": (_ITEM,), "requests": (_REQUEST,), "cohort": (_CHILD,)}
    | {"previous": (_ROW,), "progress": "open"}
)
