"""The report of the records that come with the project, and its pictures."""

import pytest

from estimator_semantics.host import costs, packaged, speed
from estimator_semantics.host.report import pictures, render


@pytest.fixture(scope="session")
def records():
    return packaged.records()


def beside():
    """Return what the project tells besides its records."""
    return {
        "of_keras": packaged.records_of_keras(),
        "at_full_scale": packaged.records_at_full_scale(),
        "speed": speed.recorded(),
        "costs": costs.recorded(),
    }


@pytest.fixture(scope="session")
def text(records):
    return render(records, **beside())


@pytest.fixture(scope="session")
def drawn(records):
    return pictures(records)
