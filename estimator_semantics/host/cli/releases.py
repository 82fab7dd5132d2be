"""``releases``: the release catalogue, and which of its releases can be measured here."""

from collections.abc import Sequence

from estimator_semantics.host import catalogue, environments
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.cli.output import write, write_wrapped

COLUMNS = ("TensorFlow", "published", "tf.estimator", "Python", "here")


def releases(version: str | None = None, *, details: bool = False) -> None:
    """Print each listed release with the Pythons it takes, and whether an interpreter for it is here.

    Args:
        version: the one release to print, with what is installed for it; all of them if None.
        details: whether to print of each what is installed for it.

    Raises:
        UnknownRelease: this is not a version.
    """
    shown = catalogue.releases() if version is None else (catalogue.find(version, "release"),)
    if version is not None:
        # A minor is asked for by its name, and answered by the patch that is listed.
        shown = tuple(each for each in catalogue.releases() if each.version.startswith(f"{version}.")) or shown
    minors = {minor for release in shown for minor in release.pythons}
    here = {minor for minor in minors if environments.interpreter(minor) is not None}
    rows = [COLUMNS, *(_row(release, here) for release in shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    if not details and version is None:
        write("\n".join(lines) + "\n")
    else:
        write(f"{lines[0]}\n")
        for line, release in zip(lines[1:], shown, strict=True):
            write_wrapped(f"{line}\n    {', '.join(release.requirements)}\n")
    measurable = sum(not here.isdisjoint(release.pythons) for release in shown)
    if version is None:
        write_wrapped(
            f"An interpreter is here for {measurable} of {len(shown)}; others are downloaded where the network allows. "
            "With --details: what is installed for each.\n"
        )


def _row(release: Release, here: set[str]) -> Sequence[str]:
    # The first Python is the one that is taken where it is here.
    taken = next((minor for minor in release.pythons if minor in here), "–")
    return release.version, release.date or "–", release.estimator, ", ".join(release.pythons), taken
