"""Lines of a log, looked for on the page in a browser. Needs no TensorFlow."""

import re

import browser
import pytest
from pages import CASE_THAT_RAN_OUT, RAN_OUT, SEARCH, text


@pytest.mark.parametrize(
    "pasted",
    [
        RAN_OUT.format(12),
        "ran out of data; interrupting",
        f"WARNING:tensorflow:{RAN_OUT.format(3000)}",
        "W0102 03:04:05.123456 140 training.py:1234] Your input ran out of data; interrupting training. Make sure that your",
        "/a/path/data_adapter.py:1234: UserWarning: Your input ran out of data; interrupting training.",
    ],
)
def test_a_line_of_a_log_finds_the_case_that_logs_it(driver, url_with_log, pasted):
    browser.visit(driver, f"{url_with_log}#table")
    driver.execute_script(SEARCH, pasted)
    shown = (
        "return [...document.querySelectorAll('#cases tbody tr:not([hidden]) small')].map((each) => each.textContent)"
    )
    assert driver.execute_script(shown) == [CASE_THAT_RAN_OUT]
    driver.execute_script("document.querySelector('#cases tbody tr:not([hidden]) td button').click()")
    said = text(driver, "#details")
    assert RAN_OUT.format(12) in said and "Keras 2 ends the training there" in said
    assert browser.violations(driver) == []


# As TensorFlow 1 and 2 write them, with the figures that a record masks, and with the end that it cuts off.
NOT_INCREASED = (
    "It seems that global step (tf.train.get_global_step) has not been increased. Current value (could be stable): 17 vs "
    "previous value: 17. You could increase the global step by passing tf.train.get_global_step() to "
    "Optimizer.apply_gradients or Optimizer.minimize."
)


CASTING = (
    "Layer linear/linear_model is casting an input tensor from dtype float64 to the layer's dtype of float32, which is new "
    "behavior in TensorFlow 2.  The layer has dtype float32 because its dtype defaults to floatx.\n\nIf you intended to run this "
    "layer in float32, you can safely ignore this warning. If in doubt, this warning is likely only an issue if you are porting "
    "a TensorFlow 1.X model to TensorFlow 2."
)


NOT_TRANSFORMED = (
    "Entity <bound method _LinearModelLayer.call of <tensorflow.python.feature_column.feature_column_v2._LinearModelLayer object "
    "at 0x7f00b1c2d3e4>> could not be transformed and will be executed as-is."
)


SEARCHED = """
return [
  [...document.querySelectorAll("#cases tbody tr:not([hidden]) small")].map((each) => each.textContent),
  [...document.querySelectorAll("#cases tbody tr:not([hidden]) td.logs button")].map((each) => each.ariaLabel),
  document.getElementById("shown").textContent, document.getElementById("found").textContent];
"""


@pytest.mark.parametrize("pasted", [NOT_INCREASED, f"WARNING:tensorflow:{CASTING}", NOT_TRANSFORMED])
def test_a_line_of_a_log_is_found_by_its_full_text_with_its_own_figures(driver, url, records, pasted):
    beginning = re.sub(r"^WARNING:tensorflow:|\W*(?:Current value|0x|The layer has).*", "", pasted, flags=re.DOTALL)
    logs = {
        result.experiment
        for record in records
        for result in record.results
        if any(line.startswith(beginning) for line in result.log)
    }
    browser.visit(driver, f"{url}#table")
    driver.execute_script(SEARCH, pasted)
    names, marked, shown, _ = driver.execute_script(SEARCHED)
    assert {name.removesuffix(" (full scale)") for name in names} == logs != set()
    assert shown.endswith("; all of them logged this")
    assert marked and all(label.endswith(", logged this") for label in marked)


def test_a_search_says_what_the_line_means_and_which_cells_logged_it(driver, url_with_log, with_log):
    browser.visit(driver, f"{url_with_log}#table")
    driver.execute_script(SEARCH, RAN_OUT.format(12))
    _, marked, _, found = driver.execute_script(SEARCHED)
    assert marked == [f"3 {CASE_THAT_RAN_OUT}, TensorFlow 2.15: as predicted, logged this"]
    assert found.startswith("It means: The data had fewer batches left than steps_per_epoch")
    driver.execute_script(SEARCH, "no such line of a log")
    assert driver.execute_script(SEARCHED)[1:3] == [[], f"0 of {len(with_log.results)} cases"]
    assert driver.execute_script(SEARCHED)[3].startswith("Nothing matches all of this.")


def test_a_search_says_on_which_axis_a_line_was_logged(driver, url):
    browser.visit(driver, f"{url}#table?axis=Keras")
    driver.execute_script(SEARCH, NOT_INCREASED)
    _, marked, shown, found = driver.execute_script(SEARCHED)
    assert (marked, re.sub(r"\d+", "n", shown)) == ([], "n of n cases")
    assert found.startswith("This was logged with releases of TensorFlow.It means: Where the value stays the same")
    driver.execute_script(SEARCH, "Your input ran out of data; interrupting")
    assert "logged this" in driver.execute_script(SEARCHED)[2]


def test_a_word_of_the_table_is_not_taken_for_a_line_of_a_log(driver, url_with_log):
    browser.visit(driver, f"{url_with_log}#table")
    driver.execute_script(SEARCH, "epochs")
    assert "log" not in text(driver, "#shown")
