"""Views of a diff and of results: the same content for people, for a page, and for programs."""

from collections.abc import Callable, Sequence

from estimator_semantics.host.diff import Diff
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.views import junit, markdown, objects, results, text

FORMATS: dict[str, Callable[[Diff], str]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": objects.render,
    "junit": junit.render,
}
# What people get of results is `estimator_semantics.host.terminal.Terminal.table`.
RESULT_FORMATS: dict[str, Callable[[Sequence[Result], Versions], str]] = {
    "markdown": results.as_markdown,
    "json": results.as_json,
    "junit": results.as_junit,
}
