"""Carer's view recorded

Looks at: what the carer or parent says in the plan.

Why: the carer sees how school reaches home, and helps or worries about what nobody else knows. Counts: a view in at least a
few words. Partly: a word or two, or 'no concerns'. Does not count: 'n/a', 'not present'. A form without such a box is not
held against the PEP.
"""

import re
from datetime import date

from vsdocs.criteria import Answer, Example, absent, quote, shown
from vsdocs.criteria.enrichment_named import beyond_denials
from vsdocs.judgement import Met
from vsdocs.record import Extraction, Frozen

_NOTHING = re.compile(
    r"\W*(?:carers? )?(?:n/?a|none|nil|nothing(?: to add)?|tbc|to follow|(?:was |were )?not (?:present|available|given|recorded|obtained"
    r"|applicable|known|at the meeting)|did not attend)?\W*",
    re.IGNORECASE,
)


class Params(Frozen):
    words: int = 4  # a view takes at least so many words


def check(pep: Extraction, params: Params, today: date) -> Answer:
    quotes = (quote(pep, "carer_views"),)
    if pep.record.carer_views is None:
        return Answer(absent(pep, "carer_views"), quotes)
    if _NOTHING.fullmatch(pep.record.carer_views):
        return Answer(Met.NOT_MET, quotes)
    enough = len(beyond_denials(pep.record.carer_views).split()) >= params.words
    return Answer(Met.MET if enough else Met.PARTLY, quotes, {"words": shown(pep.record.carer_views)})


EXAMPLES = [
    Example(Met.MET, {"carer_views": "Bedtimes are calmer. Please send the spellings home on Fridays."}),
    Example(Met.PARTLY, {"carer_views": "Doing well."}),
    Example(Met.PARTLY, {"carer_views": "No concerns at this time."}),
    Example(Met.NOT_MET, {}, {"carer_views": "blank"}),
    Example(Met.NOT_MET, {"carer_views": "N/A"}),
    Example(Met.NOT_MET, {"carer_views": "Carer did not attend."}),
    Example(Met.CANNOT_TELL, {}, {"carer_views": "not_located"}),
]
