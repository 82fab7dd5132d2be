"""Texts of records in reports: whatever a record holds, Markdown and the page show it as text. Needs no TensorFlow.

Runs on macOS and Windows too.
"""

import json
import re
from html.parser import HTMLParser

import msgspec
import pytest
from markdown_it import MarkdownIt  # comes with rich
from samples import COUNTS, HEADER, RESULT
from test_record import with_header, with_result

from estimator_semantics.host import experiments, record
from estimator_semantics.host.diff import diff
from estimator_semantics.host.errors import InvalidRecord
from estimator_semantics.host.markdown import cell, code, plain
from estimator_semantics.host.record import Machine
from estimator_semantics.host.report import page, render
from estimator_semantics.host.views import FORMATS

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAG = "<img src=x onerror=alert(1)>"
# Each is markup unless its signs are escaped; most try to leave the code, the cell or the line that they are in.
HOSTILE = [
    TAG,
    f"`{TAG}``",
    f"`{TAG}",
    f"``{TAG}`` {TAG}",
    f"` | `{TAG}",
    f"\\`{TAG}`",
    f"&lt;x {TAG}",
    f"[a](javascript:alert(1)) ![b](x) {TAG}",
    "<https://example.org/elsewhere>",
    "<!-- all that follows",
    "**bold** ~~struck~~ *x*",
    "two cells | of a table || and more",
    f"a line\n\n# of another paragraph {TAG}",
    f"| a\r|---|\r| {TAG} |",
    "</script><script>alert(1)</script>",
]
MESSAGE = "Skipping training since max_steps has already saved. "


def answer(name: str, **fields: object) -> record.Result:
    """Return an answer of the first case of an experiment."""
    case = experiments.specifications(name)[0]
    return msgspec.structs.replace(RESULT, experiment=case.name, revision=case.revision, **fields)


def hostile(text: str) -> record.Record:
    """Return a record with a text wherever one may be: in names and reasons in one line, as they are there."""
    line = record.printable(text)
    results = [
        msgspec.structs.replace(
            RESULT,
            measured={**COUNTS, "bound": text, f"a value {text}": [text, {text: text}]},
            counters={line: 1, "train op": 1750},
            log=[MESSAGE + line, line],
        ),
        answer("repeated_train", measured=None, status="error", why=line),
        answer("keras_epochs", measured={text: f"{text}Error", "fails": text}),
        answer("two_optimizers", measured=None, status="absent", why=line),
    ]
    header = msgspec.structs.replace(
        HEADER, revision=line, machine=Machine(line, 2), scrubbed={text: text}, variables={text: text}
    )
    return record.Record(header, tuple(results), HEADER.started)


def plain_one() -> record.Record:
    """Return a record of the same cases with nothing in it that needs to be escaped."""
    return hostile("x")


def tags(tokens) -> list[str]:
    """Return the tags and the addresses that Markdown takes for such, without those that have no text of a record in them."""
    found = []
    for token in tokens:
        if token.type in ("html_inline", "html_block"):
            found += re.findall(r"<\s*/?\s*[a-z!][^>]*", token.content, re.IGNORECASE)
        if token.type in ("link_open", "image"):
            found += [str(token.attrs.get("href", token.attrs.get("src")))]
        if token.type.endswith("_open") and token.type != "link_open":
            found.append(token.type)
        found += tags(token.children or [])
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_in_the_report_a_text_of_a_record_adds_no_markup(text):
    there, usual = (tags(MARKDOWN.parse(render([each]))) for each in (hostile(text), plain_one()))
    assert there == usual


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_diff_as_markdown_a_text_of_a_record_adds_no_markup(text):
    views = (FORMATS["markdown"](diff(plain_one(), each)) for each in (hostile(text), hostile("y")))
    there, usual = (tags(MARKDOWN.parse(view)) for view in views)
    assert there == usual


class Elements(HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, *(name for name, _ in attributes)))


@pytest.mark.parametrize("text", HOSTILE)
def test_on_the_page_a_text_of_a_record_adds_no_element(text):
    there, usual = (Elements(page([each])).found for each in (hostile(text), plain_one()))
    assert there == usual


@pytest.mark.parametrize("text", [each for each in HOSTILE if "\n" not in each and "\r" not in each])
def test_a_text_is_shown_as_it_is(text):
    (line,) = MARKDOWN.parseInline(code(text))
    assert [(each.type, each.content) for each in line.children] == [("code_inline", text)]
    (line,) = MARKDOWN.parseInline(plain(text))
    assert {each.type for each in line.children} <= {"text", "text_special", "code_inline"}
    table = MARKDOWN.parse(f"| a | b |\n|---|---|\n| {cell(plain(text))} | {cell(code(text))} |")
    assert len([token for token in table if token.type == "td_open"]) == 2
    assert not any(child.type.startswith("html") for token in table for child in token.children or [])


CONTROL = ["two\nlines", "\x1b[2J", "\x00", "tab\there", "\x85", "\u2028"]


@pytest.mark.parametrize("text", CONTROL)
@pytest.mark.parametrize("place", ["revision", "bridge", "machine"])
def test_a_header_with_control_characters_is_refused(tmp_path, place, text):
    value = {"machine": {"platform": text, "cpus": 2}}.get(place, text)
    with pytest.raises(InvalidRecord) as caught:
        record.read(with_header(tmp_path, place, value))
    assert "\n" not in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize("text", CONTROL)
@pytest.mark.parametrize("field", ["experiment", "revision", "why", "log", "counters", "plan"])
def test_a_result_with_control_characters_is_refused(tmp_path, field, text):
    value = {"log": [text], "counters": {text: 1}, "plan": {"api": text}}.get(field, text)
    with pytest.raises(InvalidRecord) as caught:
        record.read(with_result(tmp_path, field, value))
    assert "\n" not in str(caught.value) and str(caught.value).isprintable()


def test_variables_and_what_experiments_measure_may_have_several_lines(tmp_path):
    assert record.read(with_header(tmp_path, "variables", {"XLA_FLAGS": "a\nb"})).header.variables == {
        "XLA_FLAGS": "a\nb"
    }
    measured = {**COUNTS, "said": "two\nlines"}
    assert record.read(with_result(tmp_path, "measured", measured)).results[0].measured == measured
    assert json.loads(record.encode(msgspec.structs.replace(RESULT, measured=measured)))["measured"] == measured
