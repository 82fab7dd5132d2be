"""The calculator of the page, in a browser: it says what ``explain`` says. Needs no TensorFlow."""

import subprocess

import browser
import plans
import pytest
from pages import CALCULATE, text
from test_calculator import explained

from estimator_semantics.law import schema
from estimator_semantics.law.wording import listed

FILL = """
return arguments[0].map(([typed, tensorflow, keras]) => {
  const form = document.getElementById("plan");
  const fields = form.elements;
  form.reset();
  fields.api.value = typed.api;
  fields.api.dispatchEvent(new Event("input", { bubbles: true }));
  for (const [name, value] of Object.entries(typed)) {
    const { option, kind } = law.schema.argument_of(name);
    if (kind === law.schema.FLAG) fields[option].checked = option === name ? value : !value;
    else if (value !== null) fields[option].value = value;
  }
  fields.tensorflow.value = tensorflow ?? "";
  fields.keras.value = keras ?? "";
  fields.examples.dispatchEvent(new Event("input", { bubbles: true }));
  return [document.querySelector("#result > p:not(.steps)").textContent, document.getElementById("explain").textContent];
});
"""


def offered(driver, name):
    """Return what a list of the calculator offers."""
    script = (
        "return [...document.getElementById('plan').elements[arguments[0]].options].map((each) => each.value || null)"
    )
    return driver.execute_script(script, name)


def refusal(answer):
    """Return the end of what the calculator says where ``explain`` refuses: it names fields and choices as the form does."""
    if answer["give"] is None:
        return f": {answer['says']}."
    argument = schema.argument_of(answer["give"]["field"])
    labels = [schema.chosen(argument, value).label for value in answer["give"]["values"]]
    return f": {answer['says']}; choose {listed(labels, 'or')} in “{argument.label}”."


def can_be_typed(typed):
    """Return whether the calculator has a field for what a plan gives: it shows what the API has, and no more."""
    for argument in schema.ARGUMENTS:
        given = typed.get(argument.name)
        choice = schema.chosen(argument, given)
        if given not in (None, argument.usual, argument.default) and typed["api"] not in argument.apis:
            return False
        if choice is not None and typed["api"] not in choice.apis:
            return False
    return True


def with_input(typed):
    """Return a plan that says where the batches come from, as the form always does."""
    return {"input": schema.usual_input(typed["api"], typed.get("strategy")), **typed}


def test_the_calculator_says_what_explain_says(driver, url):
    browser.visit(driver, f"{url}#calculator")
    apis, releases, offered_keras = (offered(driver, name) for name in ("api", "tensorflow", "keras"))
    drawn = [(*case, None) for case in plans.by_hand()]
    for at_random in (plans.at_random, plans.of_fit_at_random, plans.of_clusters_at_random):
        drawn += at_random(2_500, seed=2018)
    cases = [
        (with_input(typed), tensorflow, keras)
        for typed, tensorflow, keras in drawn
        if typed["api"] in apis
        and can_be_typed(typed)
        and tensorflow in releases
        # For what is not fit the page has no Keras.
        and (keras in offered_keras if typed["api"] == "fit" else keras is None)
    ]
    assert len(cases) > 3_000
    answers = [explained(*case) for case in cases]
    said = [sentence for sentence, _ in driver.execute_script(FILL, cases)]
    wrong = [
        (case, sentence, answer)
        for case, sentence, answer in zip(cases, said, answers, strict=True)
        if not (sentence.endswith(refusal(answer)) if "error" in answer else sentence == answer["says"])
    ]
    assert wrong == []


def test_the_command_of_the_calculator_is_the_one_that_says_so(driver, url, command):
    browser.visit(driver, f"{url}#calculator")
    cases = [(*plans.by_hand()[index], None) for index in (1, 4, 6, 7)]
    for at_random in (plans.of_fit_at_random, plans.of_clusters_at_random):
        drawn = [(with_input(typed), *releases) for typed, *releases in at_random(100, seed=1)]
        cases += [case for case in drawn if case[2] is None and can_be_typed(case[0])][:4]
    for case, (said, shown) in zip(cases, driver.execute_script(FILL, cases), strict=True):
        arguments = subprocess.run(["bash", "-c", f"printf '%s\\n' {shown}"], capture_output=True, text=True).stdout
        name, *arguments = arguments.splitlines()
        assert name == "estimator-semantics"
        expected, ended = explained(*case), command(*arguments)
        if "error" in expected:
            assert ended.stderr == f"estimator-semantics: {expected['error']}\n" and said.endswith(refusal(expected))
        else:
            assert ended.stdout.strip() == said == expected["says"]


