"""The release catalogue, and the environments that uv builds. Needs no TensorFlow."""

import subprocess

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from estimator_semantics.host import catalogue, environments
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.errors import NotResolved, UnknownKeras, UnknownRelease

NEWEST = catalogue.releases()[-1].version


def test_one_release_for_each_minor_oldest_first():
    versions = [Version(release.version) for release in catalogue.releases()]
    assert versions == sorted(versions)
    assert len({version.release[:2] for version in versions}) == len(versions)
    minors = [version.release[:2] for version in versions]
    # No minor is missing: 1.15 was the last of its kind.
    assert minors == [(1, minor) for minor in range(3, 16)] + [(2, minor) for minor in range(len(minors) - 13)]


@pytest.mark.parametrize("release", catalogue.releases(), ids=lambda release: release.version)
def test_every_entry_can_be_installed_from(release):
    assert all(Requirement(requirement).name for requirement in release.requirements)
    assert release.pythons and all(minor.startswith("3.") for minor in release.pythons)
    bridged = Version(release.version) >= Version("2.16.0rc0")
    assert release.estimator == ("bridged" if bridged else "native")
    assert bridged == any(pin.startswith("tf-keras") for pin in release.pins)


@pytest.mark.parametrize(
    ("version", "like"),
    [
        ("2.15.1", "2.15.1"),
        ("2.15.0", "2.15.1"),
        ("2.9.0", "2.9.3"),
        ("2.99.0", NEWEST),
        ("1.2.0", "1.3.0"),
        ("1.17.0", "1.15.5"),
        ("3.0.0", NEWEST),
    ],
)
def test_releases_that_are_not_listed_inherit_the_nearest(version, like):
    release = catalogue.find(version)
    assert (release.version, release.like) == (version, like)
    assert release.requirements[0].endswith(f"=={version}")


def test_what_is_no_version_is_refused():
    with pytest.raises(UnknownRelease, match="not a version"):
        catalogue.find("latest")


def test_a_keras_of_ones_choice_makes_another_environment():
    plain, with_keras = catalogue.find("2.16.2"), catalogue.with_keras("3.6.0")
    assert with_keras.requirements == (*plain.requirements, "keras==3.6.0")
    assert with_keras.name == "2.16.2 with Keras 3.6.0" and plain.name == "2.16.2"
    folders = {environments.path_of(release, "3.11") for release in (plain, with_keras, catalogue.with_keras("3.7.0"))}
    assert len(folders) == 3


@pytest.mark.parametrize(
    ("keras", "tensorflow", "complaint"),
    [
        ("2.15.0", None, "not a Keras 3"),
        ("newest", None, "not a version"),
        ("3.6.0", "2.15.1", "the tf.keras of TensorFlow 2.15.1 is Keras 2"),
    ],
)
def test_a_keras_that_cannot_be_had_is_refused(keras, tensorflow, complaint):
    with pytest.raises(UnknownKeras, match=complaint) as caught:
        catalogue.with_keras(keras, tensorflow)
    assert f"--keras {keras}: " in str(caught.value)


def test_the_newest_release_is_no_release_candidate():
    assert not Version(catalogue.newest().version).is_prerelease


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A release that is built in seconds: a small pure Python package in the place of TensorFlow."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("UV_CACHE_DIR", str(environments.cache().parent / "uv"))
    return Release("1.17.0", "2024-12-04", ("3.11", "3.12", "3.13", "3.10"), "six", (), "native", "1.17.0")


@pytest.mark.network
def test_an_environment_is_built_once_and_kept(small):
    python = environments.build(small)
    assert (
        subprocess.run([python, "-c", "import six; print(six.__version__)"], capture_output=True).stdout == b"1.17.0\n"
    )
    # It goes by another name than tensorflow, which then must not come in by what depends on that.
    assert (python.parent.parent / "override.txt").read_text() == environments.NO_SECOND_TENSORFLOW
    marker = python.parent / "marker"
    marker.touch()
    assert environments.build(small) == python
    assert marker.exists()


@pytest.mark.network
def test_an_environment_that_was_cut_off_is_built_anew(small):
    python = environments.build(small)
    (python.parent.parent / "complete").unlink()
    marker = python.parent / "marker"
    marker.touch()
    assert environments.build(small) == python
    assert not marker.exists()


@pytest.mark.network
def test_a_version_that_does_not_exist(small):
    release = Release("99.0", "", small.pythons, "six", (), "native", "99.0")
    with pytest.raises(NotResolved, match=r"no version of six==99\.0") as caught:
        environments.build(release)
    assert "\n" not in str(caught.value)
    with pytest.raises(NotResolved):
        environments.build(release)


@pytest.mark.parametrize(
    ("minors", "bound"),
    [
        (("1.15", "2.0", "2.1", "2.2"), "numpy<1.19"),
        (("1.15", "2.0", "2.1"), "h5py<3"),
        (("2.13", "2.14"), "numpy<2"),
    ],
)
def test_first_patches_are_bounded_where_only_later_ones_bound_themselves(minors, bound):
    for minor in minors:
        release = catalogue.find(f"{minor}.0")
        assert release.version != release.like and bound in release.pins
