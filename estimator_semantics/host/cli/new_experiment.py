"""``new-experiment``: writes an experiment that can be run as it is, to be made into one's own."""

import keyword
import re
from pathlib import Path

from estimator_semantics.host import experiments
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.errors import ExistingExperiment, NoCheckout, NotAName, NotWritable
from estimator_semantics.host.report import templates


def new_experiment(name: str) -> None:
    """Write the file of a new experiment, and print what to do with it.

    Args:
        name: its name, which is that of its module.

    Raises:
        NotAName: a module cannot be called that, or is not called that here.
        ExistingExperiment: there is one of this name.
        NoCheckout: the experiments are those of an installed package, which an upgrade replaces.
        NotWritable: the file cannot be written.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise NotAName(name)
    folder = experiments.folder()
    if experiments.is_installed():
        raise NoCheckout(folder)
    path = folder / f"{name}.py"
    text = templates.markdown.get_template("experiment.txt").render(title=name.replace("_", " ").capitalize())
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ExistingExperiment(path) from None
    except OSError as error:
        raise NotWritable(path, error.strerror or str(error), "") from None
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    write(f"{shown} is written, and can be run: estimator-semantics run {name} --scale quick\n")
