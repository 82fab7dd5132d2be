"""The table of the page, in a browser: filtered, by keyboard, printed, without colours. Needs no TensorFlow."""

import re

import browser
import pytest
from pages import press, text

from estimator_semantics.host import catalogue, packaged, words


def test_the_table_is_filtered(driver, url):
    browser.visit(driver, f"{url}#table")
    script = """
    for (const [id, value] of Object.entries(arguments[0])) {
      const field = document.getElementById(id);
      if (field.type === "checkbox") field.checked = value; else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return [...document.querySelectorAll("#cases tbody tr:not([hidden]) small")].map((each) => each.textContent);
    """
    everything = driver.execute_script(script, {})
    evaluate = driver.execute_script(script, {"api": "evaluate"})
    assert 0 < len(evaluate) < len(everything)
    assert all(name.startswith("eval") for name in evaluate)
    documented = driver.execute_script(script, {"api": "", "outcome": "deviates as documented"})
    assert "forgotten_global_step[one epoch]" in documented and "steps_implicit" not in documented
    differing = driver.execute_script(script, {"outcome": "", "differ": True})
    assert "saved_steps[35 steps]" in differing and "steps_implicit" not in differing
    assert driver.execute_script(script, {"search": "no such thing"}) == []
    assert text(driver, "#shown") == f"0 of {len(everything)} cases"


def test_it_is_used_with_the_keyboard(driver, url):
    from selenium.webdriver.common.keys import Keys

    browser.look(driver, width=1400)
    browser.visit(driver, f"{url}#table")
    driver.execute_script("document.getElementById('scroller').focus()")
    press(driver, Keys.TAB)
    focused = "return document.activeElement.dataset.at"
    assert driver.execute_script(focused) == "0,0"
    press(driver, Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert driver.execute_script(focused) == "1,1"
    press(driver, Keys.END, Keys.ENTER)
    assert driver.execute_script("return document.getElementById('details').open")
    assert "estimator-semantics run" in text(driver, "#again")
    press(driver, Keys.ESCAPE)
    assert not driver.execute_script("return document.getElementById('details').open")
    assert driver.execute_script(focused) == f"1,{len(packaged.records()) - 1}"


def test_its_heads_stay_in_sight(driver, url):
    browser.look(driver, width=800)
    browser.visit(driver, f"{url}#table")
    script = """
    const scroller = document.getElementById("scroller");
    scroller.style.scrollBehavior = "auto";
    scroller.scrollTo(400, 600);
    const [box, head, name] = [scroller, document.querySelector("#cases thead th:nth-child(5)"),
      document.querySelector("#cases tbody tr:nth-child(20) th")].map((each) => each.getBoundingClientRect());
    return [head.top - box.top, name.left - box.left];
    """
    assert driver.execute_script(script) == [1, 1]  # the width of the frame


@pytest.mark.parametrize("width", [375, 800])
def test_the_cell_with_the_focus_is_in_sight(driver, url, width):
    from selenium.webdriver.common.keys import Keys

    browser.look(driver, width=width)
    browser.visit(driver, f"{url}#table")
    driver.execute_script("""
        document.getElementById("scroller").style.scrollBehavior = "auto";
        const row = document.querySelector("#cases tbody tr:nth-child(30)");
        row.scrollIntoView({ block: "start" });
        row.querySelector("td:last-child button").focus();
    """)
    overlap = """
        const [cell, names, heads] = [document.activeElement, document.activeElement.closest("tr").cells[0],
          document.querySelector("#cases thead")].map((each) => each.getBoundingClientRect());
        return [names.right - cell.left, heads.bottom - cell.top];
    """
    for key in [Keys.ARROW_LEFT] * 15 + [Keys.ARROW_UP] * 15:
        press(driver, key)
        assert max(driver.execute_script(overlap)) <= 0, key


@pytest.mark.parametrize("width", [700, 1080])
def test_all_releases_are_printed(driver, url, width):
    browser.look(driver, width=width)
    browser.visit(driver, f"{url}#table")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    ends = (
        "return [...document.querySelectorAll('#cases th:last-child, #cases td:last-child')]"
        ".map((each) => each.getBoundingClientRect().right)"
    )
    try:
        assert 0 < max(driver.execute_script(ends)) <= width
        assert (
            driver.execute_script(
                "return getComputedStyle(document.querySelector('#cases td.documented')).printColorAdjust"
            )
            == "exact"
        )
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_narrow_screen_begins_with_the_newest_release(driver, url):
    inside = """
        const [box, last] = ["#scroller", "#cases thead th:last-child"]
            .map((each) => document.querySelector(each).getBoundingClientRect());
        return last.right <= box.right;
    """
    for width, newest in [(375, True), (1280, False)]:
        browser.look(driver, width=width)
        browser.visit(driver, f"{url}#table")
        assert driver.execute_script(inside) == newest


def test_another_result_than_before_is_seen_without_colours_and_heard(driver, url):
    browser.visit(driver, f"{url}#table")
    changed = """
        return [...document.querySelectorAll("#cases td")].filter((each) => each.classList.contains("changed") !==
          (each.textContent !== "" && each.firstChild.ariaLabel.endsWith(", changed"))).length;
    """
    assert driver.execute_script(changed) == 0
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "forced-colors", "value": "active"}]})
    width = "return getComputedStyle(document.querySelector('#cases td.changed')).borderLeftWidth"
    assert driver.execute_script(width) == "4px"


def test_everything_that_a_cell_says_is_in_the_key(driver, url):
    browser.look(driver, width=1280)
    browser.visit(driver, f"{url}#table")
    said = (
        "return [...new Set([...document.querySelectorAll('#cases td button')]"
        ".map((each) => each.textContent.replace(/[0-9.,]+/, '8')))]"
    )
    key = text(driver, ".legend").replace("175k", "8k")
    assert [each for each in driver.execute_script(said) if each not in key] == []
    bridged = [words.minor(release.version) for release in catalogue.releases() if release.estimator == "bridged"]
    assert f"{bridged[0]} to {bridged[-1]}" in key and "estimator_semantics.bridge" in key


def test_a_cell_says_what_was_measured_and_how_to_do_it_again(driver, url):
    browser.visit(driver, f"{url}#table")
    release = [record.header.versions.tensorflow for record in packaged.records()].index("1.9.0")
    case = "train_and_evaluate_max_steps[finite data below max_steps]"
    script = """
    const row = [...document.querySelectorAll("#cases tbody tr")]
        .find((each) => each.querySelector("small").textContent === arguments[0]);
    row.cells[arguments[1] + 1].querySelector("button").click();
    return document.getElementById("details").innerText;
    """
    said = driver.execute_script(script, case, release)
    assert "TensorFlow 1.9.0" in said
    assert re.search(r"^steps\t25\t25", said, re.MULTILINE)
    again = text(driver, "#again")
    assert again == f"estimator-semantics run '{case}' --tensorflow 1.9.0 --scale quick --again"
