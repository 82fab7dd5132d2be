"""Other trainers: the table of how they combine both bounds. Needs no TensorFlow. Runs on macOS and Windows too."""

from estimator_semantics.host.trainers import trainers


def test_every_trainer_has_its_bounds_and_its_documentation():
    found = trainers()
    assert [each.trainer for each in found] == [
        "PyTorch Lightning",
        "Hugging Face Trainer",
        "PyTorch-Ignite",
        "fairseq",
        "scikit-learn SGDClassifier",
    ]
    for each in found:
        assert all((each.epoch_bound, each.step_bound, each.both.endswith("."), each.source.startswith("https://"))), (
            each
        )
