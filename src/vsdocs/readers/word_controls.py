"""Controls and fields of a Word file made plain text, before the text is read.

After `settle`, what a part holds is what a person sees: an unfilled control is empty, a check box is ☒ or ☐ whatever
glyph stands in it, a list shows its chosen line, a field shows its result and not its instructions, and a drawing that
is kept in two forms is there once.
"""

import re
from typing import Any

from vsdocs.document import TICKED, UNTICKED
from vsdocs.readers.word_package import Package
from vsdocs.readers.word_styles import Props, W, child, is_on, number, props_of, value

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_SHOWN = (W + "t", W + "sym", W + "tab", W + "br", W + "cr")
#: how prompts begin; only text in the style that Word gives to prompts is tried
_PROMPT = re.compile(r"\W*(please |here )?(click|tap|press|choose|select|pick|enter|type|insert|add|write)\b", re.I)
_WORDS_OWN = re.compile(
    r"(click|tap|click or tap)( here)? to enter (text|a date)\.?|choose an? (item|building block)\.?", re.I
)
_STEP = re.compile(r"/(?:(?P<prefix>\w[\w.-]*):)?(?P<name>@?\w[\w.-]*)(?:\[(?P<at>\d{1,4})\])?")


def settle(root: Any, package: Package, prompt_styles: set[str]) -> None:
    """Rewrites a part of a package. `prompt_styles`: the ids of the style that prompts are set in."""
    for alternate in list(root.iter(MC + "AlternateContent")):
        _keep_one(alternate)
    for control in list(root.iter(W + "sdt")):
        _settle_control(control, package)
    if next(root.iter(W + "fldChar"), None) is not None:
        _settle_fields(root)
    prompted = [style for style in root.iter(W + "rStyle") if value(style) in prompt_styles] if prompt_styles else []
    around = {paragraph for style in prompted for paragraph in style.iterancestors(W + "p")}
    for paragraph in root.iter(W + "p") if around else ():
        if paragraph in around:
            _drop_prompts(paragraph, prompt_styles)


def _keep_one(alternate: Any) -> None:
    """Keeps the first of several forms of one thing that holds words."""
    branches = [branch for branch in alternate if branch.tag in (MC + "Choice", MC + "Fallback")]
    kept = next((b for b in branches if next(b.iter(W + "t"), None) is not None), branches[0] if branches else None)
    for branch in branches:
        if branch is not kept:
            alternate.remove(branch)


# ----------------------------------------------------------------------------------------------------- content controls
def _settle_control(control: Any, package: Package) -> None:
    parts = props_of(control)
    content, props = parts.get(W + "sdtContent"), props_of(parts.get(W + "sdtPr"))
    if W + "sdtPr" not in parts or content is None:
        return
    box = props.get(W14 + "checkbox")
    unfilled = is_on(props.get(W + "showingPlcHdr"))
    if box is not None:
        checked = box.find(W14 + "checked")
        ticked = checked is not None and checked.get(W14 + "val", "1") in ("1", "true")
        _show(content, TICKED if ticked else UNTICKED)
    elif (bound := _bound(props, package)) and (unfilled or W + "text" in props):
        _show(content, _listed(props, bound))
    elif unfilled or _is_prompt(_text(content), value(child(props.get(W + "placeholder"), W + "docPart")), package):
        _show(content, "")


def _is_prompt(text: str, name: str, package: Package) -> bool:
    """Whether a control shows its own prompt or one of Word's, though nothing says so: other programs forget that."""
    return text == package.prompts.get(name, "") or bool(_WORDS_OWN.fullmatch(text))


def _text(element: Any) -> str:
    return " ".join("".join(t.text or "" for t in element.iter(W + "t")).split())


def _show(content: Any, text: str) -> None:
    """Makes a text all that a control shows."""
    first = next(content.iter(W + "t", W + "sym"), None)
    if first is None:
        if not text:
            return
        place = next(content.iter(W + "p"), content)
        run = place.makeelement(W + "r")
        place.append(run)
        first = run.makeelement(W + "t")
        run.append(first)
    for element in [e for e in content.iter(*_SHOWN) if e is not first]:
        element.getparent().remove(element)
    _become(first, text)


