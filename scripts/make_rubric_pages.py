"""Makes `rubrics/README.md` (how a rubric is written, and every criterion it can use) and `rubrics/rubric.schema.json`.

Run it after a change to a criterion or to the form of a rubric:

    python scripts/make_rubric_pages.py
"""

import json
from pathlib import Path
from typing import Any

from vsdocs.criteria import all_criteria
from vsdocs.judgement import Met
from vsdocs.rubric.model import Rubric, ids, load
from vsdocs.rubric.rulebook import figure, paragraphs
from vsdocs.rubric.slips import SHARED, supplied
from vsdocs.settings import DEFAULT_RUBRIC

FOLDER = Path(__file__).parents[1] / "rubrics"

_HEAD = """# Rubrics

<!-- Made from the criteria by scripts/make_rubric_pages.py; a test keeps it true. -->

A rubric says what each area of a PEP is looked at for, what a criterion that is not met costs, in which words the teacher
is told, and how area grades become one grade. One file is one rubric; its name without `.yaml` is its id.
`vsdocs rubric check FILE` tells every slip with its line; `vsdocs rubric show ID` prints it as a rule book for teachers.
With `# yaml-language-server: $schema=rubric.schema.json` as its first line, editors check it while it is typed.

A rubric under which a letter has gone out is never edited, because the letter must stay explainable: write a new file
that `extends` it and gives a new `version`. Only what differs needs to be written; `null` takes a thing away.

```yaml
extends: dorset-2025-26
version: "1.1"
areas:
  sdq:
    criteria:
      sdq_in_date: {params: {months: 6}}
      sdq_informant: null
  attendance:
    title: Attendance
    criteria:
      attendance_recorded: {caps: red}
  rest:
    criteria:
      attendance_recorded: null
```

**Areas and criteria.** `areas` says what each area looks at and what it costs. `criteria` says of each criterion, once, its
`authority`, its `words`, its figures (`params`) and if need be its own `title`; so a criterion can be put into another area
without its words, as above. What an area says itself of a criterion goes before what `criteria` says. A criterion stands in
one area only.

**Caps.** Each area starts at Gold. `caps: red` means: not met, the area is Red at best; partly met, one grade better
(Amber). `caps: {not_met: red, partly: green}` says each by itself.

**Three grades.** With `best: green` no area and no PEP is graded above Green; a cap at Green then lowers nothing, but the
letter still asks for what is missing.

**Cannot tell.** What could not be found or read costs nothing. Where a criterion marked `deciding: true` cannot be told
and could still lower its area, the area has no grade; where an area marked `deciding: true` has none, neither has the PEP.
Where nothing of an area could be told and the form has no place for it, `no_place: green` gives its grade; without
`no_place` it has none.

**The rule.** The first line of `judgement` that holds decides, and the last has no `when`. `any_red`, `any_amber_or_worse`
and `all_amber_or_worse` name areas; `red`, `amber`, `green`, `gold`, `amber_or_worse` and `untold` count them
(`">=2"`, `"==0"`, `"<=1"`, or `most`: more than half of the areas that could be told). All that one line says must hold.

**Words.** `met` is what a letter says as a strength, `partly` and `not_met` are the reason, `advice` is what is asked.
The reader is a busy teacher today, and may be the child at 25: warm, plain, concrete, about the plan and never about the
child's worth. `{slots}` are filled from the PEP; a slot that the criterion does not supply is refused.

**Deadlines.** `deadlines` says when things are due: the days, whether they are working or school days, and who asks for it. No
grade hangs on it, so it may be edited at any time and nothing is graded again. `asked: false` takes one away. `vsdocs due`
counts by it, with the SDQ's threshold and the number of suspensions from `flags`.

## The rubrics that ship

All but the first are made from what the authority has published, and are not its own documents. What was read, what could
not be read and what we chose where the published text leaves a gap stands in each as `about`; the source of each line in
its `authority`. `fixtures/rubrics/` holds for each a plan that it grades otherwise than the default does, and why.

"""

_SAID = "What is said of a criterion wherever it stands; an area may say otherwise."


def readme() -> str:
    """The text of `rubrics/README.md`: how a rubric is written, and every criterion that it can use."""
    lines = [_HEAD + "| id | authority | title | areas | grades |\n|---|---|---|---|---|"]
    for rubric_id in sorted(ids(), key=lambda each: each != DEFAULT_RUBRIC):
        rubric = load(rubric_id)
        grades = ", ".join(grade.value.capitalize() for grade in reversed(rubric.grades))
        authority = rubric.authority.partition(" (")[0]
        lines += [f"| `{rubric_id}` | {authority} | {rubric.title} | {len(rubric.areas)} | {grades} |"]
    lines += ["", "## The criteria", ""]
    for criterion in all_criteria().values():
        params = criterion.params().model_dump(mode="json")
        lines += [f"### `{criterion.id}`: {criterion.title}", "", paragraphs(criterion.about), ""]
        if params:
            lines += ["Figures: " + ", ".join(f"`{name}` {figure(value)}" for name, value in params.items()) + ".", ""]
        slots = {state: _slots(criterion.id, state) for state in (Met.MET, Met.PARTLY, Met.NOT_MET)}
        told = [f"{state.replace('_', ' ')} {slots[state]}" for state in slots if slots[state]]
        lines += ["Slots: " + "; ".join(told) + ".", ""] if told else []
    return "\n".join(lines).rstrip() + "\n"


def _slots(criterion_id: str, state: Met) -> str:
    facts = supplied(criterion_id, state)
    return ", ".join(f"`{{{name}}}`" for name in sorted(frozenset.intersection(*facts))) if facts else ""


def schema() -> str:
    """The JSON Schema of a rubric file. Nothing is required, because a rubric may extend another; the loader checks that."""
    data: dict[str, Any] = Rubric.model_json_schema()
    del data["properties"]["id"]
    data["properties"]["extends"] = {"type": "string", "description": "the id of the rubric that this one changes"}
    data["title"] = "A vsdocs rubric"
    use = data["$defs"]["CriterionUse"]
    said = {name: part for name, part in use["properties"].items() if name in SHARED}
    data["$defs"]["CriterionSaid"] = use | {"description": _SAID, "title": "CriterionSaid", "properties": said}
    data["properties"]["criteria"] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/CriterionSaid"}}
    for part in (data, *data["$defs"].values()):
        part.pop("required", None)
    area = data["$defs"]["Area"]
    for part, name in ((data, "areas"), (data, "criteria"), (area, "criteria")):
        entries = part["properties"][name]
        entries["additionalProperties"] = {"anyOf": [entries["additionalProperties"], {"type": "null"}]}
    for part in (data, area):
        part["properties"]["criteria"]["propertyNames"] = {"enum": list(all_criteria())}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(readme(), encoding="utf-8")
    (FOLDER / "rubric.schema.json").write_text(schema(), encoding="utf-8")
