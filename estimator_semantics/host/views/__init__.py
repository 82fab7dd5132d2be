"""Views of a diff: the same content for people, for a page, and for programs."""

from collections.abc import Callable

from estimator_semantics.host.diff import Diff
from estimator_semantics.host.views import junit, markdown, objects, text

FORMATS: dict[str, Callable[[Diff], str]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": objects.render,
    "junit": junit.render,
}
