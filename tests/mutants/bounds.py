"""Mutants of the step bounds."""

from mutants.entry import estimator, mutant, training, wrap


def stop(patch, later):
    """Move the step at which StopAtStepHook stops."""

    def after_create_session(original, hook, session, coord):
        original(hook, session, coord)
        hook._last_step += later

    wrap(patch, training("basic_session_run_hooks").StopAtStepHook, "after_create_session", after_create_session)


def bounds(patch, changed):
    """Change what becomes of the two step bounds of a call of train."""

    def convert(original, self, steps, max_steps):
        return original(self, *changed(steps, max_steps))

    wrap(patch, estimator("estimator").Estimator, "_convert_train_steps_to_hooks", convert)


@mutant
def stops_one_step_early(patch):
    stop(patch, -1)


@mutant
def stops_one_step_late(patch):
    stop(patch, 1)


@mutant
def steps_taken_as_max_steps(patch):
    bounds(patch, lambda steps, max_steps: (None, max_steps or steps))


@mutant
def max_steps_taken_as_steps(patch):
    bounds(patch, lambda steps, max_steps: (steps or max_steps, None))


@mutant
def steps_ignored(patch):
    bounds(patch, lambda steps, max_steps: (None, max_steps))


@mutant
def max_steps_ignored(patch):
    bounds(patch, lambda steps, max_steps: (steps, None))


@mutant
def trains_though_max_steps_is_reached(patch):
    patch.setattr(estimator("estimator"), "_load_global_step_from_checkpoint_dir", lambda model_dir: 0)


@mutant
def request_to_stop_ignored(patch):
    patch.setattr(training("session_run_hook").SessionRunContext, "request_stop", lambda context: None)


@mutant
def early_stopping_one_step_late(patch):
    def after_run(original, self, run_context, run_values):
        if hasattr(self, "requested"):
            run_context.request_stop()
            return
        later = training("session_run_hook").SessionRunContext(run_context.original_args, run_context.session)
        original(self, later, run_values)
        if later.stop_requested:
            self.requested = True

    wrap(patch, estimator("early_stopping")._StopOnPredicateHook, "after_run", after_run)


@mutant
def summaries_one_step_late(patch):
    def after_run(original, self, run_context, run_values):
        original(self, run_context, run_values)
        self._next_step -= 1

    wrap(patch, training("basic_session_run_hooks").SummarySaverHook, "after_run", after_run)
