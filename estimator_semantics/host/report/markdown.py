"""The report in Markdown. A pure function of the records."""

from collections.abc import Sequence

from estimator_semantics.host import mutants, trainers
from estimator_semantics.host.catalogue import DEFAULT
from estimator_semantics.host.costs import Costs
from estimator_semantics.host.history import History
from estimator_semantics.host.record import Record
from estimator_semantics.host.report import chapters, templates, upgrades, ways_to_train
from estimator_semantics.host.report.heat_map import heat_map
from estimator_semantics.host.report.logged import logged
from estimator_semantics.host.report.questions import questions
from estimator_semantics.host.report.three_runs import three_runs
from estimator_semantics.host.speed import Speed

# Where the pictures are, seen from the report.
FOLDER = "report"


def render(
    records: Sequence[Record],
    of_keras: Sequence[Record] = (),
    at_full_scale: Sequence[Record] = (),
    speed: Speed | None = None,
    costs: Costs | None = None,
) -> str:
    """Return the report on records, byte for byte the same for the same records.

    Args:
        records: one for each release of TensorFlow.
        of_keras: one for each release of Keras that was measured beside the same release of TensorFlow, the oldest first.
        at_full_scale: what of the records was measured at full scale, where that was on other days.
        speed: how long a step takes on each release, where that was timed.
        costs: what the benchmarks found, where they were run.

    Raises:
        OtherRevision: a result was measured by another revision of its experiment.
    """
    history = History(records)
    listed = chapters.chapters(history)
    timed = [times for times in speed.releases if not times.why] if speed else []
    by_ratio = sorted(timed, key=lambda times: times.ratio().median)
    telling = [each for each in listed if each.specification.instead]
    return templates.markdown.get_template("REPORT.md").render(
        records=history.records,
        history=history,
        default=DEFAULT,
        three=chapters.three_trainings(history, DEFAULT),
        questions=questions(history, DEFAULT),
        breaking=[each for each in telling if each.breaks_the_rule],
        minding=[each for each in telling if not each.breaks_the_rule],
        logged=logged([*history.records, *of_keras]),
        upgrades=upgrades.upgrades(chapters.boundaries(history, of_keras)),
        of_keras=of_keras,
        generations=ways_to_train.generations(history),
        ways=ways_to_train.ways(history),
        trainers=trainers.trainers(),
        at_full_scale=at_full_scale,
        speed=speed,
        costs=costs,
        timed=timed,
        extremes=(by_ratio[0], by_ratio[-1]) if timed else (),
        ways_to_train=ways_to_train,
        mutants=[each for each in mutants.table() if each.case and each.case.revision in _revisions(history)],
        chapters=listed,
        bridged=[each.header.versions for each in history.records if each.header.versions.estimator == "bridged"],
        pictures=[f"{FOLDER}/{name}" for name in _pictures(history)],
        folder=FOLDER,
    )


def _revisions(history: History) -> set[str]:
    return {result.revision for record in history.records for result in record.results}


def pictures(records: Sequence[Record]) -> dict[str, str]:
    """Return the pictures that the report shows, by their paths as seen from it.

    Args:
        records: one for each environment.
    """
    return {f"{FOLDER}/{name}": picture for name, picture in _pictures(History(records)).items()}


def _pictures(history: History) -> dict[str, str]:
    drawn = {}
    if three := chapters.three_trainings(history, DEFAULT):
        drawn["three_runs.svg"] = three_runs(three)
    if len(history.releases) > 1 and (rows := chapters.chapters(history)):
        drawn["heat_map.svg"] = heat_map(rows, history)
    return drawn
