"""The release catalogue: what each release of TensorFlow needs to be installed."""

import csv
from dataclasses import dataclass, replace
from importlib import resources

from packaging.version import InvalidVersion, Version

from estimator_semantics.host.errors import UnknownKeras, UnknownRelease

DEFAULT = "2.15.1"

# On this release every Keras 3 there is can be had, the first and the newest: the axis of Keras is measured on it.
OF_KERAS = "2.16.2"


@dataclass(frozen=True)
class Release:
    """A release of TensorFlow and what it takes to install it.

    Attributes:
        version: its version, for example ``"2.15.1"``.
        date: when it was published, for example ``"2024-03-08"``; empty where that is not known.
        pythons: the Python minors it installs on, the preferred one first.
        distribution: name of the distribution to install.
        pins: further requirements, each because the resolver would otherwise take something that does not work.
        estimator: ``"native"``, or ``"bridged"`` where tf.estimator was removed.
        like: version of the listed release that this entry was taken from; the version itself when it is listed.
        keras: version of Keras 3 to install beside it; the newest that it allows if None.
    """

    version: str
    date: str
    pythons: tuple[str, ...]
    distribution: str
    pins: tuple[str, ...]
    estimator: str
    like: str
    keras: str | None = None

    @property
    def requirements(self) -> tuple[str, ...]:
        """What to install."""
        keras = () if self.keras is None else (f"keras=={self.keras}",)
        return (f"{self.distribution}=={self.version}", *self.pins, *keras)

    @property
    def name(self) -> str:
        """What it is called: its version, and that of a Keras that was asked for."""
        return self.version if self.keras is None else f"{self.version} with Keras {self.keras}"


def releases() -> tuple[Release, ...]:
    """Return the listed releases, one for each minor, oldest first."""
    text = resources.files("estimator_semantics.host").joinpath("releases.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Release(
            version=row["tensorflow"],
            date=row["date"],
            pythons=tuple(row["pythons"].split(";")),
            distribution=row["distribution"],
            pins=tuple(pin for pin in row["pins"].split(";") if pin),
            estimator=row["estimator"],
            like=row["tensorflow"],
        )
        for row in rows
    )


def find(version: str, option: str = "--tensorflow") -> Release:
    """Return the entry of a release; one that is not listed inherits the entry of its minor, or of the last minor before it.

    Args:
        version: for example ``"2.15.1"``; a patch, a release candidate or a future minor is as welcome.
        option: where it was given.

    Raises:
        UnknownRelease: this is not a version.
    """
    try:
        wanted = Version(version)
    except InvalidVersion:
        raise UnknownRelease(version, option) from None

    # The last one whose minor is not above the wanted one; the first one for what is older than all.
    listed = releases()
    not_above = [release for release in listed if Version(release.version).release[:2] <= (wanted.major, wanted.minor)]
    nearest = not_above[-1] if not_above else listed[0]
    return nearest if Version(nearest.version) == wanted else replace(nearest, version=str(wanted), date="")


def with_keras(keras: str, version: str | None = None, option: str = "--keras") -> Release:
    """Return the entry of a release with a Keras 3 of one's choice.

    Args:
        keras: for example ``"3.6.0"``.
        version: the release of TensorFlow; `OF_KERAS` if None.
        option: where the Keras was given.

    Raises:
        UnknownKeras: this is not a version of Keras 3, or the release has Keras 2.
        UnknownRelease: the release is not a version.
    """
    release = find(version or OF_KERAS)
    try:
        wanted = Version(keras)
    except InvalidVersion:
        raise UnknownKeras(keras, "not a version; give one like 3.10.0", option) from None
    if wanted.major != 3:
        raise UnknownKeras(
            keras, "not a Keras 3; Keras 2 is tf.keras up to TensorFlow 2.15, and tf-keras since", option
        )
    if release.estimator == "native":
        reason = f"the tf.keras of TensorFlow {release.version} is Keras 2; give TensorFlow 2.16 or later"
        raise UnknownKeras(keras, reason, option)
    return replace(release, keras=str(wanted))


def newest(estimator: str | None = None) -> Release:
    """Return the newest listed release that is not a release candidate.

    Args:
        estimator: ``"native"`` or ``"bridged"``, where only such releases are meant.
    """
    wanted = [release for release in releases() if estimator in (None, release.estimator)]
    return [release for release in wanted if not Version(release.version).is_prerelease][-1]
