"""What all tests share: the header that says which TensorFlow they talk to, and that TensorFlow itself."""

# Fixtures of more than one module, each where its subject is.
import os
import subprocess
import sys

import browser
import pytest
import tools
from codebase import as_they_are, copy  # noqa: F401
from copies import CHECKOUT
from pages import driver, no_errors_on_the_console, of_keras, page, url, url_with_log, with_log  # noqa: F401
from reports import drawn, records, text  # noqa: F401
from screen import terminal  # noqa: F401

from estimator_semantics.probe import environment, variables

BROWSER = "a browser"


def pytest_report_header() -> list[str]:
    """Return the versions under test, read without importing TensorFlow, and whether there is a browser."""
    lacking = browser.lacking()
    there = [
        f"browser: none, and the tests of the page in one are deselected: no {lacking}; {tools.missing(BROWSER)}"
        if lacking
        else "browser: chromium"
    ]
    versions = environment.versions()
    if versions["tensorflow"] is None:
        return ["TensorFlow: none in this environment; tests that need one fail", *there]
    estimator = f"{versions['estimator'] or 'none'} (tensorflow-estimator {versions['tensorflow_estimator']})"
    return [
        f"TensorFlow {versions['tensorflow']}, estimator: {estimator}, Keras {versions['keras']}, "
        f"tf-keras {versions['tf_keras']}, NumPy {versions['numpy']}",
        *there,
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests in a browser where there is none; the header says so. In CI they fail if one was asked for."""
    if browser.lacking() and not (tools.in_ci() and browser.is_asked_for()):
        inside = [item for item in items if "driver" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=inside)
        items[:] = [item for item in items if item not in inside]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a tool that is missing, or fail it in CI."""
    for marker in item.iter_markers("needs"):
        for tool in marker.args:
            tools.require(tool)


def pytest_configure() -> None:
    """Take away what can change a result, as the host does for the probes in its environments."""
    for name in variables.of_environment():
        # The interpreter's own are read when it starts.
        if not name.startswith("PYTHON"):
            os.environ.pop(name)


@pytest.fixture(scope="session")
def tf():
    """The TensorFlow of this environment, under the names that experiments use."""
    try:
        from estimator_semantics.probe.adapter import tf
    except ImportError as error:
        pytest.fail(f"this test needs a TensorFlow: {error}; pip install -e '.[test]' brings one", pytrace=False)
    return tf


@pytest.fixture(scope="session")
def faster(tf):
    """The faster route to the same training, which imports TensorFlow."""
    from estimator_semantics import faster

    return faster


@pytest.fixture
def command():
    """Run ``estimator-semantics`` as a user would: ``command("explain", "--examples", "10")``."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "estimator_semantics", *map(str, arguments)],
            capture_output=True,
            cwd=CHECKOUT,
            **{"encoding": "utf-8", **options},
        )

    return run
