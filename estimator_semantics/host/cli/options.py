"""The options that several verbs have, and what can be chosen in them."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from estimator_semantics.host.operating_system import cores
from estimator_semantics.law.plan import count
from estimator_semantics.law.typed import number


class Scale(str, Enum):
    """How much data the cases train on."""

    full = "full"
    quick = "quick"


class ListFormat(str, Enum):
    """How a list of releases is written."""

    text = "text"
    github = "github"


class Format(str, Enum):
    """How an answer is written."""

    text = "text"
    json = "json"


class ReportFormat(str, Enum):
    """How results, or what is different, are written."""

    text = "text"
    markdown = "markdown"
    json = "json"
    junit = "junit"


ExperimentsArgument = Annotated[
    list[str] | None, typer.Argument(help="Experiments to carry out; all of them if none is named.")
]
ReleaseOption = Annotated[
    str | None, typer.Option(metavar="VERSION", help="Release to measure, in an environment that is built if need be.")
]
RangeOption = Annotated[
    str | None,
    typer.Option(metavar="RANGE", help="Releases, like '>=1.9,<2.4', or one version; all listed ones if not given."),
]
KerasOption = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION", help="Keras 3 to have beside the release; the one that comes with it if not given."
    ),
]
ScaleOption = Annotated[Scale, typer.Option(help="700,000 examples, or 7,000 in the same ratios.")]
ProcessesOption = Annotated[
    str | None, typer.Option(metavar="N", help="Processes at a time; as many as there are cores if not given.")
]
AgainOption = Annotated[bool, typer.Option("--again", help="Measure also what was measured before.")]
ReportFormatOption = Annotated[
    ReportFormat, typer.Option("--format", help="For people, for a page, for programs, or for a CI system.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="For people, or for programs.")]
DetailsOption = Annotated[bool, typer.Option("--details", help="Show everything, not just what changed.")]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WHAT", help="Compare only these APIs (fit), experiments or patterns (keras_*), separated by commas."
    ),
]
IgnoreOption = Annotated[
    list[str] | None, typer.Option(metavar="WHAT", help="Leave these out; same names as for --only.")
]
EachKerasOption = Annotated[
    bool,
    typer.Option(
        "--each-keras", help="Compare Keras 2 with Keras 2 and Keras 3 with Keras 3, instead of tf.keras with tf.keras."
    ),
]
AcceptOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Accept the changes that this file lists; fail on any other.")
]
WriteAcceptedOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write a file for --accept that lists every change.")
]


def only_one(tensorflow: str | None, python: Path | None, keras: str | None) -> None:
    """Refuse two options that say which TensorFlow it is, where one has to.

    Args:
        tensorflow: the option ``--tensorflow``; None if it was not given.
        python: the option ``--python``.
        keras: the option ``--keras``.

    Raises:
        BadParameter: there are two.
    """
    if python is not None and tensorflow is not None:
        raise typer.BadParameter("give either --tensorflow or --python, not both")
    if python is not None and keras is not None:
        raise typer.BadParameter("give either --keras or --python, not both")


def processes(given: str | None, for_each_core: int = 1) -> int:
    """Return how many processes the option ``--jobs`` allows at a time.

    Args:
        given: what was typed; None if nothing was.
        for_each_core: how many there are for each core then.

    Raises:
        InvalidPlan: it is no number, or none of at least 1.
    """
    if given is None:
        return for_each_core * cores()
    return whole("jobs", given, 1)


def whole(option: str, given: str, lowest: int) -> int:
    """Return the whole number that was typed for an option.

    Args:
        option: its name, without the hyphens.
        given: what was typed.
        lowest: the lowest number that it takes.

    Raises:
        InvalidPlan: it is no number, or a lower one.
    """
    return count(option, number(given), lowest)
