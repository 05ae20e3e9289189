"""Measures sweep.html and sweep.xlsx for 1,500 PEPs: copies of the fixtures with other names. Chromium must be installed."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from vsdocs.generate import page, workbook
from vsdocs.judgement import Judgement
from vsdocs.outcome import Outcome, OutcomeKind, Run, Settled, Sweep
from vsdocs.record import Extraction

HERE = Path(__file__).parent
PEPS, ROUNDS = 1500, 5
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Types into the search box and waits until the next frame is drawn; gives milliseconds.
FILTER = """async (words) => {
  const box = document.querySelector('input[type=search]');
  const started = performance.now();
  box.value = words;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - started;
}"""


def copies(folder: Path) -> Sweep:
    """A sweep of 1,500 PEPs, made of those that the command wrote into `folder`."""
    peps = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "peps").glob("*.json"))]
    outcomes = []
    for number in range(PEPS):
        told = dict(peps[number % len(peps)])
        judgement = Judgement.model_validate(told.pop("judgement"))
        told.pop("moderation")
        record = told["record"] | {"child": told["record"]["child"] | {"surname": f"Invented-{number:04d}"}}
        own = {"id": f"{number:012x}", "source": f"{number:04d}.docx", "record": record}
        extraction = Extraction.model_validate(told | own)
        outcomes.append(
            Outcome(
                source=extraction.source,
                id=extraction.id,
                outcome=OutcomeKind.GRADED,
                extraction=extraction,
                judgement=judgement.model_copy(update={"source": extraction.source}),
            )
        )
    run = Run(id="0001", today="2026-11-22", rubric="dorset-2025-26", rubric_version="1.0", term="Autumn 2026")
    files = tuple(Settled(o.source, o.id, o.outcome) for o in outcomes)
    return Sweep(run=run, files=files, outcomes=outcomes)


def seconds(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def filtering(path: Path) -> float:
    """Median milliseconds from a keystroke in the search box to the next drawn frame."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tab = browser.new_page()
        tab.goto(path.as_uri())
        times = [tab.evaluate(FILTER, words) for words in ("invented-00", "", "invented-1", "jayden", "")[:ROUNDS]]
        browser.close()
    return median(times)


def lines(home: Path) -> list[str]:
    out = home / "page"
    places = ["--out", str(out), "--store", str(home / "page.sqlite")]
    command = [sys.executable, "-m", "vsdocs", "sweep", "fixtures/peps", *places]
    reading = seconds(lambda: subprocess.run(command, cwd=HERE.parent, capture_output=True, check=True))
    made = copies(out)
    html, book = out / "many.html", out / "many.xlsx"
    drawing = seconds(lambda: html.write_bytes(page.render(made).encode()))
    binding = seconds(lambda: book.write_bytes(workbook.render(made)))
    return [
        "| what | figure |",
        "|---|---|",
        f"| sweep of the 24 fixtures, four of them scans, with letters | {reading:.0f} s |",
        f"| sweep.html for 1,500 PEPs | {html.stat().st_size / 1e6:.1f} MB, written in {drawing:.1f} s |",
        f"| filtering that page in headless Chromium, median of five | {filtering(html):.0f} ms |",
        f"| sweep.xlsx for 1,500 PEPs | {book.stat().st_size / 1e6:.1f} MB, written in {binding:.1f} s |",
    ]
