"""The letter's template: ours is up to date, and a council's own is checked before a sweep reads its first PEP."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from docx import Document

from conftest import ROOT
from made_letters import render
from test_letter import TODAY, extraction, judged, words
from vsdocs.errors import PackError
from vsdocs.generate.letters import feedback


def make_templates() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_templates", ROOT / "scripts" / "make_templates.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_blank_letter_and_the_list_of_placeholders_are_up_to_date() -> None:
    script = make_templates()
    assert script.letter() == (ROOT / "templates" / "feedback.docx").read_bytes()
    assert script.readme() == (ROOT / "templates" / "README.md").read_text(encoding="utf-8")


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of our template with words replaced, each within one run."""
    document = Document(str(ROOT / "templates" / "feedback.docx"))
    for old, new in changes:
        runs = [r for p in document.paragraphs for r in p.runs if old in r.text]
        assert runs, old
        for run in runs:
            run.text = run.text.replace(old, new)
    path = folder / "ours.docx"
    document.save(str(path))
    return path


def test_our_own_template_has_no_fault() -> None:
    feedback.check_template(feedback.default_template())


def test_every_fault_of_a_template_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    path = edited(
        tmp_path, ("{{ thanks }}", "{{ thank }}"), ("{{ change.why }}", "{{ change.wy }}"), ("{{ school }}", "School")
    )
    with pytest.raises(PackError) as caught:
        feedback.check_template(path)
    lines = caught.value.message.splitlines()
    assert len(lines) == 4
    assert "'thank'" in lines[0]
    assert "'thanks'" in lines[0]
    assert "paragraph 12" in lines[0]
    assert "'change.wy'" in lines[1]
    assert "'change.why'" in lines[1]
    assert "{{ school }} is missing" in lines[2]
    assert "{{ change.why }} is missing" in lines[3]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ thanks }}", "{{ thanks", "not understood"),
        ("{%p endif %}", "", "not understood"),
        ("{{ thanks }}", "{{ thanks | shout }}", "shout"),
        ("{{ thanks }}", "{{ changes }}", "printed as a whole"),
        ("{{ change.stronger }}", "see the plan", "{{ change.stronger }} is missing"),
        ("{{ thanks }}", "{{ ''.__class__.__mro__ }}", "cannot be filled"),
        ("{{ thanks }}", "{ {thanks} }}", "not a placeholder"),
        ("{{ thanks }}", "{{ cycler.__init__.__globals__ }}", "there is no placeholder 'cycler'"),
        ("{{ thanks }}", "{{ thanks.__class__ }}", "cannot be filled"),
        ("{{ thanks }}", "{% for a in range(9) %}{% endfor %}", "cannot calculate"),
        ("{{ thanks }}", "{{ 'x' * 99999999999 }}", "cannot calculate"),
        ("{{ thanks }}", "{{ 9 ** 9 ** 9 }}", "cannot calculate"),
        ("{{ thanks }}", "{{ thanks | center(9999999999) }}", "cannot calculate"),
        ("{{ thanks }}", "{% for a in thanks %}" * 5 + "{% endfor %}" * 5, "more than 3 loops"),
    ],
)
def test_a_broken_template_is_told_in_words(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(PackError, match=re.escape(told)):
        feedback.check_template(edited(tmp_path, (old, new)))


def test_a_file_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ours.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(PackError, match="not a Word file"):
        feedback.check_template(path)
    with pytest.raises(PackError, match="not a Word file"):
        feedback.check_template(tmp_path / "absent.docx")


def test_a_council_may_have_its_own_template_and_sentences(tmp_path: Path) -> None:
    path = edited(tmp_path, ("{{ authority }}", "Eastmarsh County Council"))
    sentences = (ROOT / "templates" / "feedback.yaml").read_text(encoding="utf-8")
    path.with_suffix(".yaml").write_text(
        sentences.replace("We ask for no changes.", "Nothing to do, {forename}!"), encoding="utf-8"
    )
    feedback.check_template(path)
    pep = extraction()
    text = words(render(pep, judged(pep), TODAY, path))
    assert "Eastmarsh County Council" in text
    assert "Nothing to do, Tamsin!" in text


def test_a_slip_in_a_sentence_is_told_with_its_line(tmp_path: Path) -> None:
    path = edited(tmp_path)
    sentences = (ROOT / "templates" / "feedback.yaml").read_text(encoding="utf-8")
    path.with_suffix(".yaml").write_text(sentences.replace("  sdq_present:", "  sdq_presnt:"), encoding="utf-8")
    with pytest.raises(PackError, match=r"no criterion 'sdq_presnt' \(did you mean 'sdq_present'\?\)"):
        feedback.check_template(path)
    wrong = sentences.replace('no_change: "We', 'no_change: "{forname} We')
    path.with_suffix(".yaml").write_text(wrong, encoding="utf-8")
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if "forname" in text)
    with pytest.raises(PackError) as caught:
        feedback.check_template(path)
    assert f"ours.yaml:{line}:" in caught.value.message
    assert "did you mean 'forename'" in caught.value.message
