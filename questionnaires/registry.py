"""Finds questionnaires: the built-in ones beside this file, and those of other folders that hold SLUG/VERSION/questionnaire.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from scoring.model import Model

from .compiling import compile_model
from .faults import Fault, Faulty, did_you_mean
from .loading import HEADER, load
from .types import Questionnaire

BUILT_IN = Path(__file__).parent


class Registry:
    """The questionnaires that an installation knows. Loading is lazy, cached and safe between threads.

    A slug and version that exists in two places is refused with `Faulty` (code `duplicate-version`) when the registry is made.
    """

    def __init__(self, paths: Iterable[Path] = (), *, built_in: Path = BUILT_IN) -> None:
        self._folders: dict[str, dict[str, Path]] = {}
        self._loaded: dict[tuple[str, str], tuple[Questionnaire, Model]] = {}
        self._lock = Lock()
        for root in dict.fromkeys(path.resolve() for path in (built_in, *paths)):
            self._add(root)

    def _add(self, root: Path) -> None:
        if not root.is_dir():
            raise Faulty([Fault.of("missing-file", str(root), 0, (), {"name": str(root)})])
        for header in sorted(root.glob(f"*/*/{HEADER}")):
            self._add_version(header.parent)

    def _add_version(self, folder: Path) -> None:
        slug, version = folder.parent.name, folder.name
        known = self._folders.setdefault(slug, {})
        if version in known:
            detail = {"slug": slug, "version": version, "first": known[version], "second": folder}
            raise Faulty([Fault.of("duplicate-version", str(folder / HEADER), 1, (), detail)])
        known[version] = folder

    def slugs(self) -> tuple[str, ...]:
        """Return the slugs, sorted."""
        return tuple(sorted(self._folders))

    def versions(self, slug: str) -> tuple[str, ...]:
        """Return the versions of a slug, oldest first."""
        return tuple(sorted(self._folders.get(slug, ()), key=version_order))

    def folder(self, slug: str, version: str) -> Path:
        """Return the folder of a version; `Faulty` (code `unknown-questionnaire`) when there is none."""
        known = self._folders.get(slug, {})
        if version not in known:
            hint = did_you_mean(version, known) if known else did_you_mean(slug, self._folders)
            raise Faulty(
                [Fault.of("unknown-questionnaire", "", 0, (), {"slug": slug, "version": version, "hint": hint})]
            )
        return known[version]

    def get(self, slug: str, version: str) -> Questionnaire:
        """Return a questionnaire; `Faulty` when it is unknown or has errors."""
        return self._both(slug, version)[0]

    def model(self, slug: str, version: str) -> Model:
        """Return the compiled model of a questionnaire."""
        return self._both(slug, version)[1]

    def latest(self, slug: str) -> Questionnaire:
        """Return the newest version of a slug."""
        versions = self.versions(slug)
        return self.get(slug, versions[-1] if versions else "")

    def _both(self, slug: str, version: str) -> tuple[Questionnaire, Model]:
        folder = self.folder(slug, version)
        with self._lock:
            if (slug, version) not in self._loaded:
                questionnaire = load(folder)
                self._loaded[slug, version] = questionnaire, compile_model(questionnaire)
            return self._loaded[slug, version]


def version_order(version: str) -> tuple[int, ...]:
    """Return a key that sorts versions by their numbers; what is no version comes first."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else (-1,)
