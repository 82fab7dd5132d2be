"""``diff``: what is different between two records."""

from estimator_semantics.host import packaged
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.diff import diff as compare
from estimator_semantics.host.views import FORMATS


def diff(old: str, new: str, format: str) -> int:
    """Prints what is different between two records.

    Args:
        old: the release or the file that is compared against.
        new: the other one.
        format: one of the names in `FORMATS`.

    Returns:
        The exit status.

    Raises:
        NoRecord: there is no record of a release, and no such file.
        InvalidRecord: a file is not a whole record.
    """
    before, after = packaged.of(old), packaged.of(new)
    found = compare(before, after, packaged.history(before, after))
    write(FORMATS[format](found))
    return found.status
