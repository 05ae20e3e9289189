"""YAML packs: data files that a council edits, each of which may `extends` another. Rubrics and form vocabularies are packs.

A pack's own keys lie over those of the pack it extends: mappings are merged key by key, anything else replaces what was
there, and `null` takes a key away. Every slip is told as `file:line:column: what is wrong (did you mean …?)`.
"""

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from vsdocs.errors import PackError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str, int, int]  # file name, line, column (1-based)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2's booleans only: 'No' is a word here, as in 'on track: No'. Dates stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in rules if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _word in ("true", "false"):
    _Loader.yaml_implicit_resolvers.setdefault(_word[0], []).append(
        ("tag:yaml.org,2002:bool", re.compile(f"^{_word}$"))
    )


@dataclass(frozen=True)
class Pack:
    """A pack's merged data, and the place where each key was written, by path: ('areas', 'voice', 'title')."""

    id: str
    data: dict[str, Any]
    places: dict[tuple[str | int, ...], Place]

    def place(self, path: Iterable[str | int]) -> str:
        """`file:line:column` of a path, or of the nearest thing around it."""
        keys = tuple(path)
        while keys and keys not in self.places:
            keys = keys[:-1]
        name, line, column = self.places.get(keys, (f"{self.id}.yaml", 1, 1))
        return f"{name}:{line}:{column}"

    def parse(self, model: type[Model]) -> Model:
        """The data as a model; every slip at once, with its place and the nearest right spelling."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            slips = [_slip(self, model, dict(e)) for e in error.errors()]
            raise PackError("\n".join(slips), "Correct the lines named above and run the command again.") from None


def ids(folder: Path) -> list[str]:
    """The ids of the packs in a folder: their file names without `.yaml`. A `.yml` file is a slip, not a silent nothing."""
    for stray in folder.glob("*.yml"):
        raise PackError(f"{stray.name}:1:1: packs end in .yaml, not .yml", f"Rename it to {stray.stem}.yaml.")
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load(folder: Path, name: str) -> Pack:
    """The pack of this id in `folder`, or in a `.yaml` file anywhere, laid over those it extends.

    What a file extends is looked for beside it and then in `folder`.
    """
    path = Path(name)
    if path.suffix != ".yaml":
        return _load((folder,), name, ())
    if not path.is_file():
        raise PackError(f"There is no file {path.name} in {path.parent.name or 'this folder'}.", "Check its name.")
    return _load((path.parent, folder), path.stem, ())


def _load(folders: tuple[Path, ...], pack_id: str, below: tuple[str, ...]) -> Pack:
    known = {found: folder for folder in reversed(folders) for found in ids(folder)}
    if pack_id not in known:
        raise PackError(
            f"There is nothing called {pack_id!r} in {folders[-1].name}{did_you_mean(pack_id, known)}.",
            f"There are: {', '.join(sorted(known))}.",
        )
    if pack_id in below:
        raise PackError(f"{pack_id}.yaml:1:1: extends itself, by way of {', '.join(below)}", "Take one `extends` away.")
    data, places = _read(known[pack_id] / f"{pack_id}.yaml")
    parent = data.pop("extends", None)
    if parent is None:
        return Pack(pack_id, data, places)
    base = _load(folders, str(parent), (*below, pack_id))
    if idle := list(_idle(base.data, data, ())):
        slips = [
            f"{Pack(pack_id, data, places).place(path)}: {path[-1]!r} is not there to be taken away{near}"
            for path, near in idle
        ]
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return Pack(pack_id, merged(base.data, data), base.places | places)


def _read(path: Path) -> tuple[dict[str, Any], dict[tuple[str | int, ...], Place]]:
    try:
        text = path.read_text(encoding="utf-8")
        with _uninterrupted():
            loader = _Loader(text)
            node = loader.get_single_node()
            places = _places(node, path.name) if node is not None else {}
            data = loader.construct_document(node) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise PackError(
            f"{path.name}:{where}: {error.problem}", "Check the indentation and the quotes there."
        ) from None
    except UnicodeDecodeError:
        raise PackError(f"{path.name}:1:1: not saved as UTF-8", "Save the file as UTF-8 text.") from None
    if not isinstance(data, dict):
        raise PackError(f"{path.name}:1:1: expected `key: value` lines", "See the other files in the folder.")
    return data, places


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """No search for garbage while many small things are made that all stay: it would take a third of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _places(node: yaml.Node, name: str) -> dict[tuple[str | int, ...], Place]:
    """Where each key and each item stands. Raises PackError for a key that stands twice."""
    places: dict[tuple[str | int, ...], Place] = {(): _place(node, name)}

    def walk(node: yaml.Node, path: tuple[str | int, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                at = (*path, key.value)
                places[at] = _place(key, name)
                if key.value in seen:
                    _, line, column = places[at]
                    raise PackError(f"{name}:{line}:{column}: {key.value!r} stands here twice", "Keep one of the two.")
                seen.add(key.value)
                walk(value, at)
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                at = (*path, index)
                places[at] = _place(item, name)
                walk(item, at)

    walk(node, ())
    return places


def _place(node: yaml.Node, name: str) -> Place:
    mark = node.start_mark
    return name, mark.line + 1, mark.column + 1


def merged(base: Any, over: Any) -> Any:
    """`over` laid over `base`: mappings key by key, anything else replaced, what is `None` above taken away."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    both = {key: value for key, value in base.items() if over.get(key, value) is not None}
    for key, value in over.items():
        if value is not None:
            both[key] = merged(base.get(key), value)
    return both


def _idle(base: Any, over: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each `null` that takes nothing away, with the nearest key that is there."""
    for key, value in over.items() if isinstance(over, dict) else ():
        known = base if isinstance(base, dict) else {}
        if value is None and key not in known:
            yield (*path, key), did_you_mean(key, known)
        elif key in known:
            yield from _idle(known[key], value, (*path, key))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' (did you mean 'x'?)', or nothing where no known word is near."""
    best = process.extractOne(word, list(known), score_cutoff=60)
    return f" (did you mean {best[0]!r}?)" if best else ""


def _slip(pack: Pack, model: type[BaseModel], error: dict[str, Any]) -> str:
    path = tuple(error["loc"])
    text = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        text = f"{path[-1]!r} is not a key here{did_you_mean(str(path[-1]), _keys(model, path[:-1]))}"
    elif error["type"] == "missing":
        text = f"{path[-1]!r} is missing here"
    return f"{pack.place(path)}: {text}"


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys a pydantic model allows at a path, looking through dict[str, Model], tuple[Model, ...] and Model | None."""
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            info = current.model_fields.get(str(part))
            current = info.annotation if info else None
        else:
            arguments = [a for a in getattr(current, "__args__", ()) if a is not Ellipsis]
            current = arguments[-1] if arguments else None
        if isinstance(current, UnionType):
            current = next((a for a in current.__args__ if a is not NoneType), None)
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []
