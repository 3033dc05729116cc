"""Events of articles whose sentences nobody parses: the sentence is the title, status and speaker go by the words of the language's folder."""

from __future__ import annotations

import pytest

from chronicle import Article, extract

# (language, sentence, date, title, status, who says so)
SENTENCES = [
    ("de", "Der Rat hat am Dienstag in Graz den Plan beschlossen.", "2021-07-13", "Der Rat hat in Graz den Plan beschlossen", "happened", None),
    ("de", "Am 3. August soll die Brücke eröffnet werden.", "2021-08-03", "Am 3. August soll die Brücke eröffnet werden", "planned", None),
    ("de", "Die Messe wurde am Montag abgesagt.", "2021-07-12", "Die Messe wurde abgesagt", "cancelled", None),
    ("de", "Der Bürgermeister bestritt am Montag, Geld genommen zu haben.", "2021-07-12", "Der Bürgermeister bestritt, Geld genommen zu haben", "denied", "Der Bürgermeister"),
    ("de", "„Wir bauen weiter“, sagte Ministerin Eva Maier am Mittwoch.", "2021-07-14", "„Wir bauen weiter“, sagte Ministerin Eva Maier", "happened", "Ministerin Eva Maier"),
    ("de", "Laut Polizei brannte es am Sonntag in zwei Häusern.", "2021-07-11", "Laut Polizei brannte es in zwei Häusern", "happened", "Polizei"),
    ("de", "Das Gesetz vom 3. Mai gilt.", "2021-05-03", "Das Gesetz vom 3. Mai gilt", "happened", None),
    ("fr", "Le conseil a voté mardi le budget.", "2021-07-13", "Le conseil a voté le budget", "happened", None),
    ("fr", "Le pont sera inauguré le 3 août.", "2021-08-03", "Le pont sera inauguré", "planned", None),
    ("fr", "Le match prévu dimanche a été annulé.", "2021-07-18", "Le match prévu dimanche a été annulé", "cancelled", None),
    ("fr", "Le maire a nié lundi avoir reçu l'argent.", "2021-07-12", "Le maire a nié avoir reçu l'argent", "denied", "Le maire"),
    ("fr", "« Nous restons », a déclaré mercredi la ministre Anne Roux.", "2021-07-14", "« Nous restons », a déclaré la ministre Anne Roux", "happened", "la ministre Anne Roux"),
    ("fr", "Le chantier fut à l'arrêt d'août 2020 à mars 2021.", "2020-08/2021-03", "Le chantier fut à l'arrêt", "happened", None),
    ("de", "Die Baustelle ruhte von August 2020 bis März 2021.", "2020-08/2021-03", "Die Baustelle ruhte", "happened", None),
    ("de", "Von August 2020 bis März 2021 ruhte der Bau.", "2020-08/2021-03", "Von August 2020 bis März 2021 ruhte der Bau", "happened", None),
    ("es", "El martes a las 20:00 se reunió el pleno.", "2021-07-13T20:00", "Se reunió el pleno", "happened", None),
    ("fr", "Selon la police, deux maisons ont brûlé dimanche.", "2021-07-11", "Selon la police, deux maisons ont brûlé", "happened", "la police"),
    ("es", "El pleno aprobó el martes el presupuesto.", "2021-07-13", "El pleno aprobó el presupuesto", "happened", None),
    ("es", "El puente se inaugurará el 3 de agosto.", "2021-08-03", "El puente se inaugurará", "planned", None),
    ("es", "La feria fue cancelada el lunes.", "2021-07-12", "La feria fue cancelada", "cancelled", None),
    ("es", "El alcalde negó el lunes haber cobrado.", "2021-07-12", "El alcalde negó haber cobrado", "denied", "El alcalde"),
    ("es", "«Nos quedamos», dijo el miércoles la ministra Ana Ruiz.", "2021-07-14", "«Nos quedamos», dijo la ministra Ana Ruiz", "happened", "la ministra Ana Ruiz"),
    ("es", "Según la policía, ardieron el domingo dos casas.", "2021-07-11", "Según la policía, ardieron dos casas", "happened", "la policía"),
    ("es", "Cada año la feria dura tres días; en 2019 duró cuatro.", "2019", "Cada año la feria dura tres días; duró cuatro", "recurring", None),
    ("ru", "Совет во вторник утвердил бюджет.", "2021-07-13", "Совет утвердил бюджет", "happened", None),
    ("ru", "Мост откроют 3 августа.", "2021-08-03", "Мост откроют", "planned", None),
    ("ru", "Ярмарку отменили в понедельник.", "2021-07-12", "Ярмарку отменили", "cancelled", None),
    ("ru", "Мэр в понедельник опроверг слухи о продаже порта.", "2021-07-12", "Мэр опроверг слухи о продаже порта", "denied", None),
    ("uk", "Рада у вівторок ухвалила бюджет.", "2021-07-13", "Рада ухвалила бюджет", "happened", None),
    ("uk", "Міст відкриють 3 серпня.", "2021-08-03", "Міст відкриють", "planned", None),
    ("uk", "Ярмарок скасували в понеділок.", "2021-07-12", "Ярмарок скасували", "cancelled", None),
    ("zh", "市政府周二通过了预算。", "2021-07-13", "市政府通过了预算", "happened", None),
    ("zh", "大桥将于8月3日通车。", "2021-08-03", "大桥将通车", "planned", None),
    ("zh", "市长周一否认收受贿赂。", "2021-07-12", "市长否认收受贿赂", "denied", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "when", "title", "status", "who"), SENTENCES)
