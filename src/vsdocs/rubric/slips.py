"""What pydantic cannot see of a rubric file: unknown criteria and figures, words with slots that no criterion fills."""

import string
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from vsdocs import packs
from vsdocs.criteria import EXAMPLE_DAY, all_criteria
from vsdocs.judgement import Met

#: What is said of a criterion under `criteria:`; what it costs is said in its area.
SHARED = ("title", "authority", "params", "words")


def shared_slips(pack: packs.Pack) -> Iterator[str]:
    """What is wrong with the section `criteria:` itself; where an area uses what it says, that area's look tells the rest."""
    known = all_criteria()
    section = pack.data.get("criteria")
    if section is not None and not isinstance(section, dict):
        yield f"{pack.place(('criteria',))}: expected a criterion's id, and under it what is said of it"
    areas = mapping(pack.data.get("areas")).values()
    used = {criterion_id for area in areas for criterion_id in mapping(mapping(area).get("criteria"))}
    for criterion_id, said in mapping(section).items():
        path = ("criteria", criterion_id)
        if criterion_id not in known:
            near = packs.did_you_mean(criterion_id, known)
            yield f"{pack.place(path)}: there is no criterion {criterion_id!r}{near}"
        elif criterion_id not in used:
            yield from _use_slips(pack, path, criterion_id, mapping(said))
        for key in mapping(said):
            if key in ("caps", "deciding"):
                yield f"{pack.place((*path, key))}: {key!r} is said where the criterion stands, under `areas:`"
            elif key not in SHARED:
                yield f"{pack.place((*path, key))}: {key!r} is not a key here{packs.did_you_mean(key, SHARED)}"


def criterion_slips(pack: packs.Pack) -> Iterator[str]:
    """What pydantic cannot see, told of the raw data so that it stands beside what pydantic saw."""
    known = all_criteria()
    homes: dict[str, str] = {}
    for area_id, area in mapping(pack.data.get("areas")).items():
        for criterion_id, use in mapping(mapping(area).get("criteria")).items():
            path = ("areas", area_id, "criteria", criterion_id)
            if criterion_id not in known:
                near = packs.did_you_mean(criterion_id, known)
                yield f"{pack.place(path)}: there is no criterion {criterion_id!r}{near}"
                continue
            if criterion_id in homes:
                yield f"{pack.place(path)}: {criterion_id!r} stands in the area {homes[criterion_id]!r} too"
            homes[criterion_id] = area_id
            yield from _use_slips(pack, path, criterion_id, mapping(use))


def _use_slips(pack: packs.Pack, path: tuple[str, ...], criterion_id: str, use: dict[str, Any]) -> Iterator[str]:
    """Unknown figures, and words with slots that the criterion does not fill."""
    criterion = all_criteria()[criterion_id]
    try:
        criterion.params.model_validate(mapping(use.get("params")))
    except ValidationError as error:
        for slip in error.errors():
            at = (*path, "params", *slip["loc"])
            word = str(slip["loc"][0]) if slip["loc"] else ""
            near = packs.did_you_mean(word, criterion.params.model_fields)
            text = f"{word!r} is not a figure of this criterion{near}"
            yield f"{pack.place(at)}: {text if slip['type'] == 'extra_forbidden' else slip['msg']}"
    wording = mapping(use.get("words"))
    for key in wording:
        for problem in _slot_slips(criterion_id, key, wording):
            yield f"{pack.place((*path, 'words', key))}: {problem}"


def mapping(value: Any) -> dict[Any, Any]:
    """The value where it is a mapping, else an empty one: a file may hold anything anywhere."""
    return value if isinstance(value, dict) else {}


def _slot_slips(criterion_id: str, key: str, wording: dict[str, Any]) -> Iterator[str]:
    try:
        slots = {name for _, name, _, _ in string.Formatter().parse(str(wording[key])) if name is not None}
    except ValueError as error:
        yield f"a brace is out of place: {error}"
        return
    states = {"met": [Met.MET], "partly": [Met.PARTLY], "not_met": [Met.NOT_MET]}.get(key, [Met.NOT_MET, Met.PARTLY])
    if key == "not_met" and "partly" not in wording:
        states = [Met.NOT_MET, Met.PARTLY]
    if not slots or key not in ("met", "partly", "not_met", "advice"):
        return
    supplies = [set(facts) for state in states for facts in supplied(criterion_id, state)]
    facts = set.intersection(*supplies) if supplies else set()
    for slot in sorted(slots - facts):
        yield f"the PEP gives nothing for {{{slot}}} here{packs.did_you_mean(slot, facts)}"


@cache
def supplied(criterion_id: str, state: Met) -> tuple[frozenset[str], ...]:
    """The names of the facts that each example of a criterion in this state supplies."""
    criterion = all_criteria()[criterion_id]
    params = criterion.params()
    return tuple(
        frozenset(criterion.check(example.pep(), params, EXAMPLE_DAY).facts)
        for example in criterion.examples
        if example.state is state
    )
