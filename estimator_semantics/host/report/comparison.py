"""What the page compares: of each case its different answers, and what differs between two of them, in the words of ``diff``.

The page looks up which answers two releases gave, and since when; see ``compare.js``.
"""

import itertools
from collections.abc import Sequence
from typing import Any

from estimator_semantics.host import consequence, words
from estimator_semantics.host.diff import Answer, Kind, Shift, shifted
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.lineup import Place, generation, lineup
from estimator_semantics.host.record import Record
from estimator_semantics.host.report.distinct import Distinct
from estimator_semantics.host.verdict import expectation, judge, left_open
from estimator_semantics.host.words.diffs import telling


def compared(columns: Sequence[Record], texts: Distinct) -> list[dict[str, Any]]:
    """Return a row for each case that is compared, sorted as ``diff`` sorts them.

    Args:
        columns: the records, those of TensorFlow first, then those of Keras.
        texts: collects the texts of the differences; rows refer to them by place.
    """
    lineups = [lineup(record) for record in columns]
    places = sorted({place for each in lineups for place in each if place[2] == "quick"})
    return [_row(place, [each.get(place) for each in lineups], columns, texts) for place in places]


def changed_at(answers: Sequence[Answer | None]) -> list[int]:
    """Return the columns in which a case answered something else than in the last one before that was measured.

    Args:
        answers: its answer in each column; None where there is none.
    """
    places, before = [], None
    for at, answer in enumerate(answers):
        if answer is None or answer[0].status != "measured":
            continue
        if before is not None and shifted(before, answer):
            places.append(at)
        before = answer
    return places


def _row(
    place: Place, asked: Sequence[tuple[Any, Specification | None] | None], columns: Sequence[Record], texts: Distinct
) -> dict[str, Any]:
    name, case, _ = place
    answers: list[Answer | None] = [
        None if each is None or each[1] is None else (each[0], each[1], record) for each, record in zip(asked, columns)
    ]
    distinct = Distinct()
    given = [None if answer is None else distinct.place(_meaning(answer)) for answer in answers]
    examples = {at: answer for at, answer in zip(given, answers) if answer is not None and at is not None}
    any_of = next(iter(examples.values()))[1]
    row: dict[str, Any] = {
        "experiment": name,
        "case": case,
        "given": given,
        # A letter for each answer: measured, absent or error.
        "statuses": "".join(examples[at][0].status[0] for at in sorted(examples)),
        "pairs": {
            f"{old},{new}": shifts
            for old, new in itertools.permutations(examples, 2)
            if (shifts := _pair(name, case, examples[old], examples[new], texts))
        },
    }
    if whys := {at: texts.place(why) for at, answer in examples.items() if (why := _why(answer))}:
        row["whys"] = whys
    if generation(any_of) is not None:
        row["keras"] = True
    if any_of.needs:
        row["needs"] = any_of.needs
    return row


def _meaning(answer: Answer) -> list[Any]:
    """Return all that a comparison looks at of an answer."""
    result, specification, record = answer
    versions = record.header.versions
    if result.measured is None:
        return [result.status, _why(answer)]
    expected = expectation(specification, result.scale, versions)
    unexpected = sorted({difference.name for difference in judge(result, versions, specification).differences})
    return [result.measured, expected, sorted(left_open(specification, result.scale, versions.tensorflow)), unexpected]


def _why(answer: Answer) -> str:
    result, _, record = answer
    return result.why.replace(f"TensorFlow {record.header.versions.tensorflow} ", "TensorFlow {tensorflow} ")


def _pair(experiment: str, case: str, old: Answer, new: Answer, texts: Distinct) -> list[list[Any]]:
    """Return what differs between two answers: behaviour, text, what it affects, whether it tells, and whether it is news."""
    names = shifted(old, new)
    if not names:
        return []
    before, after = old[0].measured or {}, new[0].measured or {}
    unexpected = {difference.name for difference in judge(new[0], new[2].header.versions, new[1]).differences}
    shifts = [
        Shift(
            Kind.NEWS if name in unexpected else Kind.CHANGED,
            case,
            name,
            was := before.get(name),
            now := after.get(name),
            consequence.of(experiment, name, was, now),
        )
        for name in names
    ]
    shown = telling(shifts)
    return [
        [
            texts.place(shift.behaviour),
            texts.place(words.shift(shift).replace("->", "→")),
            int(shift.consequence),
            int(any(shift is each for each in shown)),
            int(shift.kind is Kind.NEWS),
        ]
        for shift in shifts
    ]
