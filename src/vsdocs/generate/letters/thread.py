"""The golden thread as the letter tells it: for each target the links that could be followed, and those that could not."""

import re
from collections.abc import Collection, Iterator

from vsdocs.evidence import State
from vsdocs.generate.case import Words
from vsdocs.generate.identifiers import EMAIL
from vsdocs.generate.letters.phrases import ThreadWords
from vsdocs.generate.people import NAME
from vsdocs.generate.quotation import private, quotable, words_of_the_child
from vsdocs.language.thread import LINKS, Thread, golden_thread
from vsdocs.record import Extraction

MOST = 3  # targets: a letter has two pages
SHOWN = ("need", "voice")  # links that stand far from the target, so that the word they share with it is worth telling
#: The box that a missing link would stand in: a form without such a box breaks no thread.
_BOXES = {"voice": "voice", "provision": "{target}.provision", "pp_plus": "pp_plus", "impact": "pp_plus"}


#: Criteria by which a link can be doubted: where one is not met for a target, the thread does not run through that link.
DOUBTED_BY = {"targets_from_need": "need", "targets_provided_for": "provision"}


def thread_lines(
    pep: Extraction, words: ThreadWords, slots: Words, most: int = MOST, doubted: Collection[tuple[str, int]] = ()
) -> Iterator[str]:
    """A line for each of the first targets that hang on anything; of the others the changes speak.

    A link of which nobody can tell is passed over: the letter says neither that it is there nor that it is not.

    `doubted`: links of which the letter may say elsewhere that they are missing, each with the number of its target.
    """
    hanging = [thread for thread in golden_thread(pep.record) if sum(bool(getattr(thread, name)) for name in LINKS) > 1]
    for thread in hanging[:most]:
        named = {name: slots.say(getattr(words.names, name)) for name in LINKS}
        links = [name for name in LINKS if pep.record.pp_plus or name not in ("pp_plus", "impact")]
        index = int(thread.target.removeprefix("targets[").removesuffix("]"))
        lost = {*thread.broken, *thread.unsure, *(name for name in links if (name, index) in doubted)}
        found = [_link(pep, thread, name, named[name], words) for name in links if name not in lost]
        if not found:
            continue
        line = slots.say(words.found, number=str(index + 1), links=_listed(found))
        broken = [
            named[name]
            for name in links
            if name in lost
            and (name not in thread.unsure or (name, index) in doubted)
            and _has_its_box(pep, thread, name)
        ]
        yield f"{line} {slots.say(words.broken, links=_listed(broken))}" if broken else line


def _link(pep: Extraction, thread: Thread, name: str, said: str, words: ThreadWords) -> str:
    link = getattr(thread, name)
    whose = words_of_the_child(link.field, pep.record) if name == "voice" else None
    told = name == "voice" and (whose is None or not whose.faithful)  # an adult's word is not quoted as the child's
    carried = link.words.split(",")[0] if name in SHOWN and not told else ""
    quoted = quotable(carried, pep.record, 40)
    return words.link.format(name=said, words=quoted) if quoted and not _names_anybody(carried, name, pep) else said


def _names_anybody(carried: str, link: str, pep: Extraction) -> bool:
    """Whether the shared word may be somebody's name. The thread carries words without their capitals: of a child's words,
    one that they never write without one is taken for a name."""
    if link == "voice":
        said = "\n".join(filter(None, [pep.record.aspirations, *(v.answer for v in pep.record.voice)]))
        said = EMAIL.sub(" ", said)
        if not all(re.search(rf"\b{re.escape(word[: max(4, len(word) - 2)])}", said) for word in carried.split()):
            return True
    return NAME in private(carried.title(), pep.record)


def _has_its_box(pep: Extraction, thread: Thread, name: str) -> bool:
    """Whether the form has a place for a link that is missing: no target need answer a need, nor money that is not there."""
    if name == "need" or (name == "impact" and thread.pp_plus is None):
        return False
    return pep.state(_BOXES[name].format(target=thread.target)) is not State.NOT_LOCATED


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
