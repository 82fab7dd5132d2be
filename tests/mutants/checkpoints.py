"""Mutants of checkpoints."""

from mutants.entry import mutant, training, wrap


@mutant
def checkpoint_a_step_behind(patch):
    def save(original, self, session, step):
        return original(self, session, max(0, step - 1))

    wrap(patch, training("basic_session_run_hooks").CheckpointSaverHook, "_save", save)


@mutant
def checkpoint_holds_the_weights_of_the_step_before(patch):
    hook = training("basic_session_run_hooks").CheckpointSaverHook

    def weights(session):
        return [each for each in session.graph.get_collection("variables") if "global_step" not in each.name]

    def before_run(original, self, run_context):
        session = run_context.session
        self.weights_now = session.run(weights(session))
        return original(self, run_context)

    def after_run(original, self, run_context, run_values):
        # Not after the attempt that finds no data.
        self.weights_before = self.weights_now
        original(self, run_context, run_values)

    def save(original, self, session, step):
        variables = weights(session)
        now = session.run(variables)
        for variable, before in zip(variables, getattr(self, "weights_before", now), strict=True):
            variable.load(before, session)
        stops = original(self, session, step)
        for variable, value in zip(variables, now, strict=True):
            variable.load(value, session)
        return stops

    wrap(patch, hook, "before_run", before_run)
    wrap(patch, hook, "after_run", after_run)
    wrap(patch, hook, "_save", save)


@mutant
def no_checkpoint_at_the_end(patch):
    patch.setattr(training("basic_session_run_hooks").CheckpointSaverHook, "end", lambda self, session: None)


@mutant
def checkpoint_not_restored(patch):
    def prepare(original, self, *given, **named):
        return original(self, *given, **{**named, "checkpoint_dir": None, "checkpoint_filename_with_path": None})

    wrap(patch, training("session_manager").SessionManager, "prepare_session", prepare)


@mutant
def NaN_not_noticed(patch):
    patch.setattr(training("basic_session_run_hooks").NanTensorHook, "after_run", lambda self, context, values: None)
