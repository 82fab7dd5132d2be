"""A copy of the code that measures, to be changed."""

import shutil

import pytest

from estimator_semantics.host import experiments, reach, revision
from estimator_semantics.host.experiments import PACKAGE

SOURCE = '''"""A title.

More text."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Something is so."
PLAN = Plan(examples=10, batch_size=4)
_CASES = {"steps": {">=1.3": 3}}
EXPECTED = _CASES
EXPECTED.update(others={">=1.3": 1})
_FURTHER = [1]
_FURTHER.append(2)


def run(tf, plan, watch):
    """Train."""
    x, y = synthetic.line(plan.examples)  # the data
    return watch.observe(), _FURTHER
'''


# What it returns; to be replaced by what else it may do.
OBSERVED = "watch.observe()"


class Copy:
    """A copy of the code that measures, to be changed.

    Attributes:
        folder: the folder of the package, with the experiments beside it.
    """

    def __init__(self, folder):
        self.folder = folder / "estimator_semantics"
        for room in ("probe", "law", *reach.SUBJECTS):
            shutil.copytree(PACKAGE / room, self.folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        self.experiments = shutil.copytree(experiments.folder(), folder / "experiments")

    def change(self, path, old, new):
        """Replace a text in a module, every time that it is there."""
        module = self.folder / path
        source = module.read_text("utf-8")
        assert old in source
        module.write_text(source.replace(old, new), "utf-8")

    def add(self, path, text):
        """Add a text at the end of a module."""
        with open(self.folder / path, "a", encoding="utf-8") as module:
            module.write(text)

    def revisions(self, *names):
        """Return the revisions of experiments, of all of them if none is named."""
        code = revision.Code(self.folder)
        return {name: code.revision(self.experiments / f"{name}.py") for name in names or experiments.known()}

    def experiment(self, old="", new=""):
        """Write an experiment, in which one text may be another, and return its revision."""
        assert old in SOURCE
        (self.experiments / "experiment.py").write_text(SOURCE.replace(old, new), "utf-8")
        return self.revisions("experiment")["experiment"]

    def reaches(self, use, path, old, new):
        """Change a module, and return whether that counts for an experiment that does this."""
        before = self.experiment(OBSERVED, use)
        self.change(path, old, new)
        return self.experiment(OBSERVED, use) != before

    def stale(self, before):
        """Return the names of the experiments whose revisions are no longer those of before."""
        return {name for name, now in self.revisions(*before).items() if now != before[name]}


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


@pytest.fixture(scope="session")
def as_they_are():
    return {name: experiments.specifications(name)[0].revision for name in experiments.known()}
