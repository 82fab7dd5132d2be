"""Refusals: what TensorFlow or Keras raises is measured, and what an experiment raises is an error."""

import ast
import shutil

import pytest

from estimator_semantics.host import experiments
from estimator_semantics.probe import runner

# What is caught and not asked for the name of a refusal: what the project raises on purpose, and what it was given to raise.
OF_OURS = {"Absent", "NeverEnds", "type(error)"}

CATCHING = [*sorted(experiments.folder().glob("*.py")), experiments.PACKAGE / "probe" / "fit_watch.py"]


def answered(folder, case: str) -> tuple[str, dict]:
    """Has a case of a folder of experiments answered, and returns the event and its fields."""
    events = []

    class Channel:
        def send(self, event, **fields):
            events.append((event, fields))

    assert runner.answer({"experiments": str(folder), "cases": [[case, "quick"]]}, Channel()) == 0
    (answer,) = [each for each in events if each[0] in ("measured", "absent", "error")]
    return answer


# In each of them the experiment catches an error of this kind, and Keras or TensorFlow is expected to raise it.
SLIPS = {
    "a name that is not there": (
        "keras_no_batch",
        "[Keras 2: Dataset]",
        "fit_data.training(plan)",
        "fit_dta.training(plan)",
        "NameError",
    ),
    "a wrong value in a callback": (
        "keras_endless_data",
        "[Keras 2: Dataset of unknown size]",
        "self.steps += 1",
        "self.steps += int('one')",
        "ValueError",
    ),
    "a wrong value in an input_fn": (
        "no_examples",
        "[Dataset]",
        "return tf.batch(",
        "int('one'); return tf.batch(",
        "ValueError",
    ),
    "a wrong type in a hook": ("values_of_steps", "[steps]", "self.steps += 1", "self.steps += None", "TypeError"),
    "what a hook is given to raise, raised by another": (
        "exception_in_hook",
        "",
        "self.steps = 0",
        "self.steps = 0\n\n        def begin(self):\n            raise type(self.error)()",
        "RuntimeError",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_an_experiment_is_an_error(tf, tmp_path, slip):
    name, case, sound, broken, error = SLIPS[slip]
    source = (experiments.folder() / f"{name}.py").read_text()
    assert sound in source
    (tmp_path / f"{name}.py").write_text(source.replace(sound, broken))
    event, fields = answered(tmp_path, name + case)
    assert event == "error", fields
    assert fields["why"].startswith(error)


@pytest.mark.parametrize(
    ("case", "named"),
    [
        ("keras_no_batch[Keras 2: Dataset]", {"raises": "ValueError"}),
        ("no_examples[Dataset]", {}),
        ("no_examples[numpy_input_fn]", {"raises": "ZeroDivisionError"}),
        ("one_shot_iterator", {"made_outside": "ValueError"}),
    ],
)
def test_what_is_refused_is_measured(tf, case, named):
    event, fields = answered(experiments.folder(), case)
    assert event == "measured", fields
    assert named.items() <= fields["measured"].items()


def test_a_slip_in_a_layer_is_an_error_though_autograph_raises_another_in_its_place(tf, tmp_path):
    name = "keras_no_batch"
    shutil.copy(experiments.folder() / f"{name}.py", tmp_path)
    with (tmp_path / f"{name}.py").open("a") as file:
        file.write(
            "\n\ndef run(tf, plan, watch):\n"
            "    from estimator_semantics.probe import refusal\n"
            "    keras = tf.keras(2)\n\n"
            "    class Slip(keras.layers.Layer):\n"
            "        def call(self, x):\n"
            "            return x + no_such_name\n\n"
            "    model = keras.models.Sequential([Slip()])\n"
            "    model.compile('sgd', 'mse')\n"
            "    try:\n"
            "        model.fit([[1.0]], [[1.0]], verbose=0)\n"
            "    except Exception as error:\n"
            "        return {'measured': {'raises': refusal.name(error)}, 'counters': {}}\n"
        )
    event, fields = answered(tmp_path, f"{name}[Keras 2: Dataset]")
    assert event == "error", fields
    assert fields["why"].startswith("NameError")


@pytest.mark.parametrize("path", CATCHING, ids=lambda path: path.stem)
def test_whoever_catches_an_error_asks_whose_it_is(path):
    for handler in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(handler, ast.ExceptHandler):
            continue
        caught = ast.unparse(handler.type) if handler.type else "everything"
        asked = "refusal.name(" in "\n".join(map(ast.unparse, handler.body))
        assert asked or caught in OF_OURS, f"line {handler.lineno} catches {caught} and does not ask for refusal.name"
