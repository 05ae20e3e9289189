"""A person's grade stands beside the suggestion, decides the letter, and is never lost; readers' agreement is told."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from conftest import PEPS, extraction_of
from made_letters import render
from vsdocs import rubric
from vsdocs.cli import vsdocs
from vsdocs.dates import parse_iso
from vsdocs.errors import ExitCode, RefusedError, VsdocsError
from vsdocs.judgement import Grade, Met
from vsdocs.moderation import Given, Moderation, agreement, kappa, moderated, sample, standing, suggested

TODAY = "2026-11-20"
DAY = parse_iso(TODAY)
PEP = extraction_of(sorted(PEPS.rglob("*.truth.json"))[0])
assert DAY is not None
JUDGEMENT = rubric.score(PEP, rubric.load("dorset-2025-26"), DAY)
RANKS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


def moderation(
    given: Given, *, second: bool = False, sha256: str = PEP.sha256, reader: str = "A Whitcombe"
) -> Moderation:
    return Moderation(
        sha256=sha256,
        rubric="dorset-2025-26",
        reader=reader,
        day=TODAY,
        second=second,
        given=given,
        suggested=suggested(JUDGEMENT),
    )


# ------------------------------------------------------------------------------------------------------- what counts
def test_a_persons_grades_take_the_place_of_the_suggested_ones() -> None:
    weak = next(f for f in JUDGEMENT.criteria if f.state is Met.NOT_MET)
    given = Given(grade=Grade.GOLD, areas={"targets": Grade.GOLD}, criteria={weak.id: Met.MET})
    after = moderated(JUDGEMENT, moderation(given))
    assert after.grade is Grade.GOLD
    assert {a.id: a.grade for a in after.areas}["targets"] is Grade.GOLD
    assert {f.id: f.state for f in after.criteria}[weak.id] is Met.MET
    assert {a.id: a.grade for a in after.areas}["sdq"] == {a.id: a.grade for a in JUDGEMENT.areas}["sdq"]
    assert "A Whitcombe" in after.rule


def test_without_a_persons_grade_the_suggestion_stands() -> None:
    assert moderated(JUDGEMENT, None) == JUDGEMENT
    assert moderated(JUDGEMENT, moderation(Given(areas={"targets": Grade.RED}))) == JUDGEMENT


def test_the_last_moderation_stands_and_a_second_reading_never_does() -> None:
    first, again = moderation(Given(grade=Grade.RED)), moderation(Given(grade=Grade.AMBER))
    blind = moderation(Given(grade=Grade.GOLD), second=True)
    assert standing([first, again, blind]) == {PEP.sha256: again}


def test_a_letter_is_a_draft_until_a_person_has_graded_the_pep() -> None:
    suggestion = JUDGEMENT.model_copy(update={"source": PEP.source})
    draft = words_of(render(PEP, suggestion, DAY))
    assert draft[0].startswith("DRAFT")
    final = words_of(render(PEP, suggestion, DAY, moderation=moderation(Given(grade=Grade.AMBER))))
    assert not any("DRAFT" in line for line in final)
    assert "Overall grade: Amber" in final


def test_a_grade_given_to_another_pep_makes_no_letter() -> None:
    other = moderation(Given(grade=Grade.GOLD), sha256="0" * 64)
    with pytest.raises(RefusedError):
        render(PEP, JUDGEMENT.model_copy(update={"source": PEP.source}), DAY, moderation=other)


# --------------------------------------------------------------------------------------------------------- agreement
@given(RANKS)
def test_kappa_is_one_for_equal_readings_and_the_same_both_ways(pairs: list[tuple[int, int]]) -> None:
    assert kappa([(a, a) for a, _ in pairs]) in (None, 1)
    turned = kappa([(b, a) for a, b in pairs])
    assert kappa(pairs) == (pytest.approx(turned) if turned is not None else None)


def test_kappa_by_hand() -> None:
    """Two of four differ by one step: 2 squared steps seen. Each of the first with each of the second: 16 pairs, 16 steps.

    (0,1,1,2) against (0,1,2,1): 0 with 0,1,2,1 gives 0+1+4+1; each 1 gives 1+0+1+0; 2 gives 4+1+0+1. In all 6+2+2+6.
    """
    assert kappa([(0, 0), (1, 1), (1, 2), (2, 1)]) == pytest.approx(1 - (2 / 4) / (16 / 16))


def test_agreement_tells_blind_readings_from_those_that_had_seen_the_suggestion() -> None:
    seen = moderation(Given(grade=JUDGEMENT.grade, areas={"targets": Grade.GREEN}))
    blind = moderation(
        Given(grade=Grade.GOLD, areas={"targets": Grade.GREEN}, criteria={"targets_present": Met.MET}), second=True
    )
    found = {(one.between, one.of): one for one in agreement([seen, blind])}
    assert found["moderator and suggestion", "overall"].exact == 1
    assert found["moderator and second reader", "targets"].exact == 1
    assert found["second reader (blind) and suggestion", "targets_present"].peps == 1
    assert ("moderator and suggestion", "targets_present") not in found, "what was not given is not compared"


@given(st.sets(st.text("abcdef0123456789", min_size=12, max_size=12), min_size=1, max_size=60), st.floats(0.01, 1))
def test_a_sample_is_a_share_of_the_peps_and_the_same_each_time(ids: set[str], share: float) -> None:
    drawn = sample(ids, share, "0001")
    assert drawn == sample(sorted(ids, reverse=True), share, "0001")
    assert set(drawn) <= ids
    assert len(ids) * share <= len(drawn) < len(ids) * share + 1 or len(drawn) == 1


# ------------------------------------------------------------------------------------------------------- the command
@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and the results of a sweep of three PEPs."""
    place = tmp_path_factory.mktemp("moderation")
    (place / "peps").mkdir()
    for path in sorted(PEPS.rglob("*.docx"))[:3]:
        (place / "peps" / path.name).write_bytes(path.read_bytes())
    assert again(place) == ExitCode.DONE
    return place


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(vsdocs, arguments, input=typed, standalone_mode=False)


