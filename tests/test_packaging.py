"""The wheel has all that runs and nothing else, and runs from where it is unpacked."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the tools of the development lock."""
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(out),
        str(root),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("izde-*.whl"))


def test_the_wheel_has_every_module_and_data_file_and_no_other(root: Path, wheel: Path) -> None:
    """What git would ship of the rooms, and not the tests, the corpus or the benchmarks."""
    inside = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    rooms = ("analysis", "indexer", "search", "webapp")
    kinds = {".py", ".toml", ".txt", ".html", ".xml", ".css", ".js", ".svg"}
    files = {p.relative_to(root).as_posix() for room in rooms for p in (root / room).rglob("*") if p.suffix in kinds}
    assert inside == files | {"schema.py", "izde.py"}


def test_the_program_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it indexes and finds."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "program")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.txt").write_text("Title\n\nЖурналист.\n", encoding="utf-8")
    program = [sys.executable, "-P", "-c", "import sys; sys.path.insert(0, 'program'); import izde; izde.main()"]
    for arguments in (["index", "docs"], ["search", "журналист"]):
        done = subprocess.run([*program, *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert "1 documents" in done.stdout


def test_every_package_of_the_locks_has_its_hash_and_no_address(root: Path) -> None:
    """Both locks: pinned, hashed, from no named place; the development lock holds the other."""
    pins = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (root / name).read_text()
        assert "://" not in text
        entries = re.findall(
            r"^([a-zA-Z0-9_.-]+)==([^ \n]+)(?: ;.*?)? \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
        )
        assert len(entries) == len(re.findall(r"^[a-zA-Z0-9_.-]+==", text, re.M))
        pins[name] = {package: version for package, version, _ in entries}
    assert pins["requirements.lock"].items() <= pins["requirements-dev.lock"].items()


def test_every_dependency_of_the_project_is_locked(root: Path) -> None:
    """What pyproject asks for stands in the lock."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    asked = {re.split(r"[<>=;\[ ]", d)[0].lower().replace("_", "-") for d in project["dependencies"]}
    locked = set(re.findall(r"^([a-z0-9_.-]+)==", (root / "requirements.lock").read_text(), re.M))
    assert asked <= locked
