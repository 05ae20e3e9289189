"""`vsdocs templates`, and the templates that it finds: ours, the council's own, and files whose names are a slip."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn

from made_letters import kept
from made_sweeps import pep
from test_letter_command import STEMS
from test_templates import SAMPLE, TEMPLATES, template
from vsdocs.cli import vsdocs
from vsdocs.errors import PackError, VsdocsError
from vsdocs.generate import templates
from vsdocs.settings import Look, Settings


def test_every_word_file_of_ours_is_filled_and_every_file_is_sound() -> None:
    word = {path.name for path in TEMPLATES.glob("*.docx")}
    assert {one.file for one in templates.all_templates().values()} == word
    assert {one.name for one in templates.listed(Settings())} == set(templates.shipped())
    assert all(one.ours for one in templates.listed(Settings()))
    templates.check(Settings())


def test_what_must_stay_is_a_placeholder_of_its_kind() -> None:
    readme = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    for kind in templates.all_templates().values():
        assert f"## {kind.file}" in readme
        for name in kind.required:
            assert f"| `{{{{ {name} }}}}` |" in readme


def run(folder: Path, *arguments: str) -> Any:
    result = CliRunner().invoke(vsdocs, ["templates", *arguments], standalone_mode=False)
    code = result.exception.exit_code if isinstance(result.exception, VsdocsError) else result.return_value
    said = result.exception.message if isinstance(result.exception, VsdocsError) else ""
    return int(code), result.output + said


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("vsdocs.cli.store_key.default_store", lambda: str(tmp_path / "none.sqlite"))
    return tmp_path


def test_templates_are_copied_and_never_over_a_file(desk: Path) -> None:
    code, said = run(desk, "copy", "ours")
    assert code == 0
    assert 'templates = "ours"' in said
    assert (desk / "ours" / "feedback.docx").read_bytes() == (TEMPLATES / "feedback.docx").read_bytes()
    (desk / "ours" / "feedback.yaml").write_text("mine", encoding="utf-8")
    (desk / "ours" / "feedback.docx").unlink()
    code, said = run(desk, "copy", "ours")
    assert code == 0
    assert "feedback.yaml: was there already" in said
    assert "feedback.docx: copied" in said
    assert (desk / "ours" / "feedback.yaml").read_text(encoding="utf-8") == "mine"


def test_the_list_says_whose_template_is_used(desk: Path) -> None:
    run(desk, "copy", "ours")
    (desk / "ours" / "feedback.yaml").unlink()
    (desk / "vsdocs.toml").write_text('[look]\ntemplates = "ours"', encoding="utf-8")
    code, said = run(desk, "list", "--json")
    assert code == 0
    whose = {one["file"]: one["whose"] for one in json.loads(said)}
    assert whose["feedback.docx"] == "your own"
    assert whose["feedback.yaml"] == "ours"
    code, said = run(desk, "list")
    assert re.search(r"feedback\.docx +your own +the feedback letter", said)


def spoil(path: Path) -> None:
    document = Document(str(path))
    for text in document.element.iter(qn("w:t")):
        text.text = (text.text or "").replace("{{ thanks }}", "{{ thankss }}")
    document.save(str(path))


def test_all_faults_of_all_templates_are_told_at_once(desk: Path) -> None:
    run(desk, "copy", "ours")
    (desk / "vsdocs.toml").write_text('[look]\ntemplates = "ours"', encoding="utf-8")
    assert run(desk, "check")[0] == 0
    spoil(desk / "ours" / "feedback.docx")
    sentences = desk / "ours" / "feedback.yaml"
    sentences.write_text(sentences.read_text(encoding="utf-8").replace("{forename}", "{forname}", 1), encoding="utf-8")
    (desk / "ours" / "feedbak.docx").write_bytes(b"")
    (desk / "ours" / "~$edback.docx").write_bytes(b"")
    code, said = run(desk, "check")
    assert code == 5
    assert "did you mean 'thanks'" in said
    assert "did you mean 'forename'" in said
    assert re.search(r"feedback\.yaml:\d+:\d+: ", said)
    assert "feedbak.docx: nothing is written from a file of this name (did you mean 'feedback.docx'?)" in said
    assert "~$" not in said
    code, said = run(desk, "check", "--json")
    assert code == 5
    assert len(json.loads(said)["faults"]) == 3
    (desk / "ours" / "feedbak.docx").unlink()


def test_what_was_typed_in_is_told_by_its_place_and_not_by_its_words(desk: Path) -> None:
    run(desk, "copy", "ours")
    lead = 'authority = {lead = "Denise Pugh"}\n'
    (desk / "vsdocs.toml").write_text(f'{lead}[look]\ntemplates = "ours"', encoding="utf-8")
    assert kept(desk / "s.sqlite", pep(STEMS[0]), moderated=())
    child = pep(STEMS[0]).record.child
    sentences, store = desk / "ours" / "recognition.yaml", ["--store", str(desk / "s.sqlite")]
    clean = sentences.read_text(encoding="utf-8")
    code, said = run(desk, "check", *store)
    assert code == 0
    assert "name" not in said  # ours name nobody
    for typed, wanted in (
        (f"Thank you for {child.forename} {child.surname}.", "the name of a child whom the store or the roll knows"),
        ("The UPN is H801200012345.", "a UPN"),
        ("Born on 14/12/2009.", "a birth date"),
    ):
        sentences.write_text(f'{clean}second_look: "{typed}"\n', encoding="utf-8")
        code, said = run(desk, "check", *store)
        assert code == 5, typed
        assert f"recognition.yaml:{len(clean.splitlines()) + 1}: {wanted} is typed in here" in said
        assert str(child.surname) not in said
    sentences.write_text(f'{clean}second_look: "Ring Jasmine Okoro, or Denise Pugh."\n', encoding="utf-8")
    code, said = run(desk, "check", *store)
    assert code == 0
    assert "what may be a person's name" in said
    assert "Jasmine" not in said
    sentences.write_text(f'{clean}second_look: "Ring Denise Pugh in May, or {{lead}}."\n', encoding="utf-8")
    assert "person's name" not in run(desk, "check", *store)[1]
    sentences.write_text(clean, encoding="utf-8")
    document = Document(str(desk / "ours" / "letter.docx"))
    document.paragraphs[-1].add_run(f" {child.surname}, {child.forename}")
    document.save(str(desk / "ours" / "letter.docx"))
    code, said = run(desk, "check", *store)
    assert code == 5
    assert re.search(r"letter\.docx: .*paragraph \d+: the name of a child", said)


def test_sentences_that_others_extend_are_no_strays(desk: Path) -> None:
    run(desk, "copy", "ours")
    (desk / "ours" / "feedback.yaml").rename(desk / "ours" / "house.yaml")
    (desk / "ours" / "feedback.yaml").write_text('extends: house\nsent: "It came."\n', encoding="utf-8")
    (desk / "vsdocs.toml").write_text('[look]\ntemplates = "ours"', encoding="utf-8")
    assert run(desk, "check")[0] == 0


def test_a_template_of_one_letter_alone_is_checked_too(desk: Path) -> None:
    """A council may write one kind of letter on a paper of its own: a Word file of the name of its sentences."""
    (desk / "ours").mkdir()
    template(desk / "ours", "{{ titel }}", name="visit.docx")
    settings = Settings(look=Look(templates=desk / "ours"))
    paper = templates.Template("paper", "letters", SAMPLE, (), lambda _: {"visit.yaml": lambda: None})
    assert paper.word_files(settings) == ["paper.docx", "visit.docx"]
    assert any("visit.docx: paragraph 2" in fault for fault in templates._faults(paper, settings))


def test_two_templates_of_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = templates.all_templates()["feedback"]
    twin = templates.Template("feedback", "another", SAMPLE, ())
    monkeypatch.setattr(templates, "_scanned", lambda: iter((one, one, twin)))
    with pytest.raises(PackError, match="are called 'feedback'"):
        templates.all_templates.__wrapped__()
