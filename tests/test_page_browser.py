"""The sweep's page in a real browser: filters, keyboard, accessibility, hostile text, no network. Skipped without one."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from made_sweeps import graded, hostile_sweep, pep, sweep, term
from vsdocs.generate import listing, page
from vsdocs.judgement import Grade
from vsdocs.outcome import Sweep

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(term(), tmp_path_factory.mktemp("page"))


@pytest.fixture
def tab(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(address)
    yield opened
    opened.close()


def saved(made: Sweep, folder: Path) -> str:
    path = folder / "sweep.html"
    path.write_bytes(page.render(made).encode("utf-8"))
    return path.as_uri()


def shown(tab: sync_api.Page) -> int:
    rows = tab.locator("#list tr[id^=pep-]:not([hidden])").count()
    assert tab.locator("#count").inner_text() == f"Showing {rows} of 24 PEPs"
    return rows


def open_everything(tab: sync_api.Page) -> None:
    tab.evaluate("document.querySelectorAll('#list th button').forEach((b, n) => n < 4 && b.click())")
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(browser: sync_api.Browser, address: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(address)
    for _ in range(2):
        found = axe.Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        open_everything(tab)
    tab.close()


def test_every_target_is_big_enough_to_hit(tab: sync_api.Page) -> None:
    open_everything(tab)
    small = tab.evaluate(
        """[...document.querySelectorAll('a:not(.skip), button, input:not([type=checkbox]), select, summary')]
           .filter((e) => e.offsetParent && (e.offsetHeight < 24 || e.offsetWidth < 24))
           .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_each_filter_narrows_the_list_and_clear_brings_it_back(tab: sync_api.Page) -> None:
    assert shown(tab) == 24
    tab.select_option("#grade", "red")
    red = shown(tab)
    assert 0 < red < 24
    assert set(tab.locator("#list tr[id^=pep-]:not([hidden]) td[data-label=Grade]").all_inner_texts()) == {"Red"}
    tab.select_option("#year", "Year 11")
    assert shown(tab) < red
    tab.get_by_role("button", name="Clear filters").click()
    assert shown(tab) == 24
    tab.get_by_role("checkbox", name="Needs a person").check()
    assert shown(tab) == 1
    tab.get_by_role("button", name="Clear filters").click()
    tab.get_by_role("searchbox").fill("NORTHGATE mirz")
    assert shown(tab) == 1
    tab.get_by_role("searchbox").fill("no such child")
    assert shown(tab) == 0
    assert tab.locator("#nothing").is_visible()


def test_the_filters_survive_refresh_and_no_name_stands_in_the_address(tab: sync_api.Page) -> None:
    tab.select_option("#school", label="Northgate Park Academy")
    tab.get_by_role("searchbox").fill("sana")
    assert shown(tab) == 1
    assert "school=" in tab.url
    assert not re.search("sana|mirzaei|northgate", tab.url, re.IGNORECASE)
    tab.reload()
    assert tab.input_value("#q") == "sana"
    assert shown(tab) == 1


def test_back_returns_to_the_filters_as_they_were(tab: sync_api.Page) -> None:
    tab.select_option("#grade", "green")
    before = shown(tab)
    tab.locator("#themes a").last.click()
    sync_api.expect(tab.locator("#peps-title")).to_be_focused()  # waits: the page hears of it a moment later
    assert tab.input_value("#weak") != ""
    tab.go_back()
    sync_api.expect(tab.locator("#weak")).to_have_value("")  # waits, as does going back
    assert (tab.input_value("#grade"), shown(tab)) == ("green", before)


def test_a_theme_s_link_shows_as_many_peps_as_it_says(tab: sync_api.Page) -> None:
    for row in tab.locator("#themes tbody tr").all():
        count = int(re.match(r"\d+", row.locator("td.number").first.inner_text()).group())  # type: ignore[union-attr]
        row.locator("a").click()
        sync_api.expect(tab.locator("#count")).to_have_text(f"Showing {count} of 24 PEPs")
        assert shown(tab) == count


