"""A test suite in JUnit XML, which CI systems show as a list of tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

# What a test that has not passed is counted as.
COUNTED_AS = {"failure": "failures", "error": "errors", "skipped": "skipped"}


@dataclass(frozen=True)
class Test:
    """A test of a suite.

    Attributes:
        name: its name.
        tag: one of the names in `COUNTED_AS`; empty if it passed.
        message: why it has not passed, in one line.
        text: the same at length.
        seconds: how long it took; None where that is not known.
    """

    name: str
    tag: str = ""
    message: str = ""
    text: str = ""
    seconds: float | None = None


def document(name: str, tests: Sequence[Test]) -> str:
    """Return a suite as an XML document. It is ASCII, so that it can be read whatever the encoding of standard output is.

    Args:
        name: the name of the suite.
        tests: its tests.
    """
    suite = ElementTree.Element("testsuite", name=name, tests=str(len(tests)))
    for test in tests:
        case = ElementTree.SubElement(suite, "testcase", classname="estimator_semantics", name=test.name)
        if test.seconds is not None:
            case.set("time", f"{test.seconds:.3f}")
        if test.tag:
            ElementTree.SubElement(case, test.tag, message=test.message).text = test.text
    for tag, plural in COUNTED_AS.items():
        suite.set(plural, str(sum(test.tag == tag for test in tests)))
    ElementTree.indent(suite)
    document: bytes = ElementTree.tostring(suite, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"
