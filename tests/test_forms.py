"""Teaching a form: what was known, what was not, and a council's own wordings."""

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from conftest import FIXTURES, PEPS
from vsdocs.cli import vsdocs
from vsdocs.errors import PackError
from vsdocs.extract import extract, forms, load_vocabulary
from vsdocs.readers import read

ONE_OF_EACH = [
    sorted(PEPS.glob("d1*/*.docx"))[0],
    sorted(PEPS.glob("d5*/*.pdf"))[0],
    sorted(PEPS.glob("d6*/*.pdf"))[0],
    sorted((FIXTURES / "acroform").glob("*.pdf"))[0],
]
UNHEARD_OF = "Zodiacal quadrant"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(vsdocs, ["forms", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


@pytest.fixture
def strange_form(tmp_path: Path) -> Path:
    """A PEP in Word whose form calls the child's ethnicity something nobody has heard of."""
    document = docx.Document(str(sorted(PEPS.glob("d2*/*.docx"))[0]))
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                for run_ in cell.paragraphs[0].runs:
                    if run_.text == "Ethnicity":
                        run_.text = UNHEARD_OF
    path = tmp_path / "strange.docx"
    document.save(str(path))
    return path


def own_form(tmp_path: Path, field: str = "child.ethnicity") -> Path:
    path = tmp_path / "our-form.yaml"
    lines = f"extends: common\nfields:\n  {field}:\n    seen_in:\n      {UNHEARD_OF}: [our-form]\n"
    path.write_text(lines, encoding="utf-8")
    return path


@pytest.mark.parametrize("file", ONE_OF_EACH, ids=lambda path: path.parent.name)
def test_a_form_of_each_kind_is_explained_without_its_answers(file: Path) -> None:
    told = json.loads(run("explain", str(file), "--json"))
    truth = json.loads(file.with_suffix(".truth.json").read_text(encoding="utf-8"))["record"]
    assert told["is_pep"]
    assert len([label for label in told["labels"] if label["how"] == "known"]) > 20
    assert all(label["place"] for label in told["labels"])
    labels = " ".join(label["label"] for label in told["labels"])
    assert truth["child"]["upn"] not in labels
    assert not [target["text"] for target in truth["targets"] if target["text"] in labels]


def test_an_unknown_label_is_named_with_its_place_and_a_lesson(strange_form: Path) -> None:
    told = run("explain", str(strange_form))
    assert f"'{UNHEARD_OF}'  [" in told
    assert "child.ethnicity" in told.split("No box found for:")[1].splitlines()[0]
    assert "extends: common" in told


def test_five_lines_teach_a_wording(strange_form: Path, tmp_path: Path) -> None:
    data = strange_form.read_bytes()
    truth = json.loads(sorted(PEPS.glob("d2*/*.truth.json"))[0].read_text(encoding="utf-8"))["record"]
    without = extract(read(data), source="a", sha256="0" * 64)
    taught = extract(read(data), source="a", sha256="0" * 64, vocabulary=load_vocabulary(str(own_form(tmp_path))))
    assert without.record.child.ethnicity is None
    assert without.state("child.ethnicity") == "not_located"
    assert taught.record.child.ethnicity == truth["child"]["ethnicity"]


def test_every_form_that_ships_is_sound() -> None:
    assert forms.ids()
    for form in forms.ids():
        assert run("check", form).strip() == f"{form} is sound."


@pytest.mark.parametrize(
    ("field", "slip"),
    [("child.ethnicty", "did you mean 'child.ethnicity'"), ("child.upn", None)],
)
def test_a_slip_is_told_by_line_and_column(field: str, slip: str | None, tmp_path: Path) -> None:
    path = own_form(tmp_path, field)
    if slip is None:
        path.write_text(path.read_text(encoding="utf-8").replace(UNHEARD_OF, "Date of birth"), encoding="utf-8")
        slip = "'Date of birth' already stands for"
    with pytest.raises(PackError) as raised:
        forms.check(str(path))
    assert slip in raised.value.message
    assert raised.value.message.startswith(("our-form.yaml:", "common.yaml:"))


def test_forms_are_listed_with_the_layouts_they_have_seen() -> None:
    told = json.loads(run("list", "--json"))
    common = next(form for form in told if form["id"] == "common")
    assert common["wordings"] > 1000
    assert "d1_controls" in common["seen_in"]
