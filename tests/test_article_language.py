"""Which language an article is in: what it says itself, else what its text tells."""

from __future__ import annotations

import json

import pytest

from chronicle import Article, extract, find_times, read_article, read_articles
from chronicle.article.language import language_of

TEXTS = {
    "en": "The minister said on Friday that the talks would go on next week, and that both sides had agreed on most of the questions.",
    "de": "Der Minister sagte am Freitag, dass die Gespräche in der nächsten Woche weitergehen und man sich in den meisten Fragen geeinigt habe.",
    "fr": "Le ministre a déclaré vendredi que les discussions reprendraient la semaine prochaine et que la plupart des questions étaient réglées.",
    "es": "El ministro dijo el viernes que las conversaciones seguirán la próxima semana y que se ha llegado a un acuerdo en casi todo.",
    "it": "Il ministro ha detto venerdì che i colloqui riprenderanno la prossima settimana e che quasi tutte le questioni sono risolte.",
    "nl": "De minister zei vrijdag dat de gesprekken volgende week verdergaan en dat men het over de meeste vragen eens is geworden.",
    "ru": "Министр сказал в пятницу, что переговоры продолжатся на следующей неделе и что стороны договорились почти обо всём.",
    "uk": "Міністр сказав у п'ятницю, що переговори триватимуть наступного тижня і що сторони домовилися майже про все.",
    "el": "Ο υπουργός είπε την Παρασκευή ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα.",
    "zh": "部长星期五说，会谈将于下周继续举行，双方已就大多数问题达成一致。",
    "ja": "大臣は金曜日、会談は来週も続き、ほとんどの問題で合意したと述べた。",
    "ko": "장관은 금요일에 회담이 다음 주에도 계속될 것이라고 말했다.",
    "sw": "Waziri alisema Ijumaa kuwa mazungumzo yataendelea wiki ijayo na kwamba pande zote mbili zimekubaliana kuhusu mambo mengi.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_tells_its_language(code):
    article = Article(TEXTS[code], "2021-07-16")
    assert article.language == code
    assert article.language_from in ("the text (py3langid)", "its script")


@pytest.mark.parametrize(
    "text", ["", "3 May 2020", "Talks in Doha.", "1234567890 12:30", "They met on Friday in Oslo."]
)
def test_what_is_too_short_to_tell_is_taken_as_english_and_that_is_said(text):
    code, told = language_of(text)
    assert code == "en"
    assert told.startswith("assumed: ") or len(text) > 24


def test_without_a_library_that_is_said(monkeypatch):
    monkeypatch.setattr("chronicle.article.language._model", lambda: None)
    assert language_of(TEXTS["de"]) == (
        "en",
        "assumed: no library tells languages; pip install 'chronicle-timeline[language]'",
    )
    assert language_of(TEXTS["ja"])[0] == "ja"


def test_what_is_given_is_not_doubted():
    article = Article(TEXTS["de"], language="fr")
    assert (article.language, article.language_from) == ("fr", "given")
    assert Article(TEXTS["de"], language=None).language == "de"
    assert Article("x", language="pt-BR").language == "pt-BR"


def test_an_articles_own_word_goes_first(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f"---\nlanguage: nl\n---\n{TEXTS['de']}\n", "utf-8")
    assert (read_article(path).language, read_article(path).language_from) == ("nl", "the front matter")
    path.write_text(TEXTS["de"], "utf-8")
    assert read_article(path).language == "de"
    page = tmp_path / "a.html"
    body = f"<article><h1>Talks</h1>{'<p>' + TEXTS['de'] + '</p>'}{'<p>' + TEXTS['de'] * 3 + '</p>'}</article>"
    page.write_text(f'<html lang="de-AT"><head><title>Talks</title></head><body>{body}</body></html>', "utf-8")
    found = next(iter(read_articles(page)))
    assert (found.language, found.language_from) == ("de", "the page")
    page.write_text(f"<html><head><title>Talks</title></head><body>{body}</body></html>", "utf-8")
    assert next(iter(read_articles(page))).language_from == "the text (py3langid)"


def test_mixed_articles_are_read_each_in_its_language(run, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"text": f"{text} 2021-05-03.", "published": "2021-07-16", "id": code} for code, text in TEXTS.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    articles = list(read_articles(path))
    assert [a.language for a in articles] == list(TEXTS)
    assert all(extract(a) for a in articles)
    code, out, error = run("extract", path, "--nlp", "light")
    assert (code, error) == (0, "")
    assert out.count("- id:") >= len(TEXTS)


def test_language_sets_it_for_all(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The bridge was opened on 3/4/2021.", "utf-8")
    assert "when: 2021-03-04" in run("extract", path, "--published", "2021-07-16", "--language", "en")[1]
    assert "when: 2021-04-03" in run("extract", path, "--published", "2021-07-16", "--language", "pt")[1]
    assert (
        "does not know the language 'tlh'" in run("extract", path, "--published", "2021-07-16", "--language", "tlh")[2]
    )


def test_the_languages_are_listed(run):
    code, out, _ = run("languages")
    assert code == 0
    assert "\nen    times, dates in words" in f"\n{out}"
    assert " sw " in out
    codes = run("languages", "--codes")[1].split()
    assert len(codes) >= 200
    assert {"en", "de", "sw", "ja"} <= set(codes)
    for code in ("sw", "ja", "pt"):
        assert find_times("2021-05-03", language=code)[0].value == "2021-05-03"