def _become(element: Any, text: str) -> None:
    """Makes any element of a run its text."""
    for inner in list(element):
        element.remove(inner)
    element.attrib.clear()
    element.tag = W + "t"
    element.text = text
    element.set(_XML + "space", "preserve")


def _bound(props: Props, package: Package) -> str:
    """The value in the file's data that a control shows, '' where it has none."""
    binding = props.get(W + "dataBinding")
    if binding is None:
        return ""
    known = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]*)['\"]", binding.get(W + "prefixMappings", "")))
    root = package.stores.get(binding.get(W + "storeItemID", "").upper())
    path = binding.get(W + "xpath", "")
    steps = list(_STEP.finditer(path))
    if root is None or "".join(step.group() for step in steps) != path:
        return ""
    found: Any = None
    for step in steps:
        name = step["name"] if not step["prefix"] else f"{{{known.get(step['prefix'], '')}}}{step['name']}"
        if name.startswith("@"):
            return str(found.get(name[1:]) or "") if found is not None else ""
        here = [root] if found is None else list(found)
        alike = [inner for inner in here if inner.tag == name]
        at = int(step["at"] or 1)
        if not 1 <= at <= len(alike):
            return ""
        found = alike[at - 1]
    return "".join(found.itertext()).strip() if found is not None else ""


def _listed(props: Props, bound: str) -> str:
    """A bound value as it is shown: a list shows the words for it, a date its day."""
    for choices in (props.get(W + "dropDownList"), props.get(W + "comboBox")):
        for item in choices if choices is not None else ():
            if item.get(W + "value") == bound:
                return str(item.get(W + "displayText") or bound)
    if W + "date" in props:
        return bound.partition("T")[0]
    return bound


# --------------------------------------------------------------------------------------------------------------- fields
def _settle_fields(root: Any) -> None:
    """Takes out what the instructions of fields say; form fields of the kind before 2007 become what they show."""
    open_: list[
        tuple[Any, list[Any], bool]
    ] = []  # where each began, what of it is not seen, whether it is drawn by Word
    telling: list[bool] = []
    for element in list(root.iter(W + "fldChar", *_SHOWN)):
        kind = element.get(W + "fldCharType") if element.tag == W + "fldChar" else None
        if kind is None:
            for (_, unseen, _), hidden in zip(open_, telling, strict=True):
                if hidden:
                    unseen.append(element)
        elif kind == "begin":
            open_.append((element, [], _drawn(element) is not None))
            telling.append(True)
        elif kind == "separate" and open_:
            telling[-1] = open_[-1][2]
        elif kind == "end" and open_:
            begun, unseen, _ = open_.pop()
            telling.pop()
            for other in unseen:
                if other.getparent() is not None:
                    other.getparent().remove(other)
            if (text := _drawn(begun)) is not None:
                _become(begun, text)
    for begun, _, _ in open_:  # never ended
        if (text := _drawn(begun)) is not None:
            _become(begun, text)
    for choices in list(root.iter(W + "fldChar")):  # without a kind
        if (text := _drawn(choices)) is not None:
            _become(choices, text)


def _drawn(begun: Any) -> str | None:
    """What Word draws for a form field: its box, or the chosen line of its list; None for every other field."""
    data = begun.find(W + "ffData")
    if data is None:
        return None
    box = data.find(W + "checkBox")
    if box is not None:
        state = box.find(W + "checked")
        return TICKED if is_on(state if state is not None else box.find(W + "default")) else UNTICKED
    choices = data.find(W + "ddList")
    if choices is not None:
        lines = [value(entry) for entry in choices.findall(W + "listEntry")]
        props = props_of(choices)
        chosen = number(props, "result", number(props, "default"))
        return lines[chosen] if chosen < len(lines) else ""
    return None


# -------------------------------------------------------------------------------------------------------------- prompts
def _drop_prompts(paragraph: Any, styles: set[str]) -> None:
    """Empties stretches in the style of prompts that read like one; answers are sometimes left in that style."""
    stretch: list[Any] = []
    for run in [*paragraph.iter(W + "r"), None]:
        if run is not None and value(run.find(f"{W}rPr/{W}rStyle")) in styles:
            stretch.append(run)
            continue
        if stretch and _PROMPT.match("".join(t.text or "" for r in stretch for t in r.iter(W + "t"))):
            for part in stretch:
                for text in part.findall(W + "t"):
                    text.text = ""
        stretch = []
