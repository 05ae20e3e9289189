"""Among the child's views: which questions ask for something that is a field of its own."""

from vsdocs.extract.kinds import fits
from vsdocs.extract.labels import SURE, Labels
from vsdocs.extract.wording import Match

_OWN_FIELDS = frozenset(
    ["aspirations", "carer_views", "voice_method", "strengths", "needs", "enrichment", "transition"]
)
_SCHOOLS = frozenset({"strengths", "needs"})
_ADULTS = frozenset({"carer_views", "strengths", "needs"})


def asks_apart(label: str, answer: str, known: Match | None, labels: Labels) -> bool:
    """Whether a label among the child's views asks for something else: the child's hopes, a teacher's comment."""
    if known is None:
        return False
    if known.id not in _OWN_FIELDS:
        plain = not labels.is_asked_of_child(label) and not label.rstrip().endswith("?")
        return known.score >= SURE and plain and fits(known.id, answer, labels.vocabulary)
    if known.id in ("aspirations", "voice_method") or (known.id == "carer_views" and known.score >= SURE):
        return True
    if labels.is_asked_of_child(label) or (known.id in _SCHOOLS and label.rstrip().endswith("?")):
        return False
    return known.score >= SURE or known.id in _ADULTS
