"""Wordings that lie over others: a pack's `variants` and `levels`, each of which writes down only what differs."""

from collections.abc import Iterator

from vsdocs.errors import PackError
from vsdocs.generate.case import Case
from vsdocs.packs import Pack, did_you_mean, merged
from vsdocs.record import Extraction

LAYERS = ("variants", "levels")

#: variant -> when it applies; they are laid on in this order
VARIANTS = {
    "early_years": "the child is in nursery or Reception",
    "post_16": "the young person is in Year 12 or 13",
    "out_of_area": "the school is in another authority, by its DfE number and `authority.number` of vsdocs.toml",
}


def variants_of(case: Case) -> tuple[str, ...]:
    year, school, own = (
        case.pep.record.child.year_group,
        _authority_of(case.pep),
        case.settings.authority.number,
    )
    applies = (year in ("N", "R"), year in ("12", "13"), bool(school and own and school != own))
    return tuple(name for name, does in zip(VARIANTS, applies, strict=True) if does)


def _authority_of(pep: Extraction) -> str:
    """The number of the authority that a school is in: the first three of its seven digits; '' where there are not seven."""
    digits = "".join(c for c in pep.record.school.dfe_number or "" if c in "0123456789")
    return digits[:3] if len(digits) == 7 else ""


def names(pack: Pack, layer: str) -> tuple[str, ...]:
    """The names of a layer's wordings, in the order of the file."""
    return tuple(str(name) for name in pack.data.get(layer) or {})


def laid(pack: Pack, *over: tuple[str, str]) -> Pack:
    """The main wordings with these laid over them, as (layer, name); those that the pack does not have change nothing."""
    data = {key: value for key, value in pack.data.items() if key not in LAYERS}
    places = dict(pack.places)
    for layer, name in over:
        wordings = {str(key): value for key, value in (pack.data.get(layer) or {}).items()}
        data = merged(data, wordings.get(name) or {})
        places |= {path[2:]: at for path, at in pack.places.items() if path[:2] == (layer, name) and len(path) > 2}
    return Pack(pack.id, data, places)


def every(pack: Pack) -> Iterator[Pack]:
    """The main wordings, and each layer over them: what a check goes through. Raises `PackError` for a wrong layer."""
    slips = []
    for layer in LAYERS:
        given = pack.data.get(layer) or {}
        if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
            slips.append(f"{pack.place((layer,))}: {layer} hold names, and below each the keys that differ")
        elif layer == "variants":
            slips += [
                f"{pack.place((layer, name))}: there is no variant {name!r}{did_you_mean(name, VARIANTS)}"
                for name in names(pack, layer)
                if name not in VARIANTS
            ]
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    yield laid(pack)
    for layer in LAYERS:
        yield from (laid(pack, (layer, name)) for name in names(pack, layer))
