"""Languages of texts and passages: letters first, the model where they leave a choice, neighbours for what is short."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.detect import detect, detect_passages, main_language
from analysis.tokens import paragraphs

SHARED = Path(__file__).parents[3] / "shared" / "bench"
SENTENCES = {
    "kk": "Сот журналистің шағымын қарап, газетке салынған айыппұлды алып тастады.",
    "ky": "Сот журналисттин арызын карап, гезитке салынган айыпты жокко чыгарды.",
    "uz": "Sud jurnalistning shikoyatini ko'rib chiqib, gazetaga solingan jarimani bekor qildi.",
    "uz-Cyrl": "Суд журналистнинг шикоятини кўриб чиқиб, газетага солинган жаримани бекор қилди.",
    "tg": "Суд шикояти рӯзноманигорро баррасӣ карда, ҷаримаи рӯзномаро бекор кард.",
    "tk": "Kazyýet žurnalistiň şikaýatyna garap, gazete salnan jerimäni ýatyrdy.",
    "ru": "Суд рассмотрел жалобу журналиста и отменил штраф, наложенный на газету.",
    "en": "The court heard the journalist's complaint and lifted the fine on the newspaper.",
    "kk-Latn": "Sot jýrnalistiń shaǵymyn qarap, gazetke salynǵan aıyppuldy alyp tastady.",
}


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items())
def test_a_sentence_has_its_language(tag, text):
    assert detect(text) == tag


def test_the_later_latin_alphabet_of_kazakh_is_kazakh():
    assert detect("Sot jurnalistıñ şağymyn qarap, gazetke salynğan aiyppūldy alyp tastady.") == "kk-Latn"


def test_turkmen_in_cyrillic_is_turkmen():
    text = "Казыет журналистиң шикаятына гарап, газете салнан җеримәни ятырды. Җенаят ишинде җогапкәрчилик ёкдур."
    assert detect(text) == "tk"


@pytest.mark.parametrize("text", ["", "2021", "12.03.2020 — 174", "§ 5", "上海", "\n \t"])
def test_what_holds_none_of_our_letters_has_no_language(text):
    assert detect(text) == ""


def test_a_foreign_name_does_not_change_the_language():
    assert detect(SENTENCES["ru"] + " Об этом сообщил Қасым.") == "ru"


def test_each_paragraph_of_a_mixed_document_has_its_own_language():
    text = "\n".join(SENTENCES.values())
    assert detect_passages(text, paragraphs(text)) == list(SENTENCES)


def test_a_short_passage_follows_its_neighbour_unless_its_letters_forbid_it():
    text = "\n".join([SENTENCES["ru"], "Дело 5", SENTENCES["tg"], "Моддаи 7", "Ўзбек", "174"])
    tags = detect_passages(text, paragraphs(text))
    assert tags == ["ru", "ru", "tg", "tg", "uz-Cyrl", ""]


def test_a_short_first_passage_follows_the_document():
    text = "Сот\n" + SENTENCES["ky"]
    assert detect_passages(text, paragraphs(text)) == ["ky", "ky"]


def test_no_passages_have_no_languages():
    assert detect_passages("", []) == []


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_any_text_has_a_known_tag_or_none(text):
    assert detect(text) in {*SENTENCES, ""}
    spans = list(paragraphs(text))
    assert len(detect_passages(text, spans)) == len(spans)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="real texts in ../shared/bench are absent")
def test_headlines_of_parallel_news_have_their_language():
    right = total = 0
    with gzip.open(SHARED / "parallel_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in list(lines)[::5]:
            row = json.loads(line)
            if len(row["title"]) >= 30:
                total += 1
                right += detect(row["title"]) == row["lang"]
    assert right / total >= 0.98


def test_a_text_of_several_languages_has_the_one_of_most_of_its_passages() -> None:
    russian = "Настоящее постановление вступает в силу со дня официального опубликования в областных газетах."
    kazakh = "Ежелден ер деген, даңқымыз шықты ғой, намысын бермеген, қазағым мықты ғой, менің елім."
    english = "Home page, state symbols, the national anthem of the republic, its lyrics and its music."
    text = "\n".join([russian] * 8 + [kazakh] * 3 + [english] * 3)
    spans = list(paragraphs(text))
    tags = detect_passages(text, spans)
    assert main_language(text, spans, tags) == "ru"
    assert main_language(kazakh, [(0, len(kazakh))], ["kk"]) == "kk"
    assert main_language("", [], []) == ""
