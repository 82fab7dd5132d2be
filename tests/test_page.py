"""The page: what it holds and says, in node and, where one is installed, in a real browser. Needs no TensorFlow."""

import itertools
import json
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import browser
import msgspec
import plans
import pytest
from test_calculator import explained

from estimator_semantics.host import catalogue, packaged, report, verdict, words
from estimator_semantics.host.diff import SAME, diff
from estimator_semantics.host.report.chapters import quick
from estimator_semantics.host.report.logged import logged
from estimator_semantics.host.report.page import content
from estimator_semantics.host.shift import Kind
from estimator_semantics.law import schema
from estimator_semantics.law.wording import listed

NODE = shutil.which("node")
DRIVER = Path(__file__).with_name("comparison.js")
SCRIPTS = [Path(report.__file__).parent.parent / "templates" / name for name in ("answers.js", "compare.js")]
MEGABYTE = 1_000_000
SECOND = 1_000.0
WIDTHS = (360, 800, 1400)
SCHEMES = ("light", "dark")
VIEWS = ("questions", "calculator", "compare", "table")


@pytest.fixture(scope="session")
def records():
    return packaged.records()


@pytest.fixture(scope="session")
def of_keras():
    return packaged.records_of_keras()


@pytest.fixture(scope="session")
def page(records, of_keras):
    return report.page(records, of_keras)


