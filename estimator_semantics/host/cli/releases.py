"""``releases``: the release catalogue, and which of its releases can be measured here."""

from rich.table import Table

from estimator_semantics.host import catalogue, environments
from estimator_semantics.host.terminal import PatientConsole


def releases() -> None:
    """Prints each listed release with what it takes, and whether an interpreter for it is here."""
    minors = sorted({minor for release in catalogue.releases() for minor in release.pythons})
    here = {minor for minor in minors if environments.interpreter(minor) is not None}
    table = Table(show_edge=False, pad_edge=False)
    for column in ("TensorFlow", "published", "tf.estimator", "Python", "here", "pins"):
        table.add_column(column)
    for release in catalogue.releases():
        found = [minor for minor in release.pythons if minor in here]
        table.add_row(
            release.version,
            release.date,
            release.estimator,
            ", ".join(release.pythons),
            found[0] if found else "–",
            ", ".join(release.pins),
        )
    console = PatientConsole(highlight=False)
    console.print(table)
    measurable = sum(any(minor in here for minor in release.pythons) for release in catalogue.releases())
    console.print(
        f"an interpreter is here for {measurable} of {len(catalogue.releases())}; "
        "others are downloaded where the network allows"
    )