@pytest.mark.parametrize("steps", ["none", "200000", "1000"])
def test_a_training_of_the_answer_is_of_numpy_input_fn(driver, url, steps):
    browser.visit(driver, f"{url}#calculator")
    driver.execute_script(CALCULATE, {"api": "fit"})
    driver.execute_script("document.querySelector(`[data-steps='${arguments[0]}']`).click()", steps)
    given = {"none": "", "200000": " --steps 200000", "1000": " --steps 1000"}[steps]
    assert (
        text(driver, "#explain") == f"estimator-semantics explain --examples 700000 --batch-size 4{given} --api train"
    )


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("700,000", 700_000), ("1e6", 10**6), ("1.5E+3", 1_500), ("7 000", 7_000), ("1_000", 1_000), (" 12 ", 12)],
)
def test_a_whole_number_is_taken_as_it_is_written(driver, url, typed, plain):
    browser.visit(driver, f"{url}#calculator")
    result, wrong = driver.execute_script(CALCULATE, {"examples": typed, "batch_size": "1"})
    assert wrong == [] and result.startswith(f"{plain:,} steps")


@pytest.mark.parametrize(
    ("typed", "says", "field"),
    [
        ({"examples": ""}, "examples is empty: must be a whole number, at least 0.", "examples"),
        ({"examples": "1,5"}, "examples 1,5: must be a whole number, at least 0.", "examples"),
        ({"examples": "1e-3"}, "examples 1e-3: must be a whole number, at least 0.", "examples"),
        ({"examples": "a: b"}, "examples a: b: must be a whole number, at least 0.", "examples"),
        ({"batch_size": "+0"}, "batch size +0: must be a whole number, at least 1.", "batch_size"),
        ({"steps": "1e30"}, "steps 1e30: must fit into 64 bits", "steps"),
        ({"drop_remainder": True}, "drop_remainder: numpy_input_fn keeps the last batch", "input"),
        (
            {"workers": "2"},
            "workers or replicas 2: several workers need a strategy; "
            "choose parameter_server, mirrored or multi_worker_mirrored in “strategy”.",
            "strategy",
        ),
        (
            {"strategy": "mirrored"},
            "strategy mirrored: takes its data from a Dataset; "
            "choose Dataset: repeat, then batch or Dataset: batch, then repeat in “batches come from”.",
            "input",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_form(driver, url, typed, says, field):
    browser.visit(driver, f"{url}#calculator")
    result, wrong = driver.execute_script(CALCULATE, typed)
    assert result.startswith(says)
    assert wrong == [field]
    assert browser.violations(driver) == []


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ({"examples": "0"}, "refused"),
        ({"api": "fit", "examples": "0", "input": "batch, then repeat", "tensorflow": "2.15.1"}, "refused"),
        (
            {
                "api": "fit",
                "examples": "2",
                "input": "batch, then repeat",
                "tensorflow": "2.15.1",
                "steps_per_epoch": "3",
                "steps_per_execution": "3",
            },
            "1 step, then an error",
        ),
    ],
)
def test_an_error_is_no_count_of_steps(driver, url, typed, figure):
    browser.visit(driver, f"{url}#calculator")
    result, _ = driver.execute_script(CALCULATE, {"batch_size": "4", **typed})
    assert result.startswith(figure), result


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ({}, True),
        ({"tensorflow": "2.16.2"}, True),
        ({"tensorflow": "2.15.1"}, False),
        ({"tensorflow": "1.9.0"}, False),
        ({"api": "fit"}, False),
    ],
)
def test_the_calculator_says_where_there_is_no_estimator(driver, url, typed, gone):
    browser.visit(driver, f"{url}#calculator")
    assert ("tf.estimator was removed from TensorFlow in 2.16" in driver.execute_script(CALCULATE, typed)[0]) == gone


def test_how_often_examples_are_used_is_said_in_words(driver, url):
    browser.visit(driver, f"{url}#calculator")
    result, _ = driver.execute_script(CALCULATE, {"api": "fit", "epochs": "3"})
    assert (
        "Use of the examples: 700,000 used 3 times." in result
        and "Epoch by epoch: 175,000; 175,000; 175,000." in result
    )
    browser.visit(driver, f"{url}#compare?old=1.9&new=1.10")
    assert "usage: 20 never, 20 twice → 40 once" in text(driver, "#differences")
