"""The templates, as they are filled in."""

import jinja2

from estimator_semantics.host import words

_LOADER = jinja2.PackageLoader("estimator_semantics.host", "templates")


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
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|")
    environment.filters["minor"] = words.minor
    return environment


markdown = _environment(autoescape=False)
markup = _environment(autoescape=True)


def source(name: str) -> str:
    """Returns a file of the templates as it is: a style, or a script.

    Args:
        name: its name, for example ``"law.js"``.
    """
    text, _, _ = _LOADER.get_source(markdown, name)
    return text
