"""The report: what the records say, and nothing else, and so that it is read. Needs no TensorFlow.

Runs on macOS and Windows too.
"""

import itertools
import re
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt  # comes with rich
from samples import COUNTS, FINISHED, HEADER, RESULT

from estimator_semantics.host import experiments, packaged, record, verdict, words
from estimator_semantics.host.changes import has
from estimator_semantics.host.diff import diff
from estimator_semantics.host.history import History
from estimator_semantics.host.markdown import plain
from estimator_semantics.host.report import chapters, render
from estimator_semantics.host.report.questions import questions
from estimator_semantics.host.report.templates import sentence
from estimator_semantics.host.shift import Kind

CHECKOUT = Path(__file__).parent.parent

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


# What is on a screen before anybody scrolls: so many lines of the file, of which a table's row is one.
FIRST_SCREEN = 30


def test_report_in_the_repository_is_the_one_of_the_records_in_it(text, drawn):
    assert (CHECKOUT / "REPORT.md").read_text("utf-8") == text
    there = {path.relative_to(CHECKOUT).as_posix(): path.read_text("utf-8") for path in CHECKOUT.glob("report/*")}
    assert there == drawn


def test_the_records_in_the_repository_hold_the_three_cases_at_full_scale():
    default = packaged.of("2.15.1")
    full = {result.experiment: result for result in default.results if result.scale == "full"}
    measured = {name: full[name].measured["steps"] for name in chapters.THE_THREE}
    assert measured == {
        "steps_implicit": 175_000,
        "steps_above_epoch_bound": 175_000,
        "steps_below_epoch_bound": 1_000,
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "| as predicted |"),
        ({"measured": {**COUNTS, "steps": 4}}, "| not as predicted |"),
        ({"measured": {**COUNTS, "steps": 4}}, "steps: got 4, expected 1750"),
        ({"counters": {"train op": 4}}, "| not as predicted |"),
        ({"status": "error", "measured": None, "why": "it crashed"}, "it crashed"),
        ({"status": "absent", "measured": None, "why": "no such API"}, "| absent |"),
    ],
)
def test_every_figure_comes_from_the_record(changes, said):
    assert said in render([record.Record(HEADER, (msgspec.structs.replace(RESULT, **changes),), FINISHED)])


def test_a_record_that_was_cut_off_says_so():
    assert "it was cut off" in render([record.Record(HEADER, (RESULT,), None)])


# ---- what a newcomer sees


def test_the_answer_is_one_formula_in_at_most_five_lines(text):
    answer = text.partition("\n| question |")[0].splitlines()[1:]
    formulas = [line for line in answer if line.startswith("    ")]
    assert len(formulas) == 1 and "min(" in formulas[0]
    assert len([line for line in answer if line.strip() and line not in formulas]) <= 5


