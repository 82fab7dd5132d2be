"""What the benchmarks share: how long they are, the TensorFlow of this environment, and tables of ratios.

``pytest benchmarks`` takes a few minutes. ``--steps 175000`` trains as long as the answer did, ``--rounds 15`` takes
more turns. Nothing here fails because something took long: absolute times wander by a third from run to run. What is
compared takes turns.
"""

import gc
import statistics

import pytest


def pytest_addoption(parser):
    parser.addoption("--steps", type=int, default=4000, help="steps in each training (default: 4000)")
    parser.addoption("--rounds", type=int, default=5, help="how often all take their turn (default: 5)")


@pytest.fixture(scope="session")
def tf():
    """The TensorFlow of this environment, under the names that experiments use."""
    from estimator_semantics.probe.adapter import tf

    return tf


@pytest.fixture(scope="session")
def steps(request):
    """Step in each training."""
    return request.config.getoption("--steps")


@pytest.fixture(scope="session")
def rounds(request):
    """How often all take their turn."""
    return request.config.getoption("--rounds")


@pytest.fixture
def in_turns(benchmark, rounds):
    """Carries out functions in turns, and returns what each returned, a list for each name.

    The functions return numbers. Who is first changes from round to round.
    """

    def run(functions):
        found = {name: [] for name in functions}
        names = list(functions)

        def one_round():
            begin = len(found[names[0]]) % len(names)
            for name in names[begin:] + names[:begin]:
                gc.collect()  # what one leaves behind is not cleared away in the time of the next
                found[name].append(functions[name]())

        benchmark.pedantic(one_round, rounds=rounds)
        return found

    return run


@pytest.fixture
def table(benchmark, capsys):
    """Print a table of names, medians and ratios to the first one, and keep it for ``--benchmark-json``.

    It takes how much the ratio of the last one may be, if there is such an aim, and says whether that is so. For the report
    it takes what the rows are (``note``), what was run with something else than the TensorFlow of this environment
    (``environments``, by name), and whether anything was run with that one at all (``of_this_tensorflow``).
    """

    def show(
        title, found, unit="us", factor=1e6, notes=None, aim=None, note="", environments=None, of_this_tensorflow=True
    ):
        first = next(iter(found))
        kept = benchmark.extra_info.setdefault("tables", {})[title] = {}
        benchmark.extra_info.setdefault("about", {})[title] = {
            "note": note,
            "environments": environments or {},
            "of this TensorFlow": of_this_tensorflow,
        }
        lines = [title]
        for name, values in found.items():
            ratios = [value / other for value, other in zip(values, found[first], strict=True)]
            kept[name] = {
                "median": statistics.median(values) * factor,
                "unit": unit,
                "ratio to the first": statistics.median(ratios),
                "spread of the ratio": [min(ratios), max(ratios)],
            }
            lines.append(
                f"  {name:<58} {kept[name]['median']:10.2f} {unit}   x {statistics.median(ratios):.3f} "
                f"({min(ratios):.3f} to {max(ratios):.3f})  {(notes or {}).get(name, '')}".rstrip()
            )
        if aim is not None:
            ratio = kept[name]["ratio to the first"]
            lines.append(f"  aim: {name} at most x {aim}; it is x {ratio:.3f}, {'met' if ratio <= aim else 'missed'}")
        with capsys.disabled():
            print("\n" + "\n".join(lines))
        return kept

    return show
