"""Nothing a document, its name or its words hold gets out of its place; docs/threats.md says which test holds what."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FIXTURES, PEPS, truth_files
from made_letters import render
from made_sweeps import HOSTILE as TEXTS
from made_sweeps import graded, pep, sweep
from test_letter import RECORD, extraction, judged, paragraphs
from test_sweep import command, counts, entries
from vsdocs import deliver
from vsdocs.cli import sheet
from vsdocs.generate.plain import one_line

NAMES = [
    "../../outside.docx", "/etc/outside.docx", "..\\..\\outside.docx", "CON.docx", "NUL", "a\nb.docx", "\u202exdcod.exe",
    "n" * 300 + ".docx", "~$x.docx", " .docx", "-rf.docx", "$(id).docx", "%2e%2e%2f.docx", "a\x00b.docx", "'\";--.docx",
    "=cmd|' /C calc'!A0.docx", *TEXTS,
]  # fmt: skip
NAMES = [name for name in NAMES if not re.search("[\ud800-\udfff]", name)]
OURS = re.compile(
    r"sweep\.(html|json|xlsx)|letters|peps|letters/drafts\.json|letters/[0-9a-f]{12}\.docx|peps/[0-9a-f]{12}\.json"
)


# ------------------------------------------------------------------------------------------------------- names of files
def written(folder: Path, *names: str) -> set[str]:
    """The files that come of a sweep of files with these names, all below the folder around it."""
    out = folder / "in" / "out"
    out.mkdir(parents=True)
    deliver.write(sweep(*(graded(pep("d1_controls_2_belhadj", source=name)) for name in names)), out)
    assert {path.name for path in folder.iterdir()} == {"in"}
    assert {path.name for path in out.parent.iterdir()} == {"out"}
    return {path.relative_to(out).as_posix() for path in out.rglob("*")}


def test_files_that_are_written_are_never_named_by_a_document(tmp_path: Path) -> None:
    made = written(tmp_path, *NAMES)
    assert not [name for name in made if not OURS.fullmatch(name)]
    assert sum(name.startswith("letters/") for name in made) == len(set(NAMES)) + 1


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
@settings(max_examples=10, derandomize=True)
def test_any_name_at_all_stays_inside_the_results(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert not [made for made in written(tmp_path_factory.mktemp("any"), name) if not OURS.fullmatch(made)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_files_with_hostile_names_are_swept(tmp_path: Path) -> None:
    folder = tmp_path / "peps"
    folder.mkdir()
    names = [
        name for name in NAMES if "/" not in name and "\0" not in name and len(name.encode("utf-8", "replace")) < 255
    ]
    names = [name for name in names if name.isprintable() or name == "a\nb.docx"]
    for number, name in enumerate(names):
        (folder / name).write_bytes(b"%PDF-1.7\n" + bytes([number]))
    done = subprocess.run(command(folder, tmp_path), capture_output=True, text=True)
    assert done.returncode == 8, done.stderr
    assert {entry["source"] for entry in entries(tmp_path / "out")} == set(names)
    assert sum(counts(tmp_path / "out").values()) == len(names)
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")}
    assert not [name for name in made if not OURS.fullmatch(name) and name != ".sweep.lock"]


@pytest.mark.parametrize("name", [*TEXTS, "=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_no_name_is_a_formula_in_the_sheet_of_a_second_reader(name: str) -> None:
    _, *rows = sheet.blank(["overall"], [("0" * 12, name)]).split("\n")
    assert not re.search(r"(?:^|,)\"?[=+\-@\t\r]", "\n".join(rows))


# ------------------------------------------------------------------------------------------------- words of a document
@given(st.text(min_size=1, max_size=60).filter(one_line))
@settings(max_examples=25, derandomize=True)
def test_any_text_is_read_back_from_the_letter_as_it_was(text: str) -> None:
    of = extraction(RECORD | {"school": {"name": text}})
    assert one_line(text) in paragraphs(render(of, judged(of), date(2026, 10, 5)))


def test_a_letter_holds_no_code_whatever_the_plan_holds() -> None:
    of = extraction(RECORD | {"school": {"name": 'DDEAUTO c:\\windows\\cmd.exe "/k calc"'}})
    made = Document(io.BytesIO(render(of, judged(of), date(2026, 10, 5))))
    assert not [part for part in made.part.package.iter_parts() if "vba" in str(part.partname).lower()]
    assert "DDEAUTO" not in "".join(re.findall(r"<w:instrText[^>]*>(.*?)</w:instrText>", made.element.xml))
    assert not [
        rel for rel in made.part.rels.values() if rel.is_external and rel.reltype.rpartition("/")[2] != "hyperlink"
    ]


# ------------------------------------------------------------------------------------------------ logs, crashes, network
def children_of(parent: int) -> list[int]:
    """The processes that any thread of a process has started."""
    found: list[int] = []
    for path in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):  # the thread has ended since
            found += map(int, path.read_text().split())
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs to see which processes a sweep starts")
def test_no_name_is_left_in_logs_or_temporary_files_after_crashes(tmp_path: Path) -> None:
    """The workers of a sweep are killed again and again; what they and the sweep leave behind names nobody."""
    folder, left = tmp_path / "peps", tmp_path / "left"
    folder.mkdir()
    left.mkdir()
    for path in sorted(PEPS.rglob("*.docx"))[:5]:
        shutil.copy(path, folder)
    homes = dict.fromkeys(("TMPDIR", "TEMP", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), str(left))
    running = subprocess.Popen(
        command(folder, tmp_path),
        env=os.environ | homes,
        cwd=left,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    crashes = 0

    def crash() -> None:
        nonlocal crashes
        while running.poll() is None and crashes < 8:
            time.sleep(0.4)
            for child in children_of(running.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    crashes += 1

    killer = threading.Thread(target=crash)
    killer.start()
    said, complained = running.communicate(timeout=300)
    killer.join()
    assert crashes
    assert "Traceback" not in complained
    assert sum(counts(tmp_path / "out").values()) == 5
    told = said + complained + "".join(path.read_text("utf-8", "replace") for path in left.rglob("*") if path.is_file())
    for truth in truth_files():
        surname = truth.name.split(".")[0].rpartition("_")[2]
        assert surname.casefold() not in told.casefold()


def test_reading_and_grading_open_no_socket(tmp_path: Path) -> None:
    """In a process of its own, with every way out watched, also those of libraries that are loaded only then.

    To find out whether the machine has IPv6 a library binds a socket to this machine itself, and sends nothing.
    """
    watch = (
        "import sys\n"
        "def seen(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.sendto', 'socket.getaddrinfo', 'socket.gethostbyname', 'urllib.Request'):\n"
        "        sys.exit(f'reached out: {event}')\n"
        "    if event in ('os.system', 'os.exec', 'os.posix_spawn', 'subprocess.Popen', 'os.startfile'):\n"
        "        sys.exit(f'started a program: {event}')\n"
        "sys.addaudithook(seen)\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from vsdocs import pipeline, rubric\n"
        "from vsdocs.errors import FileProblem\n"
        "rules = rubric.load('dorset-2025-26')\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        pipeline.grade(pipeline.read(Path(name).read_bytes(), name), rules, date(2026, 11, 22))\n"
        "    except FileProblem:\n"
        "        pass\n"
        "print('done')\n"
    )
    reaching = [FIXTURES / "hostile" / name for name in ("reaching_out.docx", "active.pdf", "external_entity.docx")]
    reaching += [FIXTURES / "issues" / name for name in ("starts_a_program.docx", "carries_files.pdf")]
    reaching += [next(PEPS.rglob("*.docx")), next(PEPS.rglob("d5_*.pdf"))]
    done = subprocess.run(
        [sys.executable, "-c", watch, *map(str, reaching)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.strip() == "done", done.stderr
    assert not list(tmp_path.iterdir())
