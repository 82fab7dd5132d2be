"""Mutants of evaluate, predict and train_and_evaluate."""

import importlib

from mutants.entry import estimator, mutant, wrap


def evaluated(patch, changed):
    """Change the number of batches that evaluate stops after."""

    def initialize(original, self, num_evals, *given, **named):
        original(self, changed(num_evals), *given, **named)

    module = importlib.import_module("tensorflow.python.training.evaluation")
    wrap(patch, module._StopAfterNEvalsHook, "__init__", initialize)


@mutant
def evaluate_drops_a_batch(patch):
    evaluated(patch, lambda steps: steps and steps - 1)


@mutant
def evaluate_ignores_steps(patch):
    evaluated(patch, lambda steps: None)


@mutant
def predict_leaves_out_the_last_one(patch):
    def predict(original, self, *given, **named):
        earlier = None
        for prediction in original(self, *given, **named):
            if earlier is not None:
                yield earlier
            earlier = prediction

    wrap(patch, estimator("estimator").Estimator, "predict", predict)


@mutant
def train_and_evaluate_begins_the_data_again(patch):
    reached = estimator("estimator")._load_global_step_from_checkpoint_dir

    def run_local(original, self):
        result = original(self)
        while reached(self._estimator.model_dir) < (self._train_spec.max_steps or 0):
            result = original(self)
        return result

    wrap(patch, estimator("training")._TrainingExecutor, "run_local", run_local)


@mutant
def train_and_evaluate_ignores_max_steps(patch):
    def run_local(original, self):
        self._train_spec = self._train_spec._replace(max_steps=None)
        return original(self)

    wrap(patch, estimator("training")._TrainingExecutor, "run_local", run_local)
