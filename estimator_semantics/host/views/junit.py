"""A diff as JUnit XML, which CI systems show as a list of tests."""

from xml.etree import ElementTree

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry, Kind
from estimator_semantics.host.views import text

# A test of the list that did not fail stands for all behaviours that are the same.
SAME = "the same"


def render(diff: Diff) -> str:
    """Returns a diff as a test suite: a failure for what changed, an error for what could not be measured."""
    failures = sum(_tag(entry) == "failure" for entry in diff.entries)
    errors = sum(_tag(entry) == "error" for entry in diff.entries)
    suite = ElementTree.Element(
        "testsuite",
        name=words.title(diff),
        tests=str(len(diff.entries) + 1),
        failures=str(failures),
        errors=str(errors),
        skipped=str(sum(_tag(entry) == "skipped" for entry in diff.entries)),
    )
    for entry in diff.entries:
        case = ElementTree.SubElement(suite, "testcase", classname="estimator_semantics", name=entry.experiment)
        found = ElementTree.SubElement(case, _tag(entry), message=f"{entry.kind.value}: {entry.title}")
        found.text = text.entry(entry, diff)
    ElementTree.SubElement(suite, "testcase", classname="estimator_semantics", name=f"{diff.same} behaviours {SAME}")
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _tag(entry: Entry) -> str:
    return {Kind.LOST: "error", Kind.NEW: "skipped"}.get(entry.kind, "failure")
