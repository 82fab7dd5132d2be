"""The verbs and their options. What a verb does is in the module of its name.

Modules are imported when their verb is called, and its options made then (annotations are not evaluated before), so that
``explain`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from estimator_semantics import __version__
from estimator_semantics.host.cli.options import (
    AcceptOption,
    AgainOption,
    DetailsOption,
    EachKerasOption,
    ExperimentsArgument,
    Format,
    FormatOption,
    IgnoreOption,
    KerasOption,
    ListFormat,
    OnlyOption,
    ProcessesOption,
    RangeOption,
    ReleaseOption,
    ReportFormat,
    ReportFormatOption,
    Scale,
    ScaleOption,
    WriteAcceptedOption,
    only_one,
    processes,
    whole,
)
from estimator_semantics.host.cli.plan_options import typed, with_plan

app = typer.Typer(
    help="How long will this training run? Steps and epochs in TensorFlow, predicted and measured.",
    epilog="Exit status: 0 all as expected, 1 a behaviour deviates, 2 wrong usage, 3 something could not be measured, "
    "70 an internal error.",
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command()
@with_plan
def explain(
    tensorflow: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Release, where releases differ; the newest if not given.")
    ] = None,
    keras: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Release of Keras, for fit; TensorFlow's own if not given.")
    ] = None,
    format: FormatOption = Format.text,
    **given: object,
) -> None:
    """Say how many steps a training or an evaluation runs, and which bound stops it. Needs no TensorFlow.

    Without --api it is a table of every way to train on that data: with an Estimator, with Keras, and in a loop.

    Counts may be written 700000, 700,000 or 7e5.
    """
    from estimator_semantics.host.cli import explain as verb

    verb.explain(typed(given), tensorflow=tensorflow, keras=keras, as_json=format is Format.json)


@app.command()
def run(
    experiments: ExperimentsArgument = None,
    tensorflow: ReleaseOption = None,
    python: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Interpreter whose TensorFlow to measure; nothing is installed there."),
    ] = None,
    keras: KerasOption = None,
    scale: ScaleOption = Scale.full,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for record, report and log.")] = Path("results"),
    jobs: ProcessesOption = None,
    again: AgainOption = False,
    list_only: Annotated[bool, typer.Option("--list", help="Print the experiments and measure nothing.")] = False,
    list_cases: Annotated[
        bool, typer.Option("--cases", help="With --list: print the cases of the experiments.")
    ] = False,
    details: DetailsOption = False,
    format: ReportFormatOption = ReportFormat.text,
) -> None:
    """Carry out experiments on a real TensorFlow and compare each with the prediction.

    What was measured is kept as it comes. After an interruption, the same command goes on where it was.
    """
    from estimator_semantics.host.cli import run as verb

    only_one(tensorflow, python, keras)
    if list_only:
        verb.print_list(tuple(experiments or ()), cases=list_cases)
        return
    if list_cases:
        raise typer.BadParameter("--cases: needs --list; give both")
    status = verb.run(
        names=tuple(experiments or ()),
        tensorflow=tensorflow,
        python=python,
        keras=keras,
        scale=scale.value,
        out=out,
        jobs=processes(jobs),
        again=again,
        format=format.value,
        details=details,
    )
    raise typer.Exit(status)


@app.command()
def matrix(
    experiments: ExperimentsArgument = None,
    tensorflow: RangeOption = None,
    keras: Annotated[
        str | None,
        typer.Option(
            metavar="VERSIONS", help="Releases of Keras 3, like 3.6.0,3.7.0, each measured on one TensorFlow."
        ),
    ] = None,
    scale: ScaleOption = Scale.quick,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the records, one a release.")] = Path("results"),
    jobs: Annotated[
        str | None,
        typer.Option(metavar="N", help="Releases at a time; two for each core if not given, for much of it waits."),
    ] = None,
    again: AgainOption = False,
    list_only: Annotated[bool, typer.Option("--list", help="Print the releases and measure nothing.")] = False,
    format: Annotated[
        ListFormat, typer.Option("--format", help="With --list: a line each, or a GitHub Actions matrix.")
    ] = ListFormat.text,
    collect: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Merge the records below this folder and measure nothing.")
    ] = None,
) -> None:
    """Carry out experiments on many releases, some at a time.

    What goes wrong with one release costs that one alone. After an interruption, the same command goes on where it was.
    """
    from estimator_semantics.host.cli import matrix as verb

    if list_only:
        verb.print_list(tensorflow, keras, for_github=format is ListFormat.github)
    elif collect is not None:
        raise typer.Exit(verb.collect(collect, out))
    else:
        names = tuple(experiments or ())
        raise typer.Exit(
            verb.run(names, tensorflow, keras, scale.value, out, processes(jobs, for_each_core=2), again=again)
        )


@app.command()
def check(
    experiments: ExperimentsArgument = None,
    tensorflow: ReleaseOption = None,
    python: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Interpreter whose TensorFlow to check; the one that runs this if not given."
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="RELEASE", help="Release, or record, to compare with; the newest with its own tf.estimator if none."
        ),
    ] = None,
    keras: KerasOption = None,
    against_keras: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION", help="Recorded release of Keras 3 to compare with; the newest if --keras is given."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Carry out also what must wait, or needs several processes.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to keep record and log in; nothing is kept if none.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Measure also what was measured, and kept, before.")] = False,
    jobs: ProcessesOption = None,
    speed: Annotated[
        bool, typer.Option("--speed", help="Compare instead how long a step takes; both releases take turns here.")
    ] = False,
    only: OnlyOption = None,
    ignore: IgnoreOption = None,
    each_keras: EachKerasOption = False,
    accept: AcceptOption = None,
    write_accepted: WriteAcceptedOption = None,
    details: DetailsOption = False,
    format: ReportFormatOption = ReportFormat.text,
) -> None:
    """Say what the TensorFlow of an environment does otherwise than a recorded release. Made for CI.

    Exit status: 0 nothing changed, 1 a behaviour changed or is gone, 3 something could not be measured. With --speed: 1 when
    a step takes longer, by more than 5 % and by more than chance.
    """
    from estimator_semantics.host.cli import check as verb

    only_one(tensorflow, python, keras)
    if against is not None and against_keras is not None:
        raise typer.BadParameter("give either --against or --against-keras, not both")
    if speed:
        raise typer.Exit(_check_speed(tuple(experiments or ()), tensorflow, python, against, format))
    status = verb.check(
        names=tuple(experiments or ()),
        tensorflow=tensorflow,
        python=python,
        keras=keras,
        against=against if against_keras is None else f"keras=={against_keras}",
        everything=everything,
        out=out,
        again=again,
        jobs=processes(jobs),
        only=tuple(only or ()),
        ignored=tuple(ignore or ()),
        each_keras=each_keras,
        accept=accept,
        write_accepted=write_accepted,
        format=format.value,
        details=details,
    )
    raise typer.Exit(status)


def _check_speed(
    experiments: tuple[str, ...], tensorflow: str | None, python: Path | None, against: str | None, format: ReportFormat
) -> int:
    from estimator_semantics.host import stopwatch
    from estimator_semantics.host.cli import speed as verb

    if experiments:
        raise typer.BadParameter("--speed times the three trainings of the answer; name no experiments with it")
    if format not in (ReportFormat.text, ReportFormat.json):
        raise typer.BadParameter(f"--format {format.value}: --speed has text and json")
    return verb.check(
        tensorflow=tensorflow,
        python=python,
        against=against,
        steps=stopwatch.STEPS,
        rounds=verb.ROUNDS,
        as_json=format is ReportFormat.json,
    )


@app.command()
def speed(
    tensorflow: RangeOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File for the times; the one that comes with the project if not given."),
    ] = None,
    steps: Annotated[str, typer.Option(metavar="N", help="Steps in each training, about; 50 at least.")] = "1000",
    rounds: Annotated[str, typer.Option(metavar="N", help="Pairs of trainings of each case.")] = "4",
    again: Annotated[bool, typer.Option("--again", help="Time also what was timed before.")] = False,
) -> None:
    """Time the step loop on many releases, each in turns with the newest one that has its own tf.estimator.

    Let nothing else run meanwhile. After an interruption, the same command goes on where it was.
    """
    from estimator_semantics.host.cli import speed as verb

    raise typer.Exit(verb.speed(tensorflow, out, whole("steps", steps, 50), whole("rounds", rounds, 1), again=again))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Release, or record, to compare against.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Release, or record, to compare.")],
    only: OnlyOption = None,
    ignore: IgnoreOption = None,
    each_keras: EachKerasOption = False,
    accept: AcceptOption = None,
    write_accepted: WriteAcceptedOption = None,
    details: DetailsOption = False,
    format: ReportFormatOption = ReportFormat.text,
) -> None:
    """Say what is different between two records: since when, what it means, and what to do.

    Exit status: 0 nothing changed, 1 a behaviour changed or is gone, 3 something was not measured.
    """
    from estimator_semantics.host.cli import diff as verb

    status = verb.diff(
        old,
        new,
        format.value,
        only=tuple(only or ()),
        ignored=tuple(ignore or ()),
        each_keras=each_keras,
        accept=accept,
        write_accepted=write_accepted,
        details=details,
    )
    raise typer.Exit(status)


@app.command()
def releases(
    release: Annotated[
        str | None,
        typer.Argument(metavar="RELEASE", help="Show this release only, like 2.15, and what is installed for it."),
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="Show also what is installed for each.")] = False,
) -> None:
    """List the releases of TensorFlow that are known, and whether an interpreter for each is here."""
    from estimator_semantics.host.cli import releases as verb

    verb.releases(release, details=details)


@app.command("new-experiment")
def new_experiment(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, which is that of its module, like no_epochs.")],
) -> None:
    """Write a new experiment into the folder experiments/ of a checkout. It can be run as it is."""
    from estimator_semantics.host.cli import new_experiment as verb

    verb.new_experiment(name)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the lines of a record."""
    from estimator_semantics.host.cli import schema as verb

    verb.schema()


@app.command()
def report(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records to report on; those that come with the project if none.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File to write, pictures beside it; standard output if not given."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write one page in HTML there instead: index.html.")
    ] = None,
) -> None:
    """Write the report on what was measured, in Markdown, or as a page with the table and a calculator."""
    from estimator_semantics.host.cli import report as verb

    raise typer.Exit(verb.report(tuple(records or ()), output, html))