def again(place: Path) -> int:
    """Sweeps the folder and gives the exit code."""
    done = run("sweep", str(place / "peps"), "--out", str(place / "out"), "--store", str(place / "s"), "--today", TODAY)
    return int(done.return_value)


def moderate(place: Path, *arguments: str, typed: str = "") -> Result:
    return run("moderate", *arguments, "--store", str(place / "s"), typed=typed)


def waiting(place: Path) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads(moderate(place, "list", "--json").stdout)
    return listed


def test_the_main_path_from_the_list_to_a_letter_that_is_no_draft(swept: Path) -> None:
    before = waiting(swept)
    assert len(before) == 3
    accepted, changed, left = before[0], before[1], before[2]
    assert "Have you read" in moderate(swept, "accept", accepted["id"], "--by", "A Whitcombe", typed="y\n").stdout
    grade = "green" if changed["suggested"] != "green" else "gold"
    unreasoned = moderate(swept, "set", changed["id"], grade, "--by", "A Whitcombe")
    assert isinstance(unreasoned.exception, VsdocsError)
    moderate(swept, "set", changed["id"], grade, "--by", "A Whitcombe", "--reason", "Seen with the school")
    assert [pep["id"] for pep in waiting(swept)] == [left["id"]]

    assert again(swept) == ExitCode.DONE
    files = {f["id"]: f for f in json.loads((swept / "out" / "sweep.json").read_text())["files"]}
    assert files[changed["id"]]["grade"] == grade
    kept = json.loads((swept / "out" / "peps" / f"{changed['id']}.json").read_text())
    assert kept["judgement"]["grade"] == changed["suggested"]
    assert (kept["moderation"]["reader"], kept["moderation"]["reason"]) == ("A Whitcombe", "Seen with the school")
    drafts = {pep["id"]: words_of((swept / "out" / "letters" / f"{pep['id']}.docx").read_bytes())[0] for pep in before}
    assert drafts[left["id"]].startswith("DRAFT")
    assert not drafts[changed["id"]].startswith("DRAFT")


