"""Every call beside the others: the table below what ``explain`` says. Needs no TensorFlow."""

import json
import sys

import pytest

from estimator_semantics.host.cli import app
from estimator_semantics.law import Plan
from estimator_semantics.law.calls import calls


def answer(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(
        sys, "argv", ["estimator-semantics", "explain", "--examples", "12", "--batch-size", "4", *arguments]
    )
    assert app._status() == 0
    return capsys.readouterr().out


def test_explain_puts_every_call_side_by_side(monkeypatch, capsys):
    said = answer(monkeypatch, capsys, "--steps", "2", "--epochs", "3")
    headline, empty, *rows, between, removed = said.splitlines()
    assert not between and "estimator_semantics.bridge" in removed
    assert headline.startswith("Training runs 2 steps") and not empty
    assert [row.split("  ")[0] for row in rows] == [
        "Estimator.train(input_fn, steps=2)",
        "train_and_evaluate(TrainSpec(input_fn, max_steps=2))",
        "Keras 2: model.fit(dataset, epochs=3, steps_per_epoch=2)",
        "Keras 3: model.fit(dataset, epochs=3, steps_per_epoch=2)",
        "for batch in dataset.take(2)",
    ]
    assert "3 steps" in rows[2] and "2, 1" in rows[2]
    assert "5 steps" in rows[3] and "2, 1, 2" in rows[3]


def test_explain_puts_every_call_into_one_object(monkeypatch, capsys):
    found = json.loads(answer(monkeypatch, capsys, "--steps", "2", "--epochs", "3", "--format", "json"))
    assert found["steps"] == 2 and "steps_by_epoch" not in found
    assert [(call["api"], call["keras"], call["steps"]) for call in found["calls"]] == [
        ("train", None, 2),
        ("train_and_evaluate", None, 2),
        ("fit", 2, 3),
        ("fit", 3, 5),
        ("train", None, 2),
    ]


def test_explain_of_one_call_is_one_sentence(monkeypatch, capsys):
    assert answer(monkeypatch, capsys, "--api", "train").count("\n") == 1
    said = answer(monkeypatch, capsys, "--api", "fit", "--epochs", "3", "--steps-per-epoch", "3", "--keras", "3.6.0")
    assert said.startswith("Training runs 6 steps: 3, 0, 3 in 3 epochs.")


def test_the_table_says_what_is_refused_and_what_raises(monkeypatch, capsys):
    said = answer(monkeypatch, capsys, "--examples", "0", "--steps", "200000")
    assert said.startswith("Training runs 0 steps: numpy_input_fn raises an error")
    rows = {row.partition("(")[0]: row for row in said.splitlines()[2:7]}
    assert rows["Estimator.train"].endswith("0 steps  raises: no example")
    assert rows["train_and_evaluate"].endswith("0 steps  raises: no example")
    assert rows["Keras 2: model.fit"].endswith("refused  the data has no batch")
    assert rows["Keras 3: model.fit"].endswith("0 steps  until the data ends")
    endless = answer(monkeypatch, capsys, "--num-epochs", "none", "--tensorflow", "2.15.1")
    assert "refused  the data is endless (num_epochs=None), and steps_per_epoch is not given" in endless
    short = answer(
        monkeypatch, capsys, "--steps-per-epoch", "4", "--steps-per-execution", "4", "--tensorflow", "2.15.1"
    )
    assert "3 steps  raises: the first execution takes 4 batches, and the data has 3" in short


def test_the_object_says_why_it_raises(monkeypatch, capsys):
    found = json.loads(answer(monkeypatch, capsys, "--examples", "0", "--format", "json"))
    assert found["raises"] == "no example"
    assert [call.get("raises") for call in found["calls"]] == ["no example"] * 2 + ["the data has no batch", None, None]
    assert "raises" not in json.loads(answer(monkeypatch, capsys, "--format", "json"))


def test_up_to_1_9_train_and_evaluate_goes_on_with_data_that_ends(monkeypatch, capsys):
    (row,) = [
        row for row in answer(monkeypatch, capsys, "--tensorflow", "1.9.0").splitlines() if "train_and" in row[:9]
    ]
    assert row.endswith("never ends  input_fn is called again whenever the data ends")
    endless = answer(monkeypatch, capsys, "--tensorflow", "1.9.0", "--num-epochs", "none")
    assert endless.count("the data is endless") == 4


@pytest.mark.parametrize(("tensorflow", "there"), [("2.15.1", False), ("2.16.2", True), (None, True)])
def test_below_the_table_it_is_said_that_the_estimator_was_removed(monkeypatch, capsys, tensorflow, there):
    given = () if tensorflow is None else ("--tensorflow", tensorflow)
    assert ("python -m estimator_semantics.bridge" in answer(monkeypatch, capsys, *given)) is there


def test_a_release_has_the_calls_that_it_has():
    assert [call.code.partition("(")[0] for call in calls(Plan(12, 4), "1.3.0")] == ["Estimator.train"]
    assert [call.code for call in calls(Plan(12, 4), "1.4.1")][-1] == "for batch in dataset"
    assert not any("Keras 3" in call.code for call in calls(Plan(12, 4), "2.15.1"))
    assert any("Keras 3" in call.code for call in calls(Plan(12, 4), "2.16.2"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--api", "fit", "--keras", "3.6.0", "--tensorflow", "2.15.1"), "--keras 3.6.0: tf.keras is Keras 2"),
        (("--api", "fit", "--steps", "3"), "--steps 3: fit has no such bound"),
        (("--api", "fit", "--tensorflow", "1.9.0"), "--api fit: the law covers fit since TensorFlow 1.14"),
        (("--api", "train", "--epochs", "3"), "--epochs 3: only fit has that"),
        (("--keras", "new"), "--keras new: not a version"),
        (("--epochs", "many"), "--epochs many: must be a whole number"),
    ],
)
def test_explain_refuses_in_one_line(monkeypatch, capsys, arguments, complaint):
    argv = ["estimator-semantics", "explain", "--examples", "12", "--batch-size", "4", *arguments]
    monkeypatch.setattr(sys, "argv", argv)
    assert app._status() == 2
    assert complaint in capsys.readouterr().err
