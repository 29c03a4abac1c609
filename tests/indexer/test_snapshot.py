"""Snapshots: what is current is whole, whatever happens to a writer or to the disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.errors import IndexCorrupt, IndexLocked, IndexMissing, SnapshotError
from indexer import snapshot


def publish(index: Path, content: bytes, documents: int = 1) -> Path:
    """One more snapshot of one file."""
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        (folder / "words").write_bytes(content)
        return snapshot.publish(index, folder, {"schema": "1"}, documents)


def test_a_published_snapshot_is_current_private_and_whole(tmp_path: Path) -> None:
    """Mode 0700, verified, nothing else left in the folder."""
    folder = publish(tmp_path, b"abc", 7)
    assert snapshot.current(tmp_path) == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert snapshot.verify(folder).documents == 7
    assert {p.name for p in tmp_path.iterdir()} == {"current", "write.lock", folder.name}


def test_only_the_last_three_are_kept_and_one_can_go_back(tmp_path: Path) -> None:
    """Names rise even within one second; rolling back stops at the oldest."""
    made = [publish(tmp_path, bytes([i])).name for i in range(5)]
    assert made == sorted(made)
    assert snapshot.names(tmp_path) == made[2:]
    assert snapshot.rollback(tmp_path) == made[3]
    assert snapshot.rollback(tmp_path) == made[2]
    with pytest.raises(SnapshotError, match="no snapshot before"):
        snapshot.rollback(tmp_path)
    snapshot.prune(tmp_path, 1)
    assert snapshot.names(tmp_path) == [made[2], made[4]]


def test_a_draft_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """The snapshot before it stays current."""
    first = publish(tmp_path, b"abc")

    def fail() -> None:
        with snapshot.writer_lock(tmp_path), snapshot.draft(tmp_path) as folder:
            (folder / "words").write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert snapshot.current(tmp_path) == first
    assert snapshot.names(tmp_path) == [first.name]


def test_a_second_writer_is_told_so_and_the_lock_is_free_after_a_failure(tmp_path: Path) -> None:
    """One writer at a time."""
    with snapshot.writer_lock(tmp_path), pytest.raises(IndexLocked), snapshot.writer_lock(tmp_path):
        pass
    with pytest.raises(ZeroDivisionError), snapshot.writer_lock(tmp_path):
        raise ZeroDivisionError
    publish(tmp_path, b"abc")


@pytest.mark.parametrize("pointer", [None, b"", b"../../etc", b"20260101T000000-0001\n", b"\xff"])
def test_no_pointer_or_a_wrong_one_is_no_index(tmp_path: Path, pointer: bytes | None) -> None:
    """The message is the command that makes one."""
    if pointer is not None:
        (tmp_path / "current").write_bytes(pointer)
    with pytest.raises(IndexMissing, match="izde index"):
        snapshot.current(tmp_path)


def test_every_changed_bit_every_cut_and_every_odd_file_is_detected(tmp_path: Path) -> None:
    """200 single-bit flips over both files, truncation, an extra and a missing file, a link."""
    folder = publish(tmp_path, os.urandom(300))
    rng = random.Random(5)
    for _ in range(200):
        path = folder / rng.choice(["words", "manifest.json"])
        whole = path.read_bytes()
        at, bit = rng.randrange(len(whole)), 1 << rng.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        if path.name == "words":
            with pytest.raises(IndexCorrupt):
                snapshot.verify(folder)
        else:
            try:
                snapshot.verify(folder)
            except IndexCorrupt:
                pass
            else:
                assert snapshot.read_manifest(folder).files["words"][0] == 300
        path.write_bytes(whole)
    words = (folder / "words").read_bytes()
    (folder / "words").write_bytes(words[:-1])
    with pytest.raises(IndexCorrupt, match="words"):
        snapshot.verify(folder)
    (folder / "words").unlink()
    with pytest.raises(IndexCorrupt, match="words"):
        snapshot.verify(folder)
    (tmp_path / "elsewhere").write_bytes(words)
    (folder / "words").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexCorrupt, match="words"):
        snapshot.verify(folder)


def test_a_linked_file_keeps_its_digest_and_a_rewritten_one_does_not(tmp_path: Path) -> None:
    """What is carried over is not hashed again; what only has the name is."""
    first = publish(tmp_path, b"same")
    with snapshot.writer_lock(tmp_path), snapshot.draft(tmp_path) as folder:
        os.link(first / "words", folder / "words")
        (folder / "more").write_bytes(b"new")
        second = snapshot.publish(tmp_path, folder, {}, 2)
    assert snapshot.verify(second).files["words"] == snapshot.read_manifest(first).files["words"]


def test_a_file_that_was_verified_is_not_read_again_and_a_changed_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by device, inode, size and time of change; without what is known every file is read."""
    first = publish(tmp_path, b"same")
    with snapshot.writer_lock(tmp_path), snapshot.draft(tmp_path) as folder:
        os.link(first / "words", folder / "words")
        (folder / "more").write_bytes(b"new")
        second = snapshot.publish(tmp_path, folder, {}, 2)
    read: list[str] = []
    original = snapshot._hash

    def hashed(path: Path) -> str:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(snapshot, "_hash", hashed)
    known: snapshot.Known = {}
    snapshot.verify(first, known)
    snapshot.verify(second, known)
    assert read == ["words", "more"]
    snapshot.verify(second)
    assert sorted(read[2:]) == ["more", "words"]
    (second / "more").write_bytes(b"odd")
    with pytest.raises(IndexCorrupt, match="more"):
        snapshot.verify(second, known)
    (second / "more").unlink()
    (second / "more").symlink_to(first / "words")
    with pytest.raises(IndexCorrupt, match="more"):
        snapshot.verify(second, known)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from indexer import snapshot
index, n = Path(sys.argv[1]), 0
while True:
    n += 1
    with snapshot.writer_lock(index), snapshot.draft(index) as folder:
        for name in ("a", "b", "c"):
            (folder / name).write_bytes(str(n).encode() * 2000)
        snapshot.publish(index, folder, {}, n)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_current_snapshot(tmp_path: Path, root: Path) -> None:
    """50 times SIGKILL: the current snapshot verifies, its files belong together, the next run starts clean."""
    publish(tmp_path, b"first")
    rng = random.Random(11)
    for _ in range(50):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(root)], stderr=subprocess.DEVNULL)
        before = snapshot.current(tmp_path).name
        deadline = time.monotonic() + 10
        while snapshot.current(tmp_path).name == before and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(rng.random() * 0.02)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        folder = snapshot.current(tmp_path)
        manifest = snapshot.verify(folder)
        assert len({(folder / name).read_bytes() for name in manifest.files}) == 1
    publish(tmp_path, b"last")
    assert not list(tmp_path.glob(".draft-*"))
