"""The ground: every language that dateparser has tables for reads dates, weekdays and relative words, and nothing else."""

from __future__ import annotations

import datetime
import time

import pytest

from chronicle import find_times, languages
from chronicle.languages import ground
from chronicle.resolve import find
from chronicle.resolve.passage import Passage, reader
from chronicle.tagger.language import load, on_the_ground

PUBLISHED = "2021-07-16"
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WRITTEN = {"DMY": "16 {} 2021", "MDY": "{} 16, 2021", "YMD": "2021 {} 16"}
RELATIVE = {
    "1 day ago": "2021-07-15",
    "in 1 day": "2021-07-17",
    "1 week ago": "2021-W27",
    "1 year ago": "2020",
    "in 1 year": "2022",
}


def on_ground(text, code):
    passage = Passage.read(text, reader(on_the_ground(code)), PUBLISHED)
    return [(m.text, m.value) for m in find.mentions(passage)]


def names(info, key):
    """Return the names that the tables have which are no abbreviations, figures or set between quotation marks."""
    found = [n for n in info.get(key, ()) if not any(c.isdigit() or c in "'’()‘." for c in n)]
    return [max(found, key=len)] if found else []


@pytest.mark.parametrize("code", sorted(ground.codes()))
def test_dates_weekdays_and_relative_words(code):
    info = ground.info(code)
    right = asked = 0
    for number, key in enumerate(MONTHS, 1):
        for name in names(info, key):
            asked += 1
            right += [v for _, v in on_ground(WRITTEN[info.get("date_order") or "DMY"].format(name), code)] == [
                f"2021-{number:02d}-16"
            ]
    for number, key in enumerate(WEEKDAYS, 1):
        for name in names(info, key):
            found = on_ground(name, code)
            asked += 1
            right += (
                len(found) == 1
                and len(found[0][1]) == 10
                and datetime.date.fromisoformat(found[0][1]).isoweekday() == number
            )
    for key, value in RELATIVE.items():
        for phrase in names(info.get("relative-type", {}), key):
            asked += 1
            right += [v for _, v in on_ground(phrase, code)] == [value]
    # left out are names that may mean two times, words of one or two letters, and names with commas (Yangben)
    assert asked - right <= {"ee": 4, "yav": 6}.get(code, 2), f"{right} of {asked}"


def test_there_are_enough_languages():
    assert len(ground.codes()) >= 195


@pytest.mark.parametrize("code", sorted(ground.codes()))
def test_numbers_alone_are_nothing(code):
    assert on_ground("12, 1998, 7.5; 100 3 (16) 2021", code) == []


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        (
            "sw",
            "Alifika tarehe 3 Mei 2021, na jana akaondoka; wiki iliyopita, siku 3 zilizopita.",
            ["2021-05-03", "2021-07-15", "2021-W27", "2021-07-13"],
        ),
        ("ja", "2021年6月1日に始まり、昨日終わった。3日前、来年。", ["2021-06-01", "2021-07-15", "2021-07-13", "2022"]),
        ("ko", "회의는 2021년 6월 1일에 열렸고 어제 끝났다.", ["2021-06-01", "2021-07-15"]),
        ("th", "ประชุมวันที่ 1 มิถุนายน 2021 และเมื่อวาน", ["2021-06-01", "2021-07-15"]),
        ("hi", "बैठक 1 जून 2021 को हुई, 3 दिन पहले।", ["2021-06-01", "2021-07-13"]),
        ("hu", "2021. június 1-jén kezdődött, tegnap ért véget.", ["2021-06-01", "2021-07-15"]),
        ("ru", "Началось 1 июня 2021 года, в прошлом году, 2 дня назад.", ["2021-06-01", "2020", "2021-07-14"]),
        ("vi", "Ngày 1 tháng 6 năm 2021; hôm qua.", ["2021-06-01", "2021-07-15"]),
        ("fa", "در 1 ژوئن 2021 و دیروز", ["2021-06-01", "2021-07-15"]),
        ("ar", "في 1 يونيو 2021، أمس", ["2021-06-01", "2021-07-15"]),
        ("nl", "Van 3 - 5 mei 2021, en om 1 juni 2021 14:30.", ["2021-05-03", "2021-05-05", "2021-06-01T14:30"]),
        ("cs", "Stalo se to 3. května 2021, v pondělí a včera.", ["2021-05-03", "2021-07-12", "2021-07-15"]),
    ],
)
def test_sentences(code, text, values):
    assert [v for _, v in on_ground(text, code)] == values


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("it", "Il sole e il mar della costa, gli ago e il filo: dom di pietra, set e match."),
        ("pt", "O mar está calmo e ele foi set vezes; a sex é outra."),
        ("nl", "De man is zo groot, ma en pa zijn weg; vr en wo zijn letters."),
        ("fi", "Tammi kasvaa pihalla, ma ja ti ovat lyhenteitä, elo on ihanaa."),
        ("tr", "Çar ve paz kısa sözlerdir; oca bir soyadıdır."),
    ],
)
def test_abbreviations_alone_are_nothing(code, text):
    assert on_ground(text, code) == []


def test_the_order_of_a_country():
    assert on_ground("3/4/2021", "pt") == [("3/4/2021", "2021-04-03")]
    assert on_ground("3/4/2021", "en") == [("3/4/2021", "2021-03-04")]
    assert on_ground("3/4/2021", "en-GB") == [("3/4/2021", "2021-04-03")]


def test_a_word_of_two_times_is_none():
    # "kal" is yesterday and tomorrow
    assert on_ground("कल", "hi") == []


def test_find_times_reads_any_language_that_there_is():
    assert [m.value for m in find_times("jana", PUBLISHED, language="sw")] == ["2021-07-15"]
    assert [m.value for m in find_times("jana", PUBLISHED, language="sw-KE")] == ["2021-07-15"]
    assert load("sw") is load("sw")


def test_a_folder_goes_before_the_ground():
    assert load("en-GB").code == "en"
    assert "en" in languages.codes()


def test_an_unknown_language_is_named():
    with pytest.raises(LookupError, match=r"'tlh'; it knows .*en.*chronicle languages"):
        find_times("x", language="tlh")


def test_nothing_is_imported_of_dateparser():
    import subprocess
    import sys

    code = "import sys, chronicle; chronicle.find_times('jana', '2021-07-16', language='sw'); print('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_one_pass_over_a_text_without_spaces_is_linear():
    def seconds(size):
        text = "他们去年在北京召开了会议并且讨论了很多重要的问题" * size
        begun = time.process_time()
        on_ground(text, "zh")
        return time.process_time() - begun

    seconds(50)
    small, large = min(seconds(400) for _ in range(3)), min(seconds(3200) for _ in range(3))
    assert large < small * 8 * 3
