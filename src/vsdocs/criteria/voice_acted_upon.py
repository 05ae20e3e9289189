"""Something done because the child said so

Looks at: answers that tell of a change ('I asked for the back gate and got it'), and words that the child's answers share
with targets, actions and spending.

Why: children stop telling us when nothing happens. Counts: a change made, or a plan that takes up what the child said.
Does not count: 'to be discussed', a policy of listening, a word that stands in every plan.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, moot, quote
from vsdocs.judgement import Met
from vsdocs.language.text import shortened
from vsdocs.language.voice import AnswerReading, read_voice
from vsdocs.record import Extraction, Frozen, value_at


class Params(Frozen):
    links: int = 2  # different parts of the plan that take up the child's words
    particulars: int = 14  # particular words that the child's answers hold in all, for links to be believed


def check(pep: Extraction, params: Params, today: date) -> Answer:
    reading = read_voice(pep.record)
    if not reading.told:
        return Answer(moot(pep, "voice"))
    if reading.acted:
        answer = reading.acted[0]
        return Answer(Met.MET, (quote(pep, answer.field, answer.acted),), {"words": shortened(answer.acted)})
    parts = {field for _, field, _ in reading.links}
    if reading.links and len(parts) >= params.links and len(reading.particulars) >= params.particulars:
        spoken, field, _ = max(reading.links, key=lambda link: link[2].count(","))
        return Answer(
            Met.MET, (quote(pep, spoken), quote(pep, field)), {"words": shortened(value_at(pep.record, field))}
        )
    said = max(reading.told, key=_asks)
    return Answer(Met.PARTLY if parts else Met.NOT_MET, (quote(pep, said.field),), {"words": shortened(said.text)})


def _asks(answer: AnswerReading) -> tuple[bool, bool, bool, int]:
    """How much an answer asks for something to be done: a wish or a help before a difficulty, and that before a liking."""
    themes = answer.themes
    return bool(themes & {"helps", "hopes"}), "difficulties" in themes, "likes" not in themes, len(answer.particulars)


_VOICE = [{"question": "What is hard?", "answer": "Wet play, everyone shouts and I can't get out."}]
EXAMPLES = [
    Example(
        Met.MET,
        {
            "voice": [
                {"question": "What helps?", "answer": "The library. Miss lets me go now because I said it last time."}
            ]
        },
    ),
    Example(Met.PARTLY, {"voice": _VOICE, "actions": [{"action": "Quiet room open at wet play"}]}),
    Example(Met.NOT_MET, {"voice": _VOICE}),
    Example(Met.NOT_APPLICABLE, {}, {"voice": "blank"}, "voice_present says whether there is any"),
    Example(Met.CANNOT_TELL, {}, {"voice": "not_located"}),
]
