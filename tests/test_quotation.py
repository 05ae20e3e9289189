"""Words of a PEP in a letter: one line, nobody named but the child, and nothing praised that was told in confidence."""

import pytest

from vsdocs.generate import identifiers
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


@pytest.mark.parametrize(
    "again", ["step ", "Aa Bb, ", "my sister ", "‘a ", "a.a@", "(((", "Aa-", "Mr A ", "0 7", "1 Aa "]
)
def test_a_megabyte_of_the_same_words_keeps_nobody_waiting(again: str) -> None:
    """Letters are written beside the sweep, where no limit of time ends them: what was quadratic here took hours."""
    long = again * (1_000_000 // len(again))
    assert len(quotable(long, RECORD)) <= 220
    assert len(praiseworthy(long, RECORD)) <= 4_000
    assert all("@" in found for found in identifiers.emails(long))


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


AMY = PepRecord.model_validate(
    {
        "child": {"forename": "Amy", "surname": "Quillfeather", "upn": "H801200012345", "date_of_birth": "2014-05-03"},
        "school": {"name": "Grace Darling Primary School"},
        "contacts": [
            {"role": "designated_teacher", "name": "Mrs Lucy Trent-Davies"},
            {"role": "social_worker", "name": "Ikemba Osondu"},
            {"role": "carer", "name": "Marjolein & Pete Vandersteen"},
        ],
        "meeting": {"attendees": [{"name": "Zuleika Brand", "role": "Teaching assistant"}, {"name": "Amy"}]},
    }
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I play with my sister Beth.", "I play with my sister [name]."),
        ("my sister Jaxlyn and my brother, Orrin Blake, came", "my sister [name] and my brother, [name], came"),
        ("my brothers Orrin and Tavi are at home", "my brothers [name] and [name] are at home"),
        ("My sister is called Jaxlyn", "My sister is called [name]"),
        ("Beth Quillfeather goes there too", "[name] goes there too"),
        ("Jaxlyn Quillfeather goes there too", "[name] goes there too"),
        ("my sister beth and me", "my sister [name] and me"),
        ("Beth’s room is next to mine", "[name]’s room is next to mine"),
        ("Auntie Jaxlyn and Nanny Pat came", "Auntie [name] and Nanny [name] came"),
        ("Jaxlyn is my best friend", "[name] is my best friend"),
        ("Jaxlyn, my big sister, helps", "[name], my big sister, helps"),
        ("Zuleika helps me read", "[name] helps me read"),
        ("Brand helps me read", "[name] helps me read"),
        ("Ask Ikemba (social worker)", "Ask [name] (social worker)"),
        ("Marjolein cooks with me", "[name] cooks with me"),
        ("Orlagh (tutor) rings me", "[name] (tutor) rings me"),
        ("Mr Kendrick and Miss O'Hara", "[name] and [name]"),
        ("I sit with Mohammed Iqbal in maths", "I sit with [name] in maths"),
        ("Working with Grace helps", "Working with [name] helps"),
        ("my foster carer Simon drives me", "my foster carer [name] drives me"),
        ("My teacher Wendy-Ann says so", "My teacher [name] says so"),
        ("Lucy Trent-Davies reads with me", "Lucy Trent-Davies reads with me"),
        ("Amy Quillfeather likes Amy's art", "Amy likes Amy's art"),
        ("Quillfeather was the best", "Q. was the best"),
        ("At Grace Darling Primary School I feel safe", "At Grace Darling Primary School I feel safe"),
        ("I moved to 12 Mill Lane, BH1 2QX", "I moved to [address], [address]"),
        ("I live at 12 mill lane bh1 2qx", "I live at [address] [address]"),
        ("She lives at Rose Cottage now", "She lives at [address] now"),
        ("Flat 3, 4 Park Road", "[address]"),
        ("ring +44 7700 900123 or (01632) 960 671", "ring [telephone] or [telephone]"),
        ("write to a.b@home.example", "write to [e-mail]"),
        ("UPN H 8012 0001 2345", "UPN [UPN]"),
        ("born 3/5/14, my sister was born on 6 July 2016", "born [date of birth], my sister was born on [date of birth]"),
        ("My birthday is 3rd May 2014", "My birthday is [date of birth]"),
    ],
)  # fmt: skip
def test_nobody_else_is_named_and_no_address_stands(said: str, shown: str) -> None:
    assert private(said, AMY) == shown


@pytest.mark.parametrize(
    "said",
    [
        "I like Maths, English and PE on Mondays with my friends.",
        "My teacher Monday to Friday is kind.",
        "I read Harry Potter and Horrid Henry in Year 4.",
        "Will you help me? Mark my work in green pen.",
        "I may go in June or in May. Summer is best.",
        "Amy will read 90 words a minute by 20 July 2026.",
        "My friend and I play Minecraft at Brownies.",
        "I want to be a vet in Dorset. Hope is what I have.",
        "Art club on Tuesdays at St Mark's with my sister.",
        "He scored 07 of 10; £01632 was spent on 12 books in 3 weeks.",
        "The Duke of Edinburgh award; Bronze by 3 May 2026.",
        "We did the 2 mile walk on School Lane Primary School field.",
    ],
)
def test_words_that_are_no_names_stay_as_they_are(said: str) -> None:
    assert private(said, AMY) == said