def rows(text):
    """Return the rows of the table of questions, all of which are on the first screen."""
    screen = "\n".join(text.splitlines()[:FIRST_SCREEN])
    return dict(re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", screen, re.MULTILINE))


def of_case(records, release, case):
    """Return the steps that a case ran on a release."""
    (found,) = [result for result in packaged.of(release).results if result.case == (case, "quick")]
    return found.measured["steps"]


def test_does_num_epochs_or_steps_win(text):
    answer = rows(text)["Does `num_epochs` or `steps` win?"]
    assert answer.startswith("The lower one.")
    three = {
        result.experiment: result.measured["steps"] for result in packaged.of("2.15").results if result.scale == "full"
    }
    for name in ("steps_above_epoch_bound", "steps_below_epoch_bound"):
        assert f"{three[name]:,} steps" in answer


def test_what_changes_from_1_9_to_2_15(text):
    answer = rows(text)["What changes from 1.9 to 2.15?"]
    old, new = (chapters.quick(packaged.of(minor)) for minor in ("1.9", "2.15"))
    changed = [entry for entry in diff(old, new).entries if entry.kind not in (Kind.NEW, Kind.LOST)]
    assert changed and all(entry.title in answer for entry in changed)
    assert "(#what-an-upgrade-changes)" in answer and "\n## What an upgrade changes\n" in text


def test_can_i_use_steps_with_train_and_evaluate(text, records):
    answer = rows(text)["Can I use `steps` with `train_and_evaluate`?"]
    assert answer.startswith("No") and "max_steps" in answer
    case = "train_and_evaluate_max_steps[finite data below max_steps]"
    for release in ("1.9", "2.15"):
        assert f"{of_case(records, release, case)} steps" in answer


def test_why_did_my_run_stop_early(text):
    answer = rows(text)["Why did my run stop early?"]
    assert answer.startswith("Most often the data ended") and "`num_epochs=None`" in answer
    assert "(#where-the-rule-does-not-hold)" in answer and "\n## Where the rule does not hold\n" in text
    assert "hooks=[StopReasonHook()]" in answer and "callbacks=[stop_reason_callback()]" in answer


def test_what_do_i_write_in_keras_3(text):
    answer = rows(text)["What do I write in Keras 3?"]
    assert "steps_per_epoch=2, epochs=4 made 8 steps" in answer
    assert "3 epochs of 10 examples in batches of 4 made 9 steps" in answer


def test_answers_rest_on_experiments_that_are_as_expected_everywhere(records):
    history = History(records)
    found = {chapter.name: chapter for chapter in chapters.chapters(history)}
    for question in questions(history, "2.15.1"):
        assert question.evidence
        for name in question.evidence:
            assert found[name].by_release.keys() == set(history.releases)
            assert not {"deviates", "error"}.intersection(found[name].by_release.values())


def test_without_a_record_there_is_no_answer():
    assert questions(History([record.Record(HEADER, (RESULT,), FINISHED)]), "2.15.1") == ()


def test_every_exception_is_one_short_entry_with_what_to_write_instead(text):
    part = text.partition("\n## Where the rule does not hold\n")[2].partition("\n## ")[0]
    pattern = r"^- \*\*(.+)\.\*\* \"\[(.+)\]\((https://\S+)\)\"<br>\n  (.+)<br>\n"
    pattern += r"  \*\*Instead:\*\* (.*`.+`.*) <sub>`(\w+)`</sub>$"
    entries = {name: said for *said, name in re.findall(pattern, part, re.MULTILINE)}
    assert entries.keys() == {name for name in experiments.known() if experiments.specifications(name)[0].instead}
    assert len(entries) == len(re.findall(r"^- ", part, re.MULTILINE))
    for name, (_, claim, source, found, _) in entries.items():
        of_it = experiments.specifications(name)[0]
        assert (claim, source, found) == (plain(of_it.claim), of_it.source, plain(of_it.found))


def test_whatever_breaks_the_rule_is_told_with_what_to_write_instead(records):
    for chapter in chapters.chapters(History(records)):
        assert chapter.specification.instead or not chapter.breaks_the_rule, chapter.name


def test_what_raises_an_error_on_some_releases_does_not_just_conform(text, records):
    """Whatever EXPECTED has errors of on some releases is in the list as a deviation, or with the error."""
    history = History(records)
    found = {chapter.name: chapter for chapter in chapters.chapters(history)}
    for case in experiments.chosen():
        for name, by_environment in case.expected.items():
            errors = [verdict.is_error(value) for value in by_environment.values()]
            if name in verdict.FAILURES or (any(errors) and not all(errors)):
                chapter = found[case.name.partition("[")[0]]
                for release, result in history.results((case.name, "quick")):
                    value = (result.measured or {}).get(name)
                    if verdict.is_error(value) or (name in verdict.FAILURES and value):
                        row = re.search(rf"^\| \[{chapter.name}\].+$", text, re.MULTILINE)[0]
                        assert chapter.by_release[release] == "deviates as documented" or f": {value} (" in row, (
                            case.name,
                            release,
                        )


# ---- in Markdown, a text is what it is


def unwanted(text):
    """Return what Markdown makes of a text beside the text itself and code."""
    (line,) = MARKDOWN.parseInline(plain(text))
    kinds = {token.type for token in line.children} - {"text", "text_special", "code_inline"}
    said = "".join(token.content for token in line.children)
    return kinds or (said if said != text.replace("`", "") else None)


@pytest.mark.parametrize("name", experiments.known())
def test_no_text_of_an_experiment_is_emphasised_by_accident(name):
    found = experiments.specifications(name)[0]
    told = [experiments.title(name), found.claim, found.found, found.instead]
    for text in (*told, *(part for change in found.changes.values() for part in (change.says, change.do))):
        assert not unwanted(text), text


@pytest.mark.parametrize(
    "text",
    [
        "steps=2**63 and 2**63",
        "_x_ and __init__",
        "~~no~~",
        "a~=2.15,b~=2.16",
        "a <br> b",
        "[a](b) `[c](d) *e*`",
        "\\*",
    ],
)
def test_signs_of_markdown_in_a_text_are_signs(text):
    assert not unwanted(text)


def test_only_what_is_meant_to_be_is_emphasised(text):
    emphasised, striking = [], []
    for token in MARKDOWN.parse(text):
        inside = token.children or []
        emphasised += [after.content for before, after in itertools.pairwise(inside) if before.type == "em_open"]
        striking += [each for each in inside if each.type == "s_open"]
    terms = {"step", "epoch", "experiment", "case", "behaviour", "bridged", "Bridged", "Native", "New", "gone"}
    assert set(emphasised) == {*terms, "Do:"} and not striking


def test_everything_that_changes_is_told_at_its_boundary(text, records):
    part = text.partition("\n## What an upgrade changes\n")[2].partition("\n## ")[0]
    before = set()
    for boundary in chapters.boundaries(History(records), packaged.records_of_keras()):
        told = part.partition(f"\n**{words.boundary(boundary)}** ({words.counted(boundary)})\n")[2].partition("\n**")[0]
        for entry in boundary.entries:
            assert plain(entry.title) in told
            for change in entry.changes:
                # What began at an earlier boundary is over at this one.
                is_over = f"- **{plain(entry.title)}**: Fixed: " in told
                known = (
                    experiments.specifications(entry.experiment)[0].changes
                    if entry.experiment in experiments.known()
                    else {}
                )
                lasts = any(has(since, boundary.new) for since, each in known.items() if each == change)
                assert is_over is ((entry.experiment, change) in before and not lasts)
                assert is_over or plain(sentence(change.do)) in told
                assert is_over or plain(change.says) in told
            before.update((entry.experiment, change) for change in entry.changes)
    # So everything is said once of the releases of TensorFlow, and once of those of Keras; the same advice once of an experiment.
    axes = part.partition("\n**Keras ")
    for axis in (axes[0], axes[2]):
        lines = re.findall(r"^ *- .+ \*Do:\* .+$", axis, re.MULTILINE)
        assert lines and len(lines) == len(set(lines))
    lines = re.findall(r"^ *- .+ \*Do:\* .+$", part, re.MULTILINE)
    for line in lines:
        advice = re.findall(r"\*Do:\* (.+?) \((?=\[why\]|<)", line)
        assert len(advice) == len(set(advice))


def test_what_keras_2_and_3_do_differently_is_said_in_few_words(text):
    part = text.partition("\n**Keras 2 to Keras 3**")[2].partition("\n## ")[0]
    lines = re.findall(r"^- .+$", part, re.MULTILINE)
    assert lines
    for line in lines:
        said = line.partition(" *Do:*")[0]
        assert len(said) < 400 and "...." not in line
        for old, new in re.findall(r": ([^;:]+) -> ([^;]+?)(?:;|\.$)", said):
            assert old != new
    (of_validation,) = [line for line in lines if line.startswith("- **Keras: validation_steps")]
    assert "validation_steps=4" in of_validation and "validation_steps=2" not in of_validation


def test_a_count_says_what_it_is_of(text, records):
    line = re.search(r"^Measured on .+$", text, re.MULTILINE)[0]
    results = [result for record in records for result in record.results]
    names = {result.experiment.partition("[")[0] for result in results}
    assert f": {len(results):,} cases of {len(names)} experiments (a release has " in line
    quick = {result.experiment for result in results if result.scale == "quick"}
    full = sorted({sum(result.scale == "full" for result in record.results) for record in records})
    said = " to ".join(map(str, dict.fromkeys((full[0], full[-1]))))
    assert f"(a release has {len(quick)}, and {said} of them once more at full scale)" in line
    counts = [int(count.replace(",", "")) for count in re.findall(r"([\d,]+) (?:did|are absent|could)", line)]
    assert sum(counts) == len(results)


def test_that_tf_estimator_was_removed_is_said_near_the_top(text):
    top = text.partition("\n## ")[0]
    assert "TensorFlow removed tf.estimator in 2.16" in top and "*bridged*" in top
    assert "*Bridged* is " in text.partition("What each release was measured with")[2]
    assert "bridged" not in render([packaged.of("2.15.1")]).partition("\n## ")[0]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"0": 20, "2": 20}, "20 never, 20 twice"),
        ({"10": 3, "1": 1_000}, "1,000 once, 3 used 10 times"),
        ({"one epoch": 1, "two": 2}, "one epoch: 1; two: 2"),
        ({"from": 1, "to": 2}, "1 to 2"),
        ({}, "none"),
    ],
)
def test_how_often_examples_were_used_is_said_in_words(found, said):
    assert words.value(found) == said


