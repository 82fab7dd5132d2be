"""What all tests share: the header that says which TensorFlow they talk to, and that TensorFlow itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from estimator_semantics.probe import environment

CHECKOUT = Path(__file__).parent.parent


def pytest_report_header() -> list[str]:
    """Returns the versions under test, read without importing TensorFlow."""
    versions = environment.versions()
    if versions["tensorflow"] is None:
        return ["TensorFlow: none in this environment; tests that need one fail"]
    estimator = f"{versions['estimator'] or 'none'} (tensorflow-estimator {versions['tensorflow_estimator']})"
    return [
        f"TensorFlow {versions['tensorflow']}, estimator: {estimator}, Keras {versions['keras']}, "
        f"tf-keras {versions['tf_keras']}, NumPy {versions['numpy']}"
    ]


def pytest_configure() -> None:
    """Takes away what would cap or distribute a training, as the host does for its probes."""
    for name in environment.VARIABLES:
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def tf():
    """The TensorFlow of this environment, under the names that experiments use."""
    try:
        from estimator_semantics.probe.adapter import tf
    except ImportError as error:
        pytest.fail(f"this test needs a TensorFlow: {error}; pip install -e '.[test]' brings one", pytrace=False)
    return tf


@pytest.fixture
def command():
    """Runs ``estimator-semantics`` as a user would: ``command("explain", "--examples", "10")``."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "estimator_semantics", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            **options,
        )

    return run
