"""Who filled in an SDQ: the carer or a parent, or the school."""

import re

_CARER = re.compile(
    r"\b(carers?|foster\w*|parents?|mum|mother|dad|father|guardian|grand\w+|aunt\w*|uncle)\b", re.IGNORECASE
)
_SCHOOL = re.compile(
    r"\b(?:school|teachers?|dt|head(?:teacher)?|senco|tutor|key ?workers?|nursery|college|teaching|learning mentor)\b",
    re.IGNORECASE,
)


def is_carer(informant: str) -> bool:
    return _CARER.search(informant) is not None


def is_school(informant: str) -> bool:
    return _SCHOOL.search(informant) is not None and not is_carer(informant)
