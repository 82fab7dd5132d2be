"""``diff``: what is different between two records."""

from estimator_semantics.host import packaged
from estimator_semantics.host.cli.output import write_diff
from estimator_semantics.host.diff import diff as compare


def diff(old: str, new: str, format: str, *, details: bool) -> int:
    """Prints what is different between two records.

    Args:
        old: the release or the file that is compared against.
        new: the other one.
        format: one of the names in `estimator_semantics.host.views.FORMATS`.
        details: whether the text for people says everything.

    Returns:
        The exit status.

    Raises:
        NoRecord: there is no record of a release, and no such file.
        InvalidRecord: a file is not a whole record.
    """
    before, after = packaged.of(old), packaged.of(new)
    found = compare(before, after, packaged.history(before, after))
    write_diff(found, format, details=details)
    return found.status
