"""The report: what records say, as a page in Markdown. A pure function of the records."""

from collections.abc import Sequence

import jinja2

from estimator_semantics.host import words
from estimator_semantics.host.record import Record
from estimator_semantics.host.verdict import current, judge

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("estimator_semantics.host", "templates"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # Markdown
)
_templates.globals["words"] = words
_templates.globals["judge"] = judge
_templates.globals["current"] = current
_templates.filters["grouped"] = lambda count: "–" if count is None else f"{count:,}"
_templates.filters["verdict_of"] = lambda result, tensorflow: judge(result, tensorflow).outcome
_templates.filters["cell"] = lambda text: str(text).replace("|", "\\|")


def render(records: Sequence[Record]) -> str:
    """Returns the report on records, byte for byte the same for the same records.

    Args:
        records: one for each environment.
    """
    return _templates.get_template("REPORT.md").render(records=records)
