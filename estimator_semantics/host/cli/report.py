"""``report``: writes the report on records."""

from pathlib import Path
from typing import Any

from estimator_semantics.host import costs, packaged, speed
from estimator_semantics.host import report as reports
from estimator_semantics.host.cli import unusable
from estimator_semantics.host.cli.output import claim, write
from estimator_semantics.host.errors import NotWritable
from estimator_semantics.host.record import Record

PAGE = "index.html"


def report(paths: tuple[Path, ...], output: Path | None, html: Path | None) -> int:
    """Write the report.

    Args:
        paths: records; those that come with the project when none is given.
        output: file to write, with a folder of pictures beside it; None for standard output, without them.
        html: folder that gets the page; None for the report in Markdown.

    Returns:
        The exit status: 3 where an experiment cannot be used, and is left out; otherwise 0.

    Raises:
        InvalidRecord: for a file that is not a whole record.
        NotWritable: the output cannot be written.
    """
    # It takes a while to render what goes there.
    if html is not None:
        claim(html / PAGE, option="--html")
    if output is not None:
        claim(output, option="--output")
    records = tuple(packaged.read(path) for path in paths) or packaged.records()
    # What comes with the project besides its records is told with them only.
    beside = {} if paths else _beside()
    if html is not None:
        _keep(html, {PAGE: reports.page(records, beside.get("of_keras", ()))}, option="--html")
    if output is not None:
        write_report(records, output, **beside)
    elif html is None:
        write(reports.render(records, **beside))
    left_out = unusable.left_out()
    unusable.report(left_out)
    return unusable.status(left_out)


def _beside() -> dict[str, Any]:
    return {
        "of_keras": packaged.records_of_keras(),
        "at_full_scale": packaged.records_at_full_scale(),
        "speed": speed.recorded(),
        "costs": costs.recorded(),
    }


def write_report(records: tuple[Record, ...], output: Path, **beside: Any) -> None:
    """Write the report in Markdown to a file, and its pictures beside it.

    Args:
        records: one for each release of TensorFlow.
        output: the file.
        **beside: what else is told; see `estimator_semantics.host.report.render`.

    Raises:
        NotWritable: it cannot be written.
    """
    files = {output.name: reports.render(records, **beside), **reports.pictures(records)}
    _keep(output.parent, files, option="--output")


def _keep(folder: Path, files: dict[str, str], option: str) -> None:
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise NotWritable(path, error.strerror or str(error), option=option) from None