RAN_OUT = (
    "Your input ran out of data; interrupting training. Make sure that your dataset can generate at least 12 batches."
)


def test_what_tensorflow_logs_is_explained_where_it_was_met():
    logged = msgspec.structs.replace(RESULT, log=["Something else.", RAN_OUT])
    said = render([record.Record(HEADER, (logged,), FINISHED)])
    rows = re.findall(
        r"^\| `(.+)` \| (.+) <sub>\[.+]\(https://\S+\)</sub> \| (.+) \|$",
        said.partition("\n## What TensorFlow logs\n")[2],
        re.MULTILINE,
    )
    assert rows == [
        (RAN_OUT, words.meaning(RAN_OUT), f"{RESULT.experiment} ({words.minor(HEADER.versions.tensorflow)})")
    ]
    assert "## What TensorFlow logs" not in render([record.Record(HEADER, (RESULT,), FINISHED)])


def test_of_a_log_only_what_tells_how_long_a_training_runs_has_a_meaning():
    assert words.meaning("Training with estimator made no steps. Perhaps input is empty or misspecified.")
    assert words.meaning("BaseCollectiveExecutor::StartAbort Out of range: End of sequence")
    assert words.meaning("Local rendezvous is aborting with status: OUT_OF_RANGE: End of sequence")
    assert not words.meaning(
        "`shuffle=True` was passed, but will be ignored since the data `x` was provided as a generator."
    )
