"""``report``: writes the report on records."""

from pathlib import Path

from estimator_semantics.host import packaged, record
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.errors import NotWritable
from estimator_semantics.host.report import render


def report(paths: tuple[Path, ...], output: Path | None) -> None:
    """Writes the report.

    Args:
        paths: records; those that come with the project when none is given.
        output: file to write; None for standard output.

    Raises:
        InvalidRecord: for a file that is not a whole record.
        NotWritable: the output file cannot be written.
    """
    text = render([record.read(path) for path in paths] or packaged.records())
    if output is None:
        write(text)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise NotWritable(output, error.strerror or str(error), option="--output") from None
