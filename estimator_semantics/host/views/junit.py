"""A diff as JUnit XML, which CI systems show as a list of tests."""

from xml.etree import ElementTree

from estimator_semantics.host import words
from estimator_semantics.host.diff import ACCEPTED, Diff
from estimator_semantics.host.shift import FAILING, Kind
from estimator_semantics.host.views import text


def render(diff: Diff) -> str:
    """Return a diff as a test suite with a test for each behaviour that was compared.

    A behaviour that changed is a failure, one that could not be measured is an error, and one that is new or accepted is skipped.
    """
    suite = ElementTree.Element("testsuite", name=words.title(diff), tests=str(len(diff.compared)))
    entries = {entry.experiment: entry for entry in (*diff.accepted, *diff.entries)}
    counted = dict.fromkeys(("failure", "error", "skipped"), 0)
    for name, happened in diff.compared.items():
        case = ElementTree.SubElement(suite, "testcase", classname="estimator_semantics", name=name)
        if tag := _tag(happened):
            counted[tag] += 1
            found = ElementTree.SubElement(case, tag, message=f"{happened}: {entries[name].title}")
            found.text = text.entry(entries[name], diff)
    for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(name, str(counted[tag]))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _tag(happened: str) -> str:
    if happened in {kind.value for kind in FAILING}:
        return "failure"
    return {Kind.LOST.value: "error", Kind.NEW.value: "skipped", ACCEPTED: "skipped"}.get(happened, "")