def test_nothing_is_accepted_without_a_yes(swept: Path) -> None:
    pep = waiting(swept)[-1]
    moderate(swept, "accept", pep["id"], "--by", "A Whitcombe", typed="n\n")
    assert pep in waiting(swept)


def test_the_sample_shows_no_grade_and_comes_back_filled(swept: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "second.csv"
    moderate(swept, "sample", "--share", "60", "--out", str(sheet))
    text = sheet.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2
    assert all(set(filter(None, row.values())) == {row["id"], row["file"]} for row in rows)
    rows[0] |= {"overall": "Amber", "targets": "red", "targets_present": "not met"}
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert "1 second reading" in moderate(swept, "set", "--file", str(sheet), "--by", "B Sarkis").stderr
    found = json.loads(moderate(swept, "agreement", "--json").stdout)
    blind = {one["of"] for one in found if "blind" in one["between"]}
    assert {"overall", "targets"} <= blind


def test_a_slip_in_the_sheet_is_told_with_its_row_and_nothing_is_kept(swept: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "second.csv"
    ids = [pep.name[:12] for pep in sorted((swept / "out" / "peps").glob("*.json"))]
    sheet.write_text(f"id,overall\n{ids[0]},green\n{ids[1]},purple\n", encoding="utf-8")
    before = moderate(swept, "agreement", "--json").stdout
    failed = moderate(swept, "set", "--file", str(sheet), "--by", "B Sarkis")
    assert "Row 3" in str(failed.exception)
    assert moderate(swept, "agreement", "--json").stdout == before


def test_a_sheet_with_semicolons_is_read_as_well(swept: Path, tmp_path: Path) -> None:
    pep = next((swept / "out" / "peps").glob("*.json")).name[:12]
    filled = tmp_path / "second.csv"
    filled.write_text(f"\ufeffid;file;overall;targets\r\n{pep};a.docx;Green;amber\r\n", encoding="utf-8")
    assert "1 second reading" in moderate(swept, "set", "--file", str(filled), "--by", "B Sarkis").stderr


def test_no_grade_is_given_that_the_rubric_does_not_know(swept: Path, tmp_path: Path) -> None:
    run(
        "sweep",
        str(swept / "peps"),
        "--out",
        str(tmp_path / "o"),
        "--store",
        str(tmp_path / "s"),
        "--rubric",
        "lancashire",
    )
    pep = waiting(tmp_path)[0]
    refused = moderate(tmp_path, "set", pep["id"], "gold", "--by", "A Whitcombe", "--reason", "All in place")
    assert "best grade of this rubric is Green" in str(refused.exception)


def test_before_any_sweep_there_is_nothing_to_moderate(tmp_path: Path) -> None:
    nothing = moderate(tmp_path, "list")
    assert "no store there" in str(nothing.exception)


def words_of(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]


def test_a_colleagues_grade_is_named_before_it_is_replaced(swept: Path) -> None:
    pep = next((swept / "out" / "peps").glob("*.json")).name[:12]
    moderate(swept, "set", pep, "amber", "--by", "A Whitcombe", "--reason", "Seen with the school")
    after = moderate(swept, "set", pep, "red", "--by", "C Obuya", "--reason", "The targets are empty")
    assert "A Whitcombe gave this PEP Amber" in after.stderr
    assert "Seen with the school" in after.stderr


def test_nobody_is_their_own_second_reader_and_nobody_grades_without_a_name(swept: Path) -> None:
    pep = next((swept / "out" / "peps").glob("*.json")).name[:12]
    moderate(swept, "set", pep, "amber", "--by", "A Whitcombe", "--reason", "Seen with the school")
    own = moderate(swept, "set", pep, "amber", "--by", "a whitcombe", "--second")
    assert "no second reading" in str(own.exception)
    assert "Who gives" in str(moderate(swept, "set", pep, "amber", "--by", " ", "--reason", "x").exception)


def test_a_sheet_that_nobody_filled_is_said_to_be_so(swept: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "second.csv"
    moderate(swept, "sample", "--out", str(sheet))
    assert "No row" in str(moderate(swept, "set", "--file", str(sheet), "--by", "B Sarkis").exception)
