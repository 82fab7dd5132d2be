"""Accepted changes: what a gate is told to live with. Needs no TensorFlow. Runs on macOS and Windows too."""

import msgspec
import pytest

from estimator_semantics.host import acceptance, packaged, words
from estimator_semantics.host.acceptance import Line
from estimator_semantics.host.diff import ACCEPTED, diff
from estimator_semantics.host.errors import InvalidAcceptance
from estimator_semantics.host.lineup import default_keras
from estimator_semantics.host.report.chapters import quick
from estimator_semantics.host.selection import Selection
from estimator_semantics.host.shift import FAILING
from estimator_semantics.host.views import FORMATS

RELEASES = {words.minor(record.header.versions.tensorflow): quick(record) for record in packaged.records()}
OLD, NEW = RELEASES["2.15"], RELEASES["2.21"]


@pytest.fixture(scope="module")
def found():
    return diff(OLD, NEW, RELEASES.values())


@pytest.fixture
def file(tmp_path, found):
    path = tmp_path / "accepted.txt"
    acceptance.write(path, found)
    return path


def test_what_was_written_accepts_everything_and_nothing_more(found, file):
    assert found.status == 1
    left = acceptance.accept(found, acceptance.read(file))
    assert (left.status, left.entries, left.outdated) == (0, (), ())
    assert {entry.experiment for entry in left.accepted} == {entry.experiment for entry in found.entries}
    assert left.counts[ACCEPTED] == len(found.entries) and sum(left.counts.values()) == len(found.compared)
    for name, view in FORMATS.items():
        assert "keras_steps_per_epoch" in view(left), name


def test_there_is_one_line_for_each_change(found, file):
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    changes = [shift for entry in found.entries for shift in entry.shifts if shift.kind in FAILING]
    assert len(lines) == len(changes) == len(set(lines)) and lines == sorted(lines)
    assert "keras_steps_per_epoch[Dataset, above]: steps: 3 -> 12" in lines


def altered(record, experiment, behaviour, value):
    """Return a record in which one more behaviour has changed."""
    results = [
        msgspec.structs.replace(result, measured={**result.measured, behaviour: value})
        if result.experiment == experiment
        else result
        for result in record.results
    ]
    return msgspec.structs.replace(record, results=tuple(results))


@pytest.mark.parametrize(
    ("experiment", "behaviour", "value"),
    [
        ("steps_implicit", "steps", 1751),
        # One more value of a case whose other values are accepted.
        ("keras_steps_per_epoch[Keras 3: Dataset, above]", "last_batch", 3),
        # Another value than the accepted one.
        ("keras_steps_per_epoch[Keras 3: Dataset, above]", "steps", 13),
    ],
)
def test_one_more_change_fails_all_the_same(file, experiment, behaviour, value):
    found = diff(OLD, altered(NEW, experiment, behaviour, value), RELEASES.values())
    left = acceptance.accept(found, acceptance.read(file))
    assert left.status == 1
    assert [(entry.experiment, shift.behaviour) for entry in left.entries for shift in entry.shifts] == [
        (experiment.partition("[")[0], behaviour)
    ]
    for view in FORMATS.values():
        assert experiment.partition("[")[0] in view(left) or left.entries[0].title in view(left)


def test_a_line_that_no_longer_applies_is_reported(found, file):
    line = "steps_implicit: steps: 1 -> 2  # was so once"
    file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")
    left = acceptance.accept(found, acceptance.read(file))
    assert (left.status, left.outdated) == (0, (line,))
    assert (
        " ".join(line.split()) in " ".join(FORMATS["text"](left).split())
        and line in FORMATS["markdown"](left)
        and line in FORMATS["json"](left)
    )
    of_fit = diff(OLD, NEW, selection=Selection(only=("fit",)))
    assert acceptance.accept(of_fit, acceptance.read(file)).outdated == (), "steps_implicit was not compared"


def test_reasons_are_kept_when_the_file_is_written_again(found, file):
    text = file.read_text("utf-8").replace("steps: 3 -> 12\n", "steps: 3 -> 12  # we repeat the data\n")
    file.write_text(f"{text}no_such_experiment: gone  # elsewhere\n", "utf-8")
    acceptance.write(file, found, acceptance.read(file))
    again = file.read_text("utf-8")
    assert "steps: 3 -> 12  # we repeat the data\n" in again
    assert "no_such_experiment: gone  # elsewhere\n" in again, "what was not compared this time is kept"


