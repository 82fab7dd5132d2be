"""What the law calls absent, held to the records: a release lacks what its record says it lacks, and nothing else.

Needs no TensorFlow. Runs on macOS and Windows too.
"""

import re
import sys
from functools import cache

import pytest

from estimator_semantics import law
from estimator_semantics.host import packaged
from estimator_semantics.host.cli import app

# Why a case is absent that has nothing to do with its plan: its experiment needs another API beside the training.
OF_ANOTHER_API = (
    "has no tf.estimator.BestExporter",
    "has no tf.estimator.BoostedTreesRegressor",
    "has no tf.contrib.data.make_csv_dataset",
    "has no early-stopping hooks",
    "has no CheckpointInputPipelineHook",
    "LinearRegressor has no loss_reduction",
    "fit on arrays without an example never ends, and nothing can end it",  # the law predicts just that
)
# An evaluation as train_and_evaluate makes it, which Estimator.evaluate also makes.
EVALUATES_IN_BETWEEN = ("eval_spec_steps", "has no tf.estimator.TrainSpec")

# Experiments that go round what a release lacks, and how.
GO_ROUND = {
    "dataset_from_exhausted_generator": "returns the tensors of an iterator",
    "dataset_from_generator": "returns the tensors of an iterator",
    "limit_epochs": "makes its batches with a queue, and no Dataset",
    "no_epochs": "returns the tensors of an iterator",
    "one_shot_iterator": "returns the tensors of an iterator",
    "tfrecord_files": "returns the tensors of an iterator",
}


@cache
def results():
    """Return each result of the packaged records with its releases of TensorFlow and Keras, its plan, and why it is absent."""
    found = []
    for record in (*packaged.records(), *packaged.records_of_keras()):
        versions = record.header.versions
        for result in record.results:
            keras = versions.keras if result.plan.get("keras") == 3 else None
            plan = law.check(law.Plan(**result.plan))
            found.append((result.experiment.partition("[")[0], plan, versions.tensorflow, keras, result))
    return found


def is_refused(plan, tensorflow, keras):
    try:
        law.check_release(plan, tensorflow, keras)
    except law.InvalidPlan:
        return True
    return False


def is_of_another_api(name, why):
    return any(each in why for each in OF_ANOTHER_API) or (
        name == EVALUATES_IN_BETWEEN[0] and EVALUATES_IN_BETWEEN[1] in why
    )


def test_what_a_record_calls_absent_the_law_refuses_and_nothing_else():
    wrong = []
    for name, plan, tensorflow, keras, result in results():
        if result.status == "absent":
            right = is_refused(plan, tensorflow, keras) or is_of_another_api(name, result.why)
        else:
            right = not is_refused(plan, tensorflow, keras) or name in GO_ROUND
        if not right:
            wrong.append((result.experiment, tensorflow, result.status, result.why))
    assert wrong == []


def test_no_exception_is_left_over():
    gone_round = {
        name
        for name, plan, *releases, result in results()
        if result.status == "measured" and is_refused(plan, *releases)
    }
    assert gone_round == set(GO_ROUND)
    whys = {(name, result.why) for name, _, _, _, result in results() if result.status == "absent"}
    assert [each for each in OF_ANOTHER_API if not any(each in why for _, why in whys)] == []
    assert any(name == EVALUATES_IN_BETWEEN[0] and EVALUATES_IN_BETWEEN[1] in why for name, why in whys)


def test_of_each_field_that_a_release_may_lack_there_is_a_record():
    fields = set()
    for _, plan, tensorflow, keras, result in results():
        if result.status == "absent":
            try:
                law.check_release(plan, tensorflow, keras)
            except law.InvalidPlan as error:
                fields.add((error.field, getattr(plan, error.field)))
    assert {field for field, _ in fields} == {
        "api",
        "strategy",
        "input",
        "drop_remainder",
        "keras",
        "steps_per_execution",
    }
    assert {value for field, value in fields if field == "strategy"} == set(law.plan.STRATEGIES)
    assert {value for field, value in fields if field == "api"} == {"train_and_evaluate", "fit"}


TEN = ("explain", "--examples", "10", "--batch-size", "4", "--num-epochs", "3")
DATASET = ("--input", "batch, then repeat")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            (*DATASET, "--drop-remainder", "--tensorflow", "1.9.0"),
            "--drop-remainder: needs TensorFlow 1.10 or later; in 1.9.0, apply tf.contrib.data.batch_and_drop_remainder(",
        ),
        (
            (*DATASET, "--api", "evaluate", "--drop-remainder", "--tensorflow", "1.5"),
            "--drop-remainder: needs TensorFlow 1.10 or later",
        ),
        (
            (*DATASET, "--tensorflow", "1.4.1"),
            "--input batch, then repeat: an input_fn can return a Dataset since TensorFlow 1.5; in 1.4.1, return "
            "dataset.make_one_",
        ),
        ((*DATASET, "--tensorflow", "1.3.0"), "in 1.3.0, return dataset.make_one_shot_iterator().get_next()"),
        (
            ("--strategy", "parameter_server", "--tensorflow", "1.3.0"),
            "--strategy parameter_server: needs TensorFlow 1.4 or later; 1.3.0 does not have it",
        ),
        (
            ("--strategy", "mirrored", "--tensorflow", "1.7.1"),
            "--strategy mirrored: needs TensorFlow 1.8 or later; 1.7.1 does not have it",
        ),
        (
            ("--strategy", "multi_worker_mirrored", "--tensorflow", "1.11"),
            "--strategy multi_worker_mirrored: needs TensorFlow 1.12 or later; 1.11 does not have it",
        ),
        (
            ("--api", "fit", "--steps-per-execution", "2", "--tensorflow", "2.2.3"),
            "--steps-per-execution 2: needs TensorFlow 2.3 or later, where it is experimental_steps_per_execution; compile in "
            "2.2.3",
        ),
        (
            ("--steps-per-execution", "2", "--tensorflow", "1.15.5"),
            "--steps-per-execution 2: needs TensorFlow 2.3 or later",
        ),
        (
            ("--api", "fit", "--steps-per-execution", "2", "--keras", "2.2.4"),
            "--steps-per-execution 2: needs TensorFlow 2.3 or later",
        ),
    ],
)
def test_explain_refuses_what_the_release_lacks(monkeypatch, capsys, arguments, complaint):
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *TEN, *arguments])
    assert app._status() == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        (*DATASET, "--drop-remainder", "--tensorflow", "1.10.1"),
        (*DATASET, "--tensorflow", "1.5.1"),
        ("--tensorflow", "1.3.0"),
        ("--strategy", "mirrored", "--tensorflow", "1.8.0"),
        ("--strategy", "multi_worker_mirrored", "--tensorflow", "1.12.3"),
        ("--api", "fit", "--steps-per-execution", "2", "--tensorflow", "2.3.4"),
        ("--api", "fit", "--steps-per-execution", "2"),
    ],
)
def test_explain_answers_for_the_release_in_which_it_came(monkeypatch, capsys, arguments):
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *TEN, *arguments])
    assert app._status() == 0
    assert re.match(r"Training runs \d+ step", capsys.readouterr().out)