def test_a_pep_opens_by_keyboard_and_shows_its_findings_with_words_and_places(tab: sync_api.Page) -> None:
    button = tab.get_by_role("button", name="Reuben Ashdown")
    button.focus()
    tab.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    panel = tab.get_by_role("region", name="Reuben Ashdown")
    text = panel.inner_text()
    entry = next(e for e in listing.entries(term()) if e.child == "Reuben Ashdown")
    target = entry.pep.record.targets[0].text if entry.pep else None
    for words in (
        "Partly met, which caps this area at Amber",
        "What to change:",
        "Not yet SMART",
        "Time-bound",
        target,
    ):
        assert str(words) in text
    panel.get_by_text("Met, or does not apply").first.click()
    assert "Voice 1 · page 1, table 4, row 2" in panel.inner_text()
    tab.keyboard.press("Shift+Tab")
    button.focus()
    tab.keyboard.press("Enter")
    assert panel.is_hidden()


def test_the_list_for_a_person_leads_to_the_pep_even_when_it_is_filtered_out(tab: sync_api.Page) -> None:
    tab.select_option("#grade", "gold")
    link = tab.locator("#people a").first
    name = link.inner_text()
    link.click()
    sync_api.expect(tab.get_by_role("region", name=name)).to_be_visible()
    assert shown(tab) == 24


def test_order_weakest_first_begins_with_what_has_no_grade(tab: sync_api.Page) -> None:
    tab.get_by_role("button", name="Reuben Ashdown").click()
    tab.select_option("#sort", "score")
    order = tab.locator("#list tr[id^=pep-] td[data-label=Grade]").all_inner_texts()
    ranks = ["No grade", "Red", "Amber", "Green", "Gold"]
    assert order == sorted(order, key=ranks.index)
    before = tab.get_by_role("region", name="Reuben Ashdown").evaluate(
        "(e) => e.closest('tr').previousElementSibling.innerText"
    )
    assert "Reuben Ashdown" in before


def test_hostile_text_stays_text_and_nothing_is_asked_of_the_network(browser: sync_api.Browser, tmp_path: Path) -> None:
    tab = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    start = saved(hostile_sweep(), tmp_path)
    tab.goto(start)
    tab.evaluate("document.querySelectorAll('#list th button').forEach((b) => b.click())")
    assert tab.locator(".panel").count() == tab.locator("#list tr[id^=pep-]").count()
    assert "</script><script>alert(1)</script>" in tab.locator("#list").inner_text()
    assert tab.locator(".panel img, .panel script, .panel a").count() == 0
    assert said == []
    assert asked == [start]
    tab.close()


def test_without_scripts_the_lists_can_still_be_read(browser: sync_api.Browser, address: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    tab = plain.new_page()
    tab.goto(address)
    text = tab.locator("body").inner_text()
    for words in (
        "runs no scripts",
        "Sana Mirzaei",
        "Ask the school for a copy without a password.",
        "PEPs by overall",
    ):
        assert words in text
    assert tab.get_by_role("searchbox").count() == 0
    plain.close()


def test_a_large_sweep_filters_as_a_small_one_does(browser: sync_api.Browser, tmp_path: Path) -> None:
    of = pep("d2_fourcol_4_mirzaei")
    outcomes = []
    for number in range(400):
        child = of.record.child.model_copy(update={"surname": f"Name{number:03d}"})
        copy = of.model_copy(
            update={
                "id": f"{number:012x}",
                "source": f"{number:03d}.docx",
                "record": of.record.model_copy(update={"child": child}),
            }
        )
        outcomes.append(graded(copy, list(Grade)[number % 4]))
    tab = browser.new_page()
    tab.goto(saved(sweep(*outcomes), tmp_path))
    tab.get_by_role("searchbox").fill("name12")
    assert tab.locator("#count").inner_text() == "Showing 10 of 400 PEPs"
    tab.get_by_role("button", name="Sana Name129").click()
    assert tab.get_by_role("region", name="Sana Name129").is_visible()
    tab.close()
