"""The addresses and the links of the page, in a browser: they lead where they say, and back. Needs no TensorFlow."""

import browser
import pytest
from pages import CHOOSE, SHOWN_VIEW, VIEWS, text

from estimator_semantics.host import packaged, words
from estimator_semantics.host.report.logged import logged


@pytest.mark.parametrize("view", VIEWS)
def test_the_skip_link_stays_in_the_view(driver, url, view):
    browser.visit(driver, f"{url}#{view}")
    driver.execute_script("document.querySelector('a.skip').click()")
    assert driver.execute_script(SHOWN_VIEW) == view
    assert driver.execute_script("return document.activeElement.id") == "main"


def test_what_is_chosen_is_in_the_address(driver, url, records):
    browser.visit(driver, f"{url}#compare")
    chosen = {
        name: [record.header.versions.tensorflow for record in records].index(name) for name in ("1.4.1", "2.0.4")
    }
    driver.execute_script(CHOOSE, {"old": chosen["1.4.1"], "new": chosen["2.0.4"]})
    assert driver.current_url == f"{url}#compare?old=1.4.1&new=2.0.4"
    browser.visit(driver, driver.current_url)
    assert text(driver, "#compared").startswith("TensorFlow 2.0.4 against 1.4.1")
    browser.visit(driver, f"{url}#table?axis=Keras&search=keras_epochs&differ=yes")
    assert text(driver, "#cases th:last-child") == words.minor(packaged.records_of_keras()[-1].header.versions.keras)
    assert driver.execute_script(
        "return [document.getElementById('search').value, document.getElementById('differ').checked]"
    ) == ["keras_epochs", True]


@pytest.mark.parametrize(
    "nonsense", ["#compare?old=0.1&new=", "#compare?axis=nothing", "#table?verdict=wrong", "#%E0%A4%A?%", "#?"]
)
def test_an_address_without_a_meaning_shows_what_is_usual(driver, url, nonsense):
    browser.visit(driver, url + nonsense)
    assert driver.execute_script(SHOWN_VIEW) in VIEWS
    driver.execute_script("location.hash = '#compare'")
    browser.settled(driver)
    assert text(driver, "#compared").startswith("TensorFlow 2.15.1 against 1.9.0")


def test_back_shows_what_is_chosen(driver, url, url_with_log):
    browser.visit(driver, f"{url}#compare")
    driver.execute_script(CHOOSE, {"old": 0, "new": 20})
    before = text(driver, "#compared")
    driver.get(url_with_log)
    driver.back()
    browser.settled(driver)
    pair = "return ['old', 'new'].map((id) => document.getElementById(id).selectedOptions[0].textContent)"
    old, new = driver.execute_script(pair)
    assert text(driver, "#compared") == before
    assert before.startswith(f"TensorFlow {new} against {old}: ")


def test_no_choice_is_left_to_the_browser_to_restore(driver, url):
    browser.visit(driver, url)
    kept = (
        "return [...document.querySelectorAll('input, select')]"
        ".filter((each) => (each.form ?? each).autocomplete !== 'off').map((each) => each.id)"
    )
    assert driver.execute_script(kept) == []


def test_back_closes_an_open_cell(driver, url):
    browser.visit(driver, f"{url}#compare")
    driver.execute_script("location.hash = '#table'")
    browser.settled(driver)
    driver.execute_script("document.querySelector('#cases td button').click()")
    assert driver.execute_script("return document.getElementById('details').open")
    driver.back()
    browser.settled(driver)
    assert driver.execute_script(SHOWN_VIEW) == "compare"
    assert not driver.execute_script("return document.getElementById('details').open")


def follow(driver, says):
    """Follows a link of the questions."""
    script = (
        "[...document.querySelectorAll('#view-questions a')].find((each) => each.textContent === arguments[0]).click()"
    )
    driver.execute_script(script, says)
    browser.settled(driver)


def test_links_lead_to_what_they_promise(driver, url, records):
    browser.visit(driver, f"{url}#questions")
    follow(driver, "these")
    outcomes = (
        "return [...document.querySelectorAll('#cases tbody tr:not([hidden])')]"
        ".map((row) => row.querySelector('td.documented') !== null)"
    )
    assert set(driver.execute_script(outcomes)) == {True}
    browser.visit(driver, f"{url}#compare")
    driver.execute_script(CHOOSE, {"old": 0, "new": 1})
    driver.execute_script("location.hash = '#questions'")
    follow(driver, "What each means, and what to do")
    assert text(driver, "#compared").startswith("TensorFlow 2.15.1 against 1.9.0")
    browser.visit(driver, f"{url}#questions")
    follow(driver, "explained")
    assert driver.execute_script(SHOWN_VIEW) == "questions"
    assert driver.execute_script(
        "return document.getElementById('what-tensorflow-logs').getBoundingClientRect().top < innerHeight"
    )
    explained = (
        "return [...document.querySelectorAll('.messages div')].map((each) => each.innerText.split('\\n').length)"
    )
    assert len(driver.execute_script(explained)) == len(logged(records))
    for at in range(len(logged(records))):
        browser.visit(driver, f"{url}#questions")
        driver.execute_script("document.querySelectorAll('.messages a')[arguments[0]].click()", at)
        browser.settled(driver)
        assert driver.execute_script("return document.querySelectorAll('#cases tbody tr:not([hidden])').length") > 0
