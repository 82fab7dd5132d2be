"""Two releases side by side on the page, in a browser. Needs no TensorFlow."""

import browser
from pages import text

from estimator_semantics.host import packaged, words
from estimator_semantics.host.diff import diff
from estimator_semantics.host.report.chapters import quick


def test_two_releases_and_what_is_different(driver, url, records):
    browser.visit(driver, f"{url}#compare")
    old, new = (packaged.of(minor) for minor in ("1.9", "2.15"))
    titles = {entry.title for entry in diff(quick(old), quick(new)).entries}
    shown = driver.execute_script(
        "return [...document.querySelectorAll('.entry h3, .entry h4')].map((h) => h.lastChild.textContent)"
    )
    assert set(shown) == titles
    driver.execute_script("document.getElementById('swap').click()")
    assert "TensorFlow 1.9.0 against 2.15.1" in text(driver, "#compared")


def test_releases_of_keras_are_compared_and_shown(driver, url, of_keras):
    browser.visit(driver, f"{url}#compare")
    choose = """
    const choice = document.querySelector("section:not([hidden]) select.axis");
    choice.value = "1";
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    """
    driver.execute_script(choose)
    found = diff(packaged.of("keras==3.6"), packaged.of("keras==3.7"), of_keras)
    assert text(driver, "#compared") == f"{words.title(found)}: {words.counted(found)}."
    assert text(driver, "#diff") == "estimator-semantics diff keras==3.6.0 keras==3.7.0"
    shown = driver.execute_script(
        "return [...document.querySelectorAll('.entry h3, .entry h4')].map((h) => h.lastChild.textContent)"
    )
    assert sorted(shown) == sorted(entry.title for entry in found.entries)
    browser.visit(driver, f"{url}#table")
    driver.execute_script(choose)
    browser.settled(driver)
    heads = driver.execute_script(
        "return [...document.querySelectorAll('#cases thead th')].map((th) => th.textContent)"
    )
    assert heads[1:] == [words.minor(record.header.versions.keras) for record in of_keras]
    cases = driver.execute_script("return document.querySelectorAll('#cases tbody tr').length")
    assert cases == len(of_keras[0].results)
    driver.execute_script("document.querySelectorAll('#cases tbody tr td:last-child button')[0].click()")
    assert text(driver, "#again").endswith(
        f"--tensorflow 2.16.2 --keras {of_keras[-1].header.versions.keras} --scale quick --again"
    )
    assert browser.violations(driver) == []
