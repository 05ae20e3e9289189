"""Words of a PEP in a letter: one line, nobody named but the child, and nothing praised that was told in confidence."""

import pytest

from vsdocs.generate.quotation import praiseworthy, private, quotable, shorten
from vsdocs.record import PepRecord

RECORD = PepRecord.model_validate(
    {
        "child": {"forename": "Tamsin", "surname": "Quillfeather"},
        "contacts": [{"role": "designated_teacher", "name": "Mrs L Trent-Davies"}],
    }
)


def test_shorten_cuts_after_a_word() -> None:
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two, three", 12) == "one two…"


def test_lines_of_an_answer_stay_apart() -> None:
    assert quotable("- Art\n\n• PE \nthe library", PepRecord()) == "Art / PE / the library"


def test_the_teacher_who_reads_the_letter_may_be_named() -> None:
    assert private("Mrs Trent-Davies and Mr Selwood help.", RECORD) == "Mrs Trent-Davies and [name] help."


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (
            "I like art. I worry about my mum. I like PE and the library best of all.",
            "I like PE and the library best of all.",
        ),
        ("My overlay helps me\nSitting next to Tia in maths", "My overlay helps me"),
        ("I find everything hard at the moment", ""),
        ("N/A for this term at all", ""),
        ("PE", ""),
        ("Sandra (tutor) rings me at 9.30 if I am late. I made a volcano in science!", "I made a volcano in science!"),
    ],
)
def test_only_what_may_be_held_up_is_praised(answer: str, kept: str) -> None:
    assert praiseworthy(answer, RECORD) == kept