@pytest.fixture(scope="session")
def url(page, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(page, "utf-8")
    return path.as_uri()


def test_it_is_one_small_file_that_asks_for_nothing(page):
    assert len(page.encode()) < MEGABYTE
    assert not re.search(r"<(?:script|img|link|iframe)[^>]*\b(?:src|href)=\"(?!data:)", page)
    assert "@import" not in page and "url(" not in page
    assert "default-src 'none'" in page


def test_it_is_the_same_for_the_same_records(records, of_keras, page):
    assert report.page(tuple(reversed(records)), tuple(reversed(of_keras))) == page


def test_the_verb_writes_it(command, tmp_path, page):
    assert command("report", "--html", tmp_path / "there").returncode == 0
    assert (tmp_path / "there" / "index.html").read_text("utf-8") == page


def test_every_case_on_every_release_is_in_it(records, of_keras):
    found = content(records, of_keras)
    there = {
        (case["name"], case["scale"], found["releases"][at]["tensorflow"], found["releases"][at].get("keras"))
        for case in found["cases"]
        for at, given in enumerate(case["given"])
        if given is not None
    }
    measured = {
        (result.experiment, result.scale, record.header.versions.tensorflow, record.header.versions.keras)
        for record in (*records, *of_keras)
        for result in record.results
    }
    assert there == measured


def in_node(found, **asked):
    """Return what the page's own scripts answer."""
    asked = json.dumps({"content": found, **asked})
    done = subprocess.run([NODE, DRIVER, *SCRIPTS], input=asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_it_compares_releases_as_diff_does(records, of_keras):
    columns = [quick(record) for record in (*records, *of_keras)]
    first = len(records)
    pairs = [*itertools.combinations(range(first), 2), *itertools.combinations(range(first, len(columns)), 2)]
    pairs += [(new, old) for old, new in pairs[::7]]
    compared = in_node(content(records, of_keras), pairs=pairs)["compared"]
    for (old, new), answered in zip(pairs, compared, strict=True):
        history = columns[:first] if old < first else columns[first:]
        assert _summary(diff(columns[old], columns[new], history)) == answered, (old, new)


def test_it_finds_what_changed_in_keras_3_7(records, of_keras):
    found = diff(packaged.of("keras==3.6"), packaged.of("keras==3.7"), of_keras)
    assert "keras_steps_per_epoch" in [entry.experiment for entry in found.entries]


def _summary(found):
    """Return the counts and the entries of a diff, as the page has them."""
    return {
        "counts": {name: count for name, count in found.counts.items() if count or name in (SAME, Kind.CHANGED.value)},
        "entries": [
            {
                "kind": entry.kind.value,
                "experiment": entry.experiment,
                "affects": words.AFFECTS[entry.consequence],
                "cause": entry.cause,
                "times": words.times(entry.shifts, is_upgrade=found.is_upgrade),
                "shifts": [shift_said(shift) for shift in entry.shifts],
                "telling": len(words.telling(entry.shifts)),
                "says": [change.says for change in entry.changes],
                "whys": words.reasons(entry),
            }
            for entry in found.entries
        ],
    }


def shift_said(shift):
    """Return a shift as the page says it."""
    return words.shift(shift).replace("->", "→")


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_what_is_packed_is_said_as_the_records_have_it(records, of_keras):
    columns = [*records, *of_keras]
    found = content(records, of_keras)
    places = [
        (at, column)
        for at, case in enumerate(found["cases"])
        for column in range(len(columns))
        if case["given"][column] is not None
    ]
    results = [{result.case: result for result in record.results} for record in columns]
    for (at, column), cell in zip(places, in_node(found, said=places)["cells"], strict=True):
        case, versions = found["cases"][at], columns[column].header.versions
        result = results[column][case["name"], case["scale"]]
        predicted = verdict.prediction(verdict.current(result), result.scale, versions.tensorflow, versions.keras)
        documented = verdict.documented_for(verdict.current(result), versions)
        expected = {
            "status": result.status,
            "outcome": verdict.judge(result, versions).outcome.value,
            "why": result.why,
            "log": [{"text": line, "meaning": words.meaning(line)} for line in dict.fromkeys(result.log)],
            "counters": result.counters,
            "rows": sorted(
                [
                    words.behaviour(name),
                    *(said(name, of[name]) if name in of else "" for of in (result.measured, predicted, documented)),
                ]
                for name in result.measured or ()
            ),
        }
        # What the law leaves open is said in other words. (JavaScript has names that are numbers before others.)
        cell["rows"] = sorted([text.replace("left open", "") for text in row] for row in cell["rows"])
        assert {name: cell[name] for name in expected} == expected


def said(name, value):
    """Return a value as the page says it."""
    if value is None and name in ("steps", "global_step", "examples", "last_batch", "epochs"):
        return "no end"
    return words.value(
        json.loads(
            json.dumps(value), parse_float=lambda text: int(float(text)) if float(text).is_integer() else float(text)
        )
    )


# What TensorFlow 2.15 logs where the data of fit ends too early, and what somebody else met and pastes.
RAN_OUT = (
    "Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate at least "
    "`steps_per_epoch * epochs` batches (in this case, {} batches). You may need to use the repeat() function when building "
    "your dataset."
)
CASE_THAT_RAN_OUT = "keras_steps_per_epoch[Keras 2: Dataset, above]"


@pytest.fixture(scope="session")
def with_log():
    """A record in which one case logged something."""
    record = packaged.of("2.15.1")
    results = [
        msgspec.structs.replace(result, log=[RAN_OUT.format(12), "Something else.", RAN_OUT.format(12)])
        if result.experiment == CASE_THAT_RAN_OUT
        else msgspec.structs.replace(result, log=[])
        for result in record.results
    ]
    return msgspec.structs.replace(record, results=tuple(results))


def test_each_line_of_a_log_is_in_it_once(with_log):
    found = content([with_log])
    logged = {case["name"]: case["log"] for case in found["cases"] if "log" in case}
    (places,) = logged[CASE_THAT_RAN_OUT]
    assert list(logged) == [CASE_THAT_RAN_OUT]
    assert [found["texts"][at] for at in places] == [RAN_OUT.format(12), "Something else."]
    assert found["texts"].count(RAN_OUT.format(12)) == 1
    assert [at in found["meanings"] for at in places] == [True, False]


def test_it_says_whose_it_is_and_where_its_figures_are_from(page):
    said = re.sub(r"\s+", " ", page)
    assert (
        '<a href="https://stackoverflow.com/questions/38340311" rel="noopener noreferrer">an answer on Stack Overflow</a>'
        in said
    )
    assert "The project estimator-semantics" in said
    assert "those of the calculator are predictions of the law" in said


# ---- in a browser


@pytest.fixture(scope="module")
def driver():
    """A browser. Where there is none, conftest.py leaves out the tests that ask for it, and says why."""
    with browser.browser() as started:
        yield started


@pytest.fixture(autouse=True)
def no_errors_on_the_console(request):
    yield
    if "driver" in request.fixturenames:
        assert request.getfixturevalue("driver").get_log("browser") == []


def text(driver, selector):
    return driver.execute_script("return document.querySelector(arguments[0]).innerText", selector)


def press(driver, *keys):
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


# The table has thousands of cells, all made by the same few lines; one row of it holds every kind of them.
ALL_KINDS = "evaluation_restarts_data"
SEARCH = """
const search = document.getElementById("search");
search.value = arguments[0];
if (location.hash.startsWith("#table")) search.dispatchEvent(new Event("input", { bubbles: true }));
"""


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


def test_it_is_there_within_a_second(driver, url):
    for view in VIEWS:
        paints = []
        for _ in range(3):
            browser.visit(driver, f"{url}#{view}")
            paints.append(browser.first_paint(driver))
        assert min(paints) < SECOND  # the others tell of what else the machine had to do


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


CALCULATE = """
const fields = document.getElementById("plan").elements;
for (const [name, value] of Object.entries(arguments[0])) {
  if (fields[name].type === "checkbox") fields[name].checked = value; else fields[name].value = value;
  fields[name].dispatchEvent(new Event("input", { bubbles: true }));
}
return [document.querySelector("#result").innerText, [...fields].filter((each) => each.ariaInvalid).map((each) => each.name)];
"""


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


SHOWN_VIEW = "return document.querySelector('main > section:not([hidden])').dataset.view"
CHOOSE = """
for (const [id, value] of Object.entries(arguments[0])) {
  const field = document.getElementById(id) ?? document.querySelector(id);
  if (field.type === "checkbox") field.checked = value; else field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
"""


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


@pytest.fixture(scope="module")
def url_with_log(with_log, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(report.page([with_log]), "utf-8")
    return path.as_uri()


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