def test_a_sentence_is_an_event(language, text, when, title, status, who):
    (event,) = extract(Article(text, published="2021-07-16", language=language))
    assert (str(event.when), event.title, event.status, event.according_to) == (when, title, status, who)
    source = event.sources[0]
    assert text[source.start : source.end] == source.expression
    assert source.quote == text


def test_sentences_end_at_no_abbreviation_and_inside_no_date():
    text = "Dr. Huber kam am 3. August 2020 nach Wien. Prof. S. Maier ging am 5. September 2020."
    events = extract(Article(text, published="2021-07-16", language="de"))
    assert [e.sources[0].quote for e in events] == [
        "Dr. Huber kam am 3. August 2020 nach Wien.",
        "Prof. S. Maier ging am 5. September 2020.",
    ]


def test_two_times_in_a_sentence_are_two_events_in_doubt():
    text = "Il est venu le 3 mai 2020 et reparti le 7 juin 2020."
    events = extract(Article(text, published="2021-07-16", language="fr"))
    assert [(str(e.when), e.doubts) for e in events] == [("2020-05-03", ["clause"]), ("2020-06-07", ["clause"])]


def test_a_plan_for_a_day_that_is_over_is_in_doubt():
    (event,) = extract(
        Article("El pleno debía votar; el voto estaba previsto para ayer.", published="2021-07-16", language="es")
    )
    assert (event.status, event.doubts) == ("happened", ["status"])


def test_a_language_without_claims_is_told_by_its_dates():
    events = extract(
        Article("Alifika tarehe 3 Mei 2021. Ataondoka tarehe 5 Agosti 2021.", published="2021-07-16", language="sw")
    )
    assert [(str(e.when), e.status) for e in events] == [("2021-05-03", "happened"), ("2021-08-05", "planned")]


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("zh", "3日。", "3日。"),
        ("zh", "2020年5月3日" + "政府宣布新的政策" * 40 + "。", "政府宣布新的政策" * 20 + " …"),
        ("es", "Llegaron el lunes " + "x" * 400, "Llegaron " + "x" * 151 + " …"),
        ("es", "Salieron ”2020 y volvieron.", "Salieron y volvieron"),
    ],
)
def test_titles_of_texts_that_are_hard_to_cut(code, text, title):
    events = extract(Article(text, "2021-07-16", language=code), nlp="light")
    assert [e.title for e in events] == [title]


@pytest.mark.parametrize("word", ["A" * 300, "👨\u200d👩\u200d👧\u200d👦" * 60])
def test_a_word_that_fills_a_title_is_cut(word):
    for event in extract(Article(f"He had {word} on Monday.", "2021-07-16"), nlp="light"):
        assert 50 < len(event.title) <= 90
        assert event.title[-2] != "\u200d"
