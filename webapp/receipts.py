"""A receipt becomes a quotation: the sentence that a facet value was read from, with the words themselves apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.messages import Messages
from webapp.paragraphs import Paragraph, plain
from webapp.statutes import label_of

MAX_SIDE = 160  # characters shown on either side of the words
_END = re.compile(r"""[.!?…]+["'»”’)\]]*\s+""")


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]`` of the document is ``before + words + after``; cut sides are told by ``cut_*``."""

    before: str
    words: str
    after: str
    start: int
    end: int
    lang: str
    cut_before: bool = False
    cut_after: bool = False


def quotation(paragraphs: Sequence[Paragraph], receipt: Mapping[str, Any]) -> Quotation | None:
    """The sentence around a receipt, None where it has no place in the text."""
    number = receipt["paragraph"]
    if not 0 <= number < len(paragraphs):
        return None
    first, _, lang, segments = paragraphs[number]
    text = plain(segments)
    low = min(max(receipt["start"] - first, 0), len(text))
    high = min(max(receipt["end"] - first, low), len(text))
    start, end = sentence(text, low, high)
    cut = max(start, low - MAX_SIDE), min(end, high + MAX_SIDE)
    return Quotation(
        before=text[cut[0] : low],
        words=text[low:high],
        after=text[high : cut[1]],
        start=first + cut[0],
        end=first + cut[1],
        lang=lang,
        cut_before=cut[0] > start,
        cut_after=cut[1] < end,
    )


def explanation(receipt: Mapping[str, Any], t: Messages) -> str:
    """How the value was come by, in the words of the page: where it was read and what decided."""
    source = "title" if receipt["source"] == "rule" and receipt["where"] == "title" else receipt["source"]
    said = [t.maybe(f"receipt.source_{source}", receipt["source"])]
    for part in filter(None, receipt["note"].split(", ")):
        known = t.maybe("note." + part.replace("-", "_"), "")
        said.append(known or (label_of(part, t.lang) if "/" in part else part))
    return "; ".join(said)


def sentence(text: str, low: int, high: int) -> tuple[int, int]:
    """Bounds of the sentence that holds ``text[low:high]``.  «ст. 174» and "Art. 19" do not end one."""
    start, end = 0, len(text)
    for found in _END.finditer(text):
        if not _ends(text, found):
            continue
        if found.end() <= low:
            start = found.end()
        elif found.start() >= high:
            end = found.start() + len(found[0].rstrip())
            break
    return start, end


def _ends(text: str, stop: re.Match[str]) -> bool:
    """A stop ends a sentence after a word of more than three letters, a number or a bracket, before a capital."""
    follower = text[stop.end() : stop.end() + 1]
    before = re.search(r"\w*\Z", text[max(0, stop.start() - 40) : stop.start()])
    word = before[0] if before else ""
    return (follower.isupper() or follower in "«“\"'(–—") and (len(word) > 3 or not word.isalpha())
