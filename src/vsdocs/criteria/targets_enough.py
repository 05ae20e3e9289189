"""Enough targets to cover the term

Looks at: how many targets are written.

Why: learning, feelings and life outside lessons each deserve one. Does not count: how many would be too many.
"""

from datetime import date

from pydantic import Field

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.text import in_number
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    count: int = Field(default=3, description="At least {} targets")


def check(pep: Extraction, params: Params, today: date) -> Answer:
    written = [n for n, target in enumerate(pep.record.targets) if target.text or target.success_criteria]
    if not written:
        return Answer(moot(pep, "targets"))
    state = Met.MET if len(written) >= params.count else Met.NOT_MET
    quotes = tuple(quote(pep, f"targets[{n}].text") for n in written[:3])
    wanted = in_number(params.count, "target")
    facts = {"number": in_number(len(written), "target"), "wanted": wanted, "so_many": wanted.capitalize()}
    return Answer(state, quotes, facts)


_READ = {"text": "Read 60 words a minute by Easter"}
_COUNT = {"text": "Know the 6 times table by February half term"}
_JOIN = {"text": "Go to football club each Tuesday this term"}
EXAMPLES = [
    Example(Met.MET, {"targets": [_READ, _COUNT, _JOIN]}),
    Example(Met.NOT_MET, {"targets": [_READ]}),
    Example(Met.CANNOT_TELL, {}, {"targets": "not_located"}, "targets_present says whether there are any"),
]
