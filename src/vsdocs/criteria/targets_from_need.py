"""Targets come from the child's needs and wishes

Looks at: words that each target shares with the needs, the SEND need, the child's own words, and subjects not on track.

Why: the golden thread runs from need and voice to target. Counts: a shared word that carries the matter, or its kin
('phonics' and 'reading'). Does not count: words that stand in every plan.
"""

from datetime import date

from vsdocs.criteria import Answer, Example, quote
from vsdocs.judgement import Met
from vsdocs.language.links import shared, without_names
from vsdocs.language.smart import judge_all, needs_of
from vsdocs.language.text import quoted, shortened
from vsdocs.record import Extraction, Frozen


class Params(Frozen):
    share: float = 0.5  # of the targets (0-1) that must come from something the plan says of the child


def check(pep: Extraction, params: Params, today: date) -> Answer:
    needs, judged = needs_of(pep.record), judge_all(pep.record)
    if not judged or not needs:
        return Answer(Met.CANNOT_TELL)
    links: dict[int, tuple[str, str]] = {}
    for n, _ in judged:
        target = pep.record.targets[n]
        boxes = (target.text, target.area, target.success_criteria, target.provision)
        whole = " ".join(without_names(box, pep.record.child) for box in boxes if box)
        for field, text in needs:
            if n not in links and (words := shared(whole, text)):
                links[n] = (field, words)
    loose = [n for n, _ in judged if n not in links]
    facts = {"targets": quoted(pep.record.targets[n].text for n in loose[:3])}
    if len(links) >= params.share * len(judged):
        n, (field, words) = next(iter(links.items()))
        facts = {"target": shortened(pep.record.targets[n].text, 80), "link": words}
        return Answer(Met.MET, (quote(pep, f"targets[{n}].text"), quote(pep, field, words)), facts)
    return Answer(
        Met.PARTLY if links else Met.NOT_MET, tuple(quote(pep, f"targets[{n}].text") for n in loose[:3]), facts
    )


_READING = {"text": "Read 60 words a minute by Easter"}
_TIES = {"text": "Tie his own laces by Easter"}
_VOICE = [{"question": "What is hard?", "answer": "Phonics is hard, I lose my place"}]
EXAMPLES = [
    Example(Met.MET, {"targets": [_READING], "voice": _VOICE}),
    Example(Met.PARTLY, {"targets": [_READING, _TIES, _TIES], "voice": _VOICE}),
    Example(Met.NOT_MET, {"targets": [_TIES], "voice": _VOICE}),
    Example(Met.CANNOT_TELL, {"targets": [_READING]}, why="nothing is said of the child to link with"),
]
