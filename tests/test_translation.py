"""The translator: what it translates does the same in both languages, and what it does not translate it refuses."""

import importlib.util
import json
import subprocess

import pytest

from estimator_semantics.host.translation import Untranslatable, javascript

SOURCE = """
from typing import Dict, List, NamedTuple, Optional

HIGHEST = 2**63 - 1
WORDS = tuple(word.upper() for word in ("one", "two"))


class Pair(NamedTuple):
    left: int
    right: int = 7

    @property
    def total(self):
        return self.left + self.right

    def times(self, factor):
        return self._replace(left=self.left * factor)


def whole_numbers(given):
    return [HIGHEST + 1, -7 // 2, -7 % 2, divmod(-7, 2), 2**70, min(3, 1, 2), max([1, 5]), sum([1, 2]), int("-12")]


def named_tuples(given):
    pair = Pair(right=2, left=1)
    return [pair.total, pair.times(5).left, Pair(1).right, pair == Pair(1, 2), pair != Pair(1), isinstance(pair, Pair)]


def lists(given):
    found = []
    for number in range(0, 4):
        found.append(number)
    found[-1] += 10
    last = found.pop()
    return [found, last, found[1:], found[:-1], found[-1], len(found), sorted([(1, 2), (1, 1), (0, 9)], reverse=True), 2 in found]


def dicts(given):
    counts = {}
    for letter in given["text"]:
        counts[letter] = counts.get(letter, 0) + 1
    doubled = {letter: 2 * count for letter, count in sorted(counts.items()) if count > 1}
    return [list(counts), doubled.get("a"), doubled.get("z"), "a" in counts, counts == {"a": 3, "b": 1, "n": 2}]


def truths(given):
    empty = [bool_of(value) for value in (0, 1, "", "0", None, False)]
    return [empty, bool_of([]), bool_of([0]), bool_of({}), bool_of({0: 1}), 0 < 1 < 2, 0 < 1 < 1, not []]


def bool_of(value):
    return True if value else False


def texts(given):
    words = "a,b,c".split(",")
    return ["{}-{}".format(words[0], 3), ", ".join(words), " x ".strip(), "7".zfill(3), str(12), "`$"]


def loops(given):
    found, number = [], 10
    while True:
        number //= 2
        if number == 0:
            break
        elif number == 2:
            found.append("two")
        else:
            found.append(number)
    return found


def several(*numbers):
    return [sum(numbers), len(numbers)]


def defaults(given):
    return [several(1, 2), several(*[1, 2, 3]), with_defaults(1), with_defaults(1, third=5), WORDS]


def with_defaults(first, second=2, third=None):
    return [first, second, third]
"""
FUNCTIONS = ("whole_numbers", "named_tuples", "lists", "dicts", "truths", "texts", "loops", "defaults")


def loaded(tmp_path, source):
    path = tmp_path / "sample.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("sample", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_text(value):
    """Return a value with whole numbers as text, as JavaScript's replacer below has them."""
    if isinstance(value, (list, tuple)):
        return [as_text(each) for each in value]
    return str(value) if type(value) is int else value


@pytest.mark.needs("node")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_the_same_in_both_languages(tmp_path, name):
    sample = loaded(tmp_path, SOURCE)
    script = f"""{javascript([sample])}
    const given = new Map([["text", "banana"]]);
    console.log(JSON.stringify(law.sample.{name}(given), (_, value) => typeof value === "bigint" ? `${{value}}` : value));"""
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == as_text(getattr(sample, name)({"text": "banana"}))


@pytest.mark.parametrize(
    "body",
    [
        "return 1 / 2",
        "return f'{given}'",
        "return (lambda: 1)()",
        "return [one + two for one in given for two in given]",
        "return print(given)",
        "return given.partition('x')",
        "return given[::2]",
        "return given[0](1)",
        "global HIGHEST",
        "with given: pass",
        "for each in given: pass\n    else: return 1",
        "try:\n        return 1\n    except ValueError:\n        return 2",
        "return {*given}",
        "return '{:,}'.format(1)",
        "return 1.5",
    ],
)
def test_what_it_does_not_translate_it_refuses(tmp_path, body):
    with pytest.raises(Untranslatable, match="sample, line"):
        javascript([loaded(tmp_path, f"def function(given):\n    {body}\n")])
