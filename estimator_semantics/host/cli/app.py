"""The entry point of the command: calls the verb, and turns errors and signals into one line and an exit status."""

from __future__ import annotations

import copy
import signal
import sys
from typing import Any

import typer
from typer.models import CommandInfo

from estimator_semantics.host.cli.output import prepare_streams
from estimator_semantics.host.cli.verbs import app
from estimator_semantics.law.refusal import InvalidPlan, in_options

# typer carries its own copy of click since 0.27 and uses the installed one before, so they are found by inheritance.
ClickException: type[Any] = typer.BadParameter.__mro__[2]

# What typer makes of Ctrl-C, 128 and the number of its signal.
INTERRUPTED = 128 + signal.SIGINT


def main() -> None:
    """Run the command and end the process with its exit status."""
    # Whoever ends a long run politely finds what it measured, just as after Ctrl-C. And Ctrl-C is set too, because a
    # shell script hands its background jobs a SIGINT that is ignored.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    prepare_streams()
    sys.exit(_status())


def _status() -> int:
    try:
        status: int = _with_the_verb_called(sys.argv[1:])(standalone_mode=False) or 0
        if status == INTERRUPTED:
            raise KeyboardInterrupt
        return status
    except ClickException as error:
        message = error.format_message()
        if not message or "Usage:" in message:  # no verb was given, and the help was printed
            return 2
        return _fail(_wrong_usage(error), 2)
    except InvalidPlan as error:
        return _fail(in_options(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted; the same command begins again, or goes on where it keeps what was measured", 3)
    except OSError as error:  # above all a full disk, which may meet us at any line
        return _fail(f"{error}; what was measured before is kept", 3)
    except Exception as error:
        from estimator_semantics.host import crash
        from estimator_semantics.host.errors import HostError

        if isinstance(error, ModuleNotFoundError) and crash.is_lacking(error):
            return _fail(crash.lacking(error), 3)
        if not isinstance(error, HostError):
            return _fail(crash.told(error), crash.STATUS)
        return _fail(str(error), error.status)


def _with_the_verb_called(arguments: list[str]) -> typer.Typer:
    """Return the app; with one verb alone if it is the one that is called, for the options of all take a while to make."""
    called = [verb for verb in app.registered_commands if _name(verb) == _called(arguments)]
    if not called:
        return app
    alone = copy.copy(app)
    alone.registered_commands = called
    return alone


def _wrong_usage(error: Any) -> str:
    """Return what is wrong, and which help to read: that of the verb that has the option, or else of the verb that was called."""
    called = _called(sys.argv[1:])
    option = getattr(error, "option_name", None)
    verbs: Any = typer.main.get_command(app)
    owners = [verb.name for verb in verbs.commands.values() if option in _options_of(verb)] if option else []
    if not owners or called in owners:
        return f"{error.format_message().rstrip('.')}; see {' '.join(filter(None, ('estimator-semantics', called, '--help')))}"
    listed = " and ".join(filter(None, (", ".join(owners[:-1]), owners[-1])))
    return f"{error.message}; it is an option of {listed}: see estimator-semantics {owners[0]} --help"


def _options_of(verb: Any) -> set[str]:
    return {option for parameter in verb.params for option in parameter.opts if parameter.param_type_name == "option"}


def _called(arguments: list[str]) -> str:
    """Return the verb that is called; an empty string if there is none."""
    return next((_name(verb) for verb in app.registered_commands if _name(verb) in arguments[:1]), "")


def _name(verb: CommandInfo) -> str:
    assert verb.callback is not None
    return verb.name or verb.callback.__name__


def _fail(message: str, status: int) -> int:
    print(f"estimator-semantics: {' '.join(message.split())}", file=sys.stderr)
    return status
