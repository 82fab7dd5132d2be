"""``matrix``: the experiments on many releases, here or spread over the jobs of a CI system."""

import json
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from estimator_semantics.host import catalogue, experiments, matrix, operating_system, packaged, record, words
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.cli import unusable
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.cli.status import status, worst
from estimator_semantics.host.errors import InvalidRecord, NothingToCollect, UnknownReleases
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.matrix_terminal import MatrixTerminal
from estimator_semantics.host.process import Case


def run(
    names: tuple[str, ...], selection: str | None, keras: str | None, scale: str, out: Path, jobs: int, *, again: bool
) -> int:
    """Measures experiments on releases and says what came of it.

    Args:
        names: the experiments; all of them when none is named.
        selection: which releases; see `selected`.
        keras: which Keras 3 to have beside them; see `selected`.
        scale: ``"full"`` or ``"quick"``.
        out: folder for the records.
        jobs: releases at a time.
        again: whether to measure again what was measured before.

    Returns:
        The exit status.
    """
    operating_system.check("matrix")
    releases = selected(selection, keras)
    cases = tuple((case.name, case.scale(scale)) for case in experiments.chosen(names))
    folder = Folder(out)
    terminal = MatrixTerminal(len(releases), len(cases))
    with folder.alone():
        try:
            with terminal:
                answers = matrix.run(releases, cases, folder, jobs=jobs, again=again, listener=terminal)
        except KeyboardInterrupt:
            terminal.interrupted(folder.path, again=again)
            return 3
    terminal.table(answers, cases)
    left_out = unusable.left_out(names)
    unusable.report(left_out)
    return worst([*(_status(answer, cases) for answer in answers), unusable.status(left_out)])


def _status(answer: matrix.Answer, cases: tuple[Case, ...]) -> int:
    if answer.record is None:
        return answer.status
    results = [result for result in answer.record.results if result.case in cases]
    return status(results, answer.record.header.versions)


def selected(selection: str | None, keras: str | None = None) -> tuple[Release, ...]:
    """Return the releases of a selection.

    Args:
        selection: a range of listed releases, like ``">=1.9,<2.4"``; one version, listed or not; None for all.
        keras: versions of Keras 3, separated by commas, each of which is measured on one release of TensorFlow; None for
            the one that comes with each.

    Raises:
        UnknownReleases: it is neither, or nothing is in the range.
        UnknownKeras: one of them is none that can be had beside this release.
    """
    if keras is not None:
        return tuple(catalogue.with_keras(version.strip(), selection) for version in keras.split(","))
    if selection is None:
        return catalogue.releases()
    try:
        Version(selection)
    except InvalidVersion:
        pass
    else:
        return (catalogue.find(selection),)
    try:
        wanted = SpecifierSet(selection, prereleases=True)
    except InvalidSpecifier:
        raise UnknownReleases(selection, "--tensorflow") from None
    chosen = tuple(release for release in catalogue.releases() if wanted.contains(release.version))
    if not chosen:
        raise UnknownReleases(selection, "--tensorflow")
    return chosen


def print_list(selection: str | None, keras: str | None = None, *, for_github: bool) -> None:
    """Print the releases of a selection, one a line, or as the value of a GitHub Actions matrix.

    Args:
        selection: which releases; see `selected`.
        keras: which Keras 3 to have beside them; see `selected`.
        for_github: print ``{"include": [{"tensorflow": ..., "python": ...}, ...]}`` on one line, with ``"keras"`` where one
            was asked for.
    """
    releases = selected(selection, keras)
    if for_github:
        jobs = [
            {"tensorflow": release.version, "python": release.pythons[0]}
            | ({"keras": release.keras} if release.keras else {})
            for release in releases
        ]
        write(json.dumps({"include": jobs}) + "\n")
    else:
        write("".join(f"{release.name}\n" for release in releases))


def collect(source: Path, out: Path) -> int:
    """Brings the records that the jobs of a CI system left below a folder into one.

    Args:
        source: folder with the records, at any depth.
        out: folder that gets them, one for each release.

    Returns:
        The exit status of all of them together; 3 as well where a file is not a whole record: the others are collected.

    Raises:
        NothingToCollect: there is no record below the folder.
        InvalidRecord: two records of one release differ.
    """
    operating_system.check("matrix")
    paths = sorted(path for path in source.rglob("*.jsonl") if path.is_file())
    if not paths:
        raise NothingToCollect(source, "--collect")
    paths_by_release: dict[tuple[str, str | None], Path] = {}
    statuses, left_out = set(), []
    for path in paths:
        try:
            whole = record.read(path)
        except InvalidRecord as error:
            # Of a job that was ended, as a rule.
            left_out.append(str(error))
            statuses.add(3)
            continue
        versions = whole.header.versions
        # A record with a Keras that was asked for is named after both.
        release = versions.tensorflow, versions.keras if path.stem.endswith(f"-keras{versions.keras}") else None
        if release in paths_by_release and paths_by_release[release].read_bytes() != path.read_bytes():
            raise InvalidRecord(
                path, f"there is another one of TensorFlow {versions.tensorflow}: {paths_by_release[release]}"
            )
        paths_by_release[release] = path
        statuses.add(status(list(packaged.usable(whole).results), whole.header.versions))
    folder = Folder(out)
    with folder.alone():
        for release, path in paths_by_release.items():
            folder.put(folder.record(*release), path.read_bytes())
    write(
        "".join(f"left out: {said}\n" for said in left_out)
        + f"{words.many(len(paths_by_release), 'record')} in {out}\n"
    )
    return worst(statuses)