@pytest.mark.parametrize(
    "line",
    [
        Line("steps_implicit", "steps", 1, None),
        Line("case[with: a, colon]", "usage", {"1": 3}, {"2": [1, "a -> b  # c"]}, "a reason: with -> and #"),
        Line("boosted_trees[data ends first]", "", reason="we left it"),
        Line("tf.estimator", "estimator", "native", "bridged"),
        Line("values_of_steps[steps]", "2 ** 63", "no end", "OverflowError"),
    ],
    ids=str,
)
def test_a_line_is_read_as_it_was_written(tmp_path, line):
    path = tmp_path / "accepted.txt"
    path.write_text(f"# a comment\n\n  {line}\n", "utf-8")
    assert acceptance.read(path) == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "steps",
        "steps_implicit: steps",
        "steps_implicit: steps: 1",
        "x: steps: 1 -> ",
        "x: steps: 1 -> 2 why",
        "x: steps: one -> 2",
    ],
)
def test_a_line_that_says_nothing_is_refused_with_its_number(tmp_path, line):
    path = tmp_path / "accepted.txt"
    path.write_text(f"# a comment\n{line}\n", "utf-8")
    with pytest.raises(InvalidAcceptance, match=r"accepted\.txt: line 2: "):
        acceptance.read(path)


def test_a_file_that_is_not_there_is_one_line_of_error(command, tmp_path):
    done = command("diff", "2.15", "2.21", "--accept", tmp_path / "none.txt")
    assert (done.returncode, done.stdout) == (2, "") and len(done.stderr.splitlines()) == 1
    assert "No such file" in done.stderr and "--write-accepted" in done.stderr


def test_the_verb_writes_and_reads_it(command, tmp_path):
    path = tmp_path / "accepted.txt"
    assert command("diff", "2.15", "2.21").returncode == 1
    assert command("diff", "2.15", "2.21", "--write-accepted", path).returncode == 0
    assert command("diff", "2.15", "2.21", "--accept", path).returncode == 0
    assert command("diff", "1.9", "2.15", "--accept", path).returncode == 1
    refused = command("diff", "2.15", "2.21", "--write-accepted", path / "accepted.txt")
    assert (refused.returncode, refused.stdout) == (2, "") and "--write-accepted" in refused.stderr


@pytest.mark.parametrize(
    ("options", "experiments"),
    [
        (("--only", "train_and_evaluate"), ["tf.estimator"]),
        (("--only", "keras_epochs,keras_no_batch"), ["keras_epochs", "keras_no_batch"]),
        (("--only", "keras_e*"), ["keras_endless_data", "keras_epochs"]),
        (("--only", "train", "--ignore", "tf.estimator"), ["values_of_steps"]),
        (("--only", "keras_epochs[Keras 2: generator]"), ["keras_epochs"]),
        (("--only", "keras_epochs[Keras 3: generator]"), ["keras_epochs"]),
        (("--only", "keras_e*", "--ignore", "keras_epochs[Keras 3: generator]"), ["keras_endless_data"]),
        (("--ignore", "fit", "--ignore", "tf.estimator"), ["values_of_steps"]),
    ],
    ids=str,
)
def test_only_what_concerns_the_user_is_shown(command, options, experiments):
    done = command("diff", "2.15", "2.21", "--format", "json", *options)
    found = msgspec.json.decode(done.stdout)
    assert sorted(entry["experiment"] for entry in found["entries"]) == experiments
    assert done.returncode == found["status"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--only", "trian"), "--only trian: matches no API and no experiment; try train"),
        (("--ignore", "keras_epoch"), "--ignore keras_epoch: matches no API and no experiment; try keras_epochs"),
        (("--only", "fit", "--ignore", "keras_*"), "--ignore keras_*: leaves nothing to compare"),
    ],
    ids=str,
)
def test_a_pattern_that_matches_nothing_is_refused(command, options, says):
    done = command("diff", "2.15", "2.21", *options)
    assert done.returncode == 2 and says in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_variable_that_changes_results_is_shown_beside_the_changes():
    header = msgspec.structs.replace(NEW.header, variables={"TF_USE_LEGACY_KERAS": "1"})
    assert (default_keras(NEW.header), default_keras(header)) == (3, 2)
    found = diff(OLD, msgspec.structs.replace(NEW, header=header), RELEASES.values())
    assert ("TF_USE_LEGACY_KERAS", None, "1") in found.environment
    assert "keras_steps_per_epoch" not in {entry.experiment for entry in found.entries}, (
        "Keras 2 is compared with Keras 2"
    )
    assert "keras_initial_epoch" in {entry.experiment for entry in found.entries}
