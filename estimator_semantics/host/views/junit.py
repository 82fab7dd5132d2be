"""A diff as JUnit XML, which CI systems show as a list of tests."""

from estimator_semantics.host import words
from estimator_semantics.host.diff import ACCEPTED, Diff
from estimator_semantics.host.shift import FAILING, Kind
from estimator_semantics.host.views import text
from estimator_semantics.host.views.suite import Test, document


def render(diff: Diff) -> str:
    """Return a diff as a test suite with a test for each behaviour that was compared.

    A behaviour that changed is a failure, one that could not be measured is an error, and one that is new or accepted is skipped.
    """
    entries = {entry.experiment: entry for entry in (*diff.accepted, *diff.entries)}
    tests = []
    for name, happened in diff.compared.items():
        if tag := _tag(happened):
            entry = entries[name]
            tests.append(Test(name, tag, f"{happened}: {entry.title}", text.entry(entry, diff)))
        else:
            tests.append(Test(name))
    return document(words.title(diff), tests)


def _tag(happened: str) -> str:
    if happened in {kind.value for kind in FAILING}:
        return "failure"
    return {Kind.LOST.value: "error", Kind.NEW.value: "skipped", ACCEPTED: "skipped"}.get(happened, "")
