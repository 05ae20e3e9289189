"""What every letter has: whom it is from and to, about whom and when, and what its sender must still fill in."""

from collections.abc import Iterator

from vsdocs.dates import in_words
from vsdocs.generate.case import Case, Words
from vsdocs.generate.letters.phrases import Common
from vsdocs.generate.plain import one_line
from vsdocs.record import Role


def heading(case: Case, words: Words, phrases: Common) -> dict[str, str]:
    """The fields of `Paper` that are alike in all letters."""
    teacher = case.contact(Role.DESIGNATED_TEACHER)
    return general(case, words, phrases) | {
        "designated_teacher": one_line((teacher.name if teacher else "") or "") or words["designated_teacher"],
        "dear": words["designated_teacher"],
        "school": words["school"],
    }


def general(case: Case, words: Words, phrases: Common) -> dict[str, str]:
    """The same of a letter that is about no child and to no one person."""
    return {
        "practice": words.say(phrases.practice) if case.practice else "",
        "confidential": words.say(phrases.confidential),
        "authority": words["authority"],
        "address": one_line(", ".join(case.settings.authority.address)) or words.blank("address"),
        "date": in_words(case.today),
        "designated_teacher": "",
        "dear": "",
        "school": "",
        "reference": case.pep.id,
        "contact": words.say(phrases.contact),
        "second_look": words.say(phrases.second_look),
        "lead": words["lead"],
    }


def still_to_do(words: Words, phrases: Common) -> Iterator[str]:
    """The list at the end of a letter that has blanks; nothing where it has none. To be asked for last."""
    if words.gaps:
        yield words.say(phrases.fill_in, blanks=", ".join(words.gaps))
        yield words.say(phrases.finish)
