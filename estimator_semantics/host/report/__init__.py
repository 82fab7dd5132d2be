"""The report: what records say, as a page in Markdown with its pictures, and as one page in HTML."""

from estimator_semantics.host.report.markdown import pictures, render
from estimator_semantics.host.report.page import page

__all__ = ["page", "pictures", "render"]
