"""What people write for a report: a folder of Markdown, a file for each section, which figures never touch.

A heading that is a place of the section (`## Reasons`) puts what follows there; any other heading stands as it is written,
after the places. Headings, paragraphs, lists and **bold** are understood, and a link is printed as its words and its address;
tables, pictures and code are told by line. Everything else is printed as it is typed.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from vsdocs.errors import CannotWriteError, RefusedError
from vsdocs.generate.plain import plain
from vsdocs.generate.report.blocks import Block, Heading, Text
from vsdocs.generate.report.wording import Outline, Section, Words
from vsdocs.packs import did_you_mean

MOST_BYTES = 1_000_000
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,3})[.)])\s+(.+)$")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(<?([^\s()<>]+)>?(?:\s+[^()]*)?\)")
#: what Markdown has and a report has not -> what to do
_NOT_READ = {
    "a table: write it as a list, or put it into the Word file": re.compile(r"\s*\|.*\|\s*$"),
    "a picture: put it into the Word file": re.compile(r".*!\[[^\]]*\]\("),
    "code: take the marks away": re.compile(r"\s*(?:```|~~~)"),
}


@dataclass(frozen=True)
class Written:
    """What was written for a section: before any place, in each place (by id), and under headings of its own."""

    first: tuple[Block, ...] = ()
    places: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    others: tuple[tuple[str, tuple[Block, ...]], ...] = ()


def read(folder: Path, outline: Outline, words: Words) -> dict[str, Written]:
    """section id -> what was written for it. Raises `RefusedError` for a file of no section, with the nearest name."""
    sections = {section.id: section for section in outline.sections}
    found: dict[str, Written] = {}
    slips: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~")) or path.is_dir():
            continue
        if path.suffix.lower() != ".md":
            slips.append(f"{path.name}: only files that end in .md are read")
        elif path.stem not in sections:
            slips.append(f"{path.name}: there is no section {path.stem!r}{did_you_mean(path.stem, sections)}")
        else:
            try:
                found[path.stem] = _written(_text(path), sections[path.stem], outline, words)
            except ValueError as error:
                slips.append(f"{path.name}: {error}")
    if slips:
        raise RefusedError(
            "\n".join(slips), "Correct these files, or move them out of the folder. Nothing was written."
        )
    return found


def start(folder: Path, outline: Outline, words: Words, year: str, next_year: str) -> list[str]:
    """Make the files that are not there yet, each with its section's places and what to write in them."""
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for section in outline.sections:
            places = outline.places_of(section)
            path = folder / f"{section.id}.md"
            if not places or path.exists():
                continue
            title = section.title.format(year=year, next_year=next_year)
            parts = [f"# {title}\n"]
            parts += [f"## {place.title}\n\n{words.place.format(prompt=place.prompt)}\n" for place in places]
            path.write_text("\n".join(parts), encoding="utf-8")
            made.append(path.name)
    except OSError as error:
        raise CannotWriteError(f"The narrative could not be begun ({error.strerror}).", "Check the folder.") from None
    return made


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("this is bigger than 1 MB: put the writing of one section into it")
    try:
        text = plain(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8 text: save it as UTF-8") from None
    for what, looks in _NOT_READ.items():
        if at := next((number for number, line in enumerate(text.split("\n"), 1) if looks.match(line)), None):
            raise ValueError(f"line {at}: {what}")
    return _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})", text)


def _written(text: str, section: Section, outline: Outline, words: Words) -> Written:
    places = {place.title.casefold(): place for place in outline.places_of(section)}
    prompts = {words.place.format(prompt=place.prompt) for place in places.values()}
    level = 2 if section.under is None else 3
    first: list[Block] = []
    here: dict[str, list[Block]] = {}
    others: list[tuple[str, list[Block]]] = []
    into = first
    for heading, blocks in _parted(text, prompts, level):
        if heading is not None:
            place = places.get(heading.casefold())
            if place is not None:
                into = here.setdefault(place.id, [])
            else:
                others.append((heading, into := []))
        into += blocks
    told = {name: tuple(blocks) for name, blocks in here.items() if blocks}
    return Written(tuple(first), told, tuple((name, tuple(blocks)) for name, blocks in others))


def _parted(text: str, prompts: set[str], level: int) -> list[tuple[str | None, list[Block]]]:
    """The text under each of its headings of the second level; a heading of the first is the file's own title."""
    parts: list[tuple[str | None, list[Block]]] = [(None, [])]
    lines: list[str] = []

    def paragraph() -> None:
        said = " ".join(line.strip() for line in lines)
        lines.clear()
        if said and said not in prompts:
            parts[-1][1].append(Text(said, rich=True))

    for line in [*text.split("\n"), ""]:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading or item or not line.strip():
            paragraph()
        if heading:
            depth, said = len(heading[1]), heading[2]
            if depth == 2:
                parts.append((said, []))
            elif depth > 2:
                parts[-1][1].append(Heading(level + (parts[-1][0] is not None), said, place=True))
        elif item:
            parts[-1][1].append(Text(item[2].strip(), "List Number" if item[1] else "List Bullet", rich=True))
        elif line.strip():
            if not lines and parts[-1][1] and line[:1] in (" ", "\t") and _is_item(parts[-1][1][-1]):
                last = parts[-1][1].pop()
                assert isinstance(last, Text)
                parts[-1][1].append(Text(f"{last.text} {line.strip()}", last.style, rich=True))
            else:
                lines.append(line)
    return parts


def _is_item(block: Block) -> bool:
    return isinstance(block, Text) and block.style.startswith("List")
