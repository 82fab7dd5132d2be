"""The page in a real browser: everybody can read and reach all of it. Needs no TensorFlow.

``python tests/test_page.py FOLDER`` writes the page there, with a picture of each view, and prints its figures.
"""

import itertools
import statistics
import sys
from pathlib import Path

import browser
import pytest
from pages import ALL_KINDS, SCHEMES, SEARCH, VIEWS, WIDTHS

from estimator_semantics.host import packaged, report


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_everybody_can_read_and_reach_it(driver, url, view, width, scheme):
    browser.look(driver, width=width, scheme=scheme)
    browser.visit(driver, f"{url}#{view}")
    driver.execute_script(SEARCH, ALL_KINDS)
    assert browser.violations(driver) == []
    overhang = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert driver.execute_script(overhang) == 0


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everybody_can_read_an_open_cell(driver, url, scheme):
    browser.look(driver, width=800, scheme=scheme)
    browser.visit(driver, f"{url}#table")
    driver.execute_script(SEARCH, ALL_KINDS)
    for kind in ("conforms", "documented", "absent"):
        driver.execute_script(f"document.querySelector('#cases tr:not([hidden]) td.{kind} button').click()")
        assert browser.violations(driver) == []
        driver.execute_script("document.querySelector('#details').close()")


def test_without_javascript_there_are_answers_and_no_dead_forms(driver, url):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.visit(driver, url)
        there = (
            "return [...document.querySelectorAll('form, select, nav, .questions, .messages')]"
            ".filter((each) => each.offsetParent).map((each) => each.className)"
        )
        assert driver.execute_script(there) == ["questions", "messages"]
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("view", VIEWS)
def test_it_fits_on_the_smallest_screen(driver, url, view):
    browser.look(driver, width=320)
    browser.visit(driver, f"{url}#{view}")
    assert driver.execute_script("return document.documentElement.scrollWidth") == 320


CELLS = "document.querySelectorAll('#cases td').length"


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_seen_before_its_table_is_made(driver, url, view):
    """The table has thousands of cells: they are made where they are shown, and after all else is there."""
    note = f"document.addEventListener('DOMContentLoaded', () => {{ window.cellsAtFirst = {CELLS}; }});"
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": note})
    try:
        browser.visit(driver, f"{url}#{view}")
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    first, now = driver.execute_script(f"return [window.cellsAtFirst, {CELLS}]")
    assert first == 0
    assert (now > 0) == (view == "table")


def measure() -> int:
    """Print the figures of the page: size, first paint, errors, violations."""
    found = report.page(packaged.records(), packaged.records_of_keras())
    path = Path(sys.argv[1]) / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found, "utf-8")
    print(f"size: {len(found.encode()):,} bytes")
    with browser.browser() as driver:
        wrong, paints = 0, []
        for view, width, scheme in itertools.product(VIEWS, WIDTHS, SCHEMES):
            browser.look(driver, width=width, scheme=scheme)
            browser.visit(driver, f"{path.resolve().as_uri()}#{view}")
            paints.append(browser.first_paint(driver))
            driver.save_screenshot(str(path.with_name(f"{view}-{width}-{scheme}.png")))
            driver.execute_script(SEARCH, ALL_KINDS)
            wrong += len(browser.violations(driver))
        print(f"first paint: {statistics.median(paints):.0f} ms, {max(paints):.0f} ms at most in {len(paints)} visits")
        print(f"accessibility violations (axe-core): {wrong}")
        print(f"console errors: {len(driver.get_log('browser'))}")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(measure()))
