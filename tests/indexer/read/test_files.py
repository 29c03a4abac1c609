"""What may be read: regular files under the root, bounded, with stable opaque ids."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.errors import DocumentError
from indexer.document import Document
from indexer.read import MAX_FILE_BYTES, SUFFIXES, document_id, read_file


def one(path: Path, root: Path) -> Document:
    (document,) = read_file(path, root)
    assert isinstance(document, Document)
    return document


def test_an_id_is_short_opaque_and_the_same_for_the_same_path() -> None:
    ids = [document_id(f"news/{n}.txt") for n in range(2000)]
    assert len(set(ids)) == 2000
    assert all(len(i) == 13 and set(i) <= set("abcdefghijklmnopqrstuvwxyz234567") for i in ids)
    assert ids == [document_id(f"news/{n}.txt") for n in range(2000)]


def test_the_id_depends_on_the_path_in_the_corpus_and_not_on_where_the_corpus_lies(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "sub").mkdir(parents=True)
        (tmp_path / place / "sub" / "a.txt").write_text("Title\nSome text of it.", encoding="utf-8")
    first = one(tmp_path / "one" / "sub" / "a.txt", tmp_path / "one")
    second = one(tmp_path / "two" / "sub" / "a.txt", tmp_path / "two")
    assert (first.id, first.path) == (second.id, "sub/a.txt") == (document_id("sub/a.txt"), "sub/a.txt")


@pytest.mark.parametrize("name", ["a.exe", "a", "a.zip", "a.txt.gz"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("text")
    with pytest.raises(DocumentError, match="are not read; known") as caught:
        read_file(tmp_path / name, tmp_path)
    assert caught.value.path == name


def test_a_link_that_leaves_the_corpus_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "secret.txt").write_text("Secret\nnothing to see here")
    (corpus / "inside.txt").write_text("Title here\nText of it is here.")
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "in.txt").symlink_to(corpus / "inside.txt")
    with pytest.raises(DocumentError, match="out of the corpus"):
        read_file(corpus / "out.txt", corpus)
    with pytest.raises(DocumentError, match="out of the corpus"):
        read_file(corpus / ".." / "secret.txt", corpus)
    assert one(corpus / "in.txt", corpus).title == "Title here"


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for name in ("pipe.txt", "folder.txt", "gone.txt", "loop.txt", "never-was.txt"):
        with pytest.raises(DocumentError):
            read_file(tmp_path / name, tmp_path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(DocumentError, match="larger than 50 MB"):
        read_file(tmp_path / "big.txt", tmp_path)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".jsonl"}))
@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 500, b"%PDF-1.4 broken", b"PK\x03\x04 broken"])
def test_an_empty_or_broken_file_is_one_failed_entry_or_a_document_never_another_error(
    tmp_path: Path, suffix: str, data: bytes
) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    try:
        found = read_file(path, tmp_path)
    except DocumentError as error:
        found = [error]
    assert len(found) == 1
    for item in found:
        assert item.path == path.name
        assert item.reason if isinstance(item, DocumentError) else item.text or item.title
