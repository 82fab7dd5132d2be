"""The page, in a browser: what its tests open, and what they do there."""

import browser
import msgspec
import pytest
import tools

from estimator_semantics.host import packaged, report

WIDTHS = (360, 800, 1400)
SCHEMES = ("light", "dark")
VIEWS = ("questions", "calculator", "compare", "table")


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


# ---- in a browser


@pytest.fixture(scope="session")
def driver():
    """A browser. Where there is none, conftest.py leaves out the tests that ask for it, and says why."""
    tools.require("a browser")
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


CALCULATE = """
const fields = document.getElementById("plan").elements;
for (const [name, value] of Object.entries(arguments[0])) {
  if (fields[name].type === "checkbox") fields[name].checked = value; else fields[name].value = value;
  fields[name].dispatchEvent(new Event("input", { bubbles: true }));
}
return [document.querySelector("#result").innerText, [...fields].filter((each) => each.ariaInvalid).map((each) => each.name)];
"""


SHOWN_VIEW = "return document.querySelector('main > section:not([hidden])').dataset.view"
CHOOSE = """
for (const [id, value] of Object.entries(arguments[0])) {
  const field = document.getElementById(id) ?? document.querySelector(id);
  if (field.type === "checkbox") field.checked = value; else field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
"""


@pytest.fixture(scope="session")
def url_with_log(with_log, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(report.page([with_log]), "utf-8")
    return path.as_uri()
