"""The templates, as they are filled in."""

import re

import jinja2

from estimator_semantics.host import words
from estimator_semantics.host.markdown import cell, code, plain

# These begin a command, and not a sentence.
_COMMANDS = ("pip", "python")

_LOADER = jinja2.PackageLoader("estimator_semantics.host", "templates")


def sentence(text: str) -> str:
    """Return a few words as a sentence: with a capital, where they begin with a word, and with a full stop."""
    word = re.match(r"[a-z]+(?=[ ,])", text)
    if word and word[0] not in _COMMANDS:
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _environment(*, autoescape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=_LOADER,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=autoescape,
    )
    environment.globals["words"] = words
    environment.filters["grouped"] = lambda count: "–" if count is None else f"{count:,}"
    environment.filters["cell"] = cell
    environment.filters["code"] = code
    environment.filters["plain"] = plain
    environment.filters["sentence"] = sentence
    environment.filters["minor"] = words.minor
    return environment


markdown = _environment(autoescape=False)
markup = _environment(autoescape=True)


def source(name: str) -> str:
    """Return a file of the templates as it is: a style, or a script.

    Args:
        name: its name, for example ``"law.js"``.
    """
    text, _, _ = _LOADER.get_source(markdown, name)
    return text
