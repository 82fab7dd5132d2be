"""The layout of the source: no file is longer than what is read in one go, unless its head says why. Needs no TensorFlow."""

from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
FOLDERS = ("benchmarks", "estimator_semantics", "experiments", "tests")
SUFFIXES = {".css", ".html", ".js", ".py"}
LINES = 400

# The files that may be longer, each with the reason as its head gives it.
LONGER = {
    "estimator_semantics/host/templates/law.js": "Written by `python -m estimator_semantics.host.translation`; do not edit"
}


def lines_of_files():
    """Return how many lines each source file has, by its path in the checkout."""
    files = [path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*") if path.suffix in SUFFIXES]
    return {path.relative_to(CHECKOUT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}


def test_only_files_with_a_reason_are_long():
    lines = lines_of_files()
    assert len(lines) > 100
    assert {path: count for path, count in lines.items() if count > LINES and path not in LONGER} == {}


def test_a_file_that_may_be_long_is_long_and_says_why_in_its_head():
    lines = lines_of_files()
    for path, reason in LONGER.items():
        assert lines[path] > LINES, path
        assert reason in "\n".join((CHECKOUT / path).read_text("utf-8").splitlines()[:10]), path
