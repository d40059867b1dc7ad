"""A site runs without any setting; a wrong one is told in one sentence."""

from datetime import timedelta

import pytest

from dossiers import settings
from dossiers.settings import Settings, SettingsError


def load(tmp_path, text="", **environment):
    (tmp_path / "guichet.ini").write_text(text, encoding="utf-8")
    return Settings.load(tmp_path, {f"GUICHET_{key.upper()}": value for key, value in environment.items()})


def test_site_without_settings_is_whole(tmp_path):
    found = Settings.load(tmp_path / "new", {})
    assert found.database_url == f"sqlite:///{tmp_path}/new/guichet.db"
    assert (found.keys, found.files, found.outbox) == tuple(
        tmp_path / "new" / n for n in ("keys.json", "files", "outbox")
    )
    assert found.smtp_url is None
    assert not found.demo
    assert found.organisation.zone.key == "Europe/Paris"


def test_file_says_how_the_site_runs(tmp_path):
    text = (
        "[site]\nbase_url = https://aides.example/\nsmtp_url =\nmax_request_bytes = 1000\nstaff_idle = 30 minutes\n"
        "link_lifetime = 2 days\nclock_offset = -1 day\ndemo = yes\nfiles = documents\n"
        "[organisation]\nname = Office 100 % (fictif)\nzone = America/Cayenne\nlanguages = fr, en\n"
        "[colours]\nmain = #003366\n"
    )
    found = load(tmp_path, text)
    assert found.base_url == "https://aides.example"
    assert found.smtp_url is None
    assert (found.max_request_bytes, found.demo, found.files) == (1000, True, tmp_path / "documents")
    assert found.staff_idle == timedelta(minutes=30)
    assert found.link_lifetime == timedelta(days=2)
    assert found.clock_offset == timedelta(days=-1)
    assert found.organisation.name == "Office 100 % (fictif)"
    assert found.organisation.languages == ("fr", "en")
    assert found.organisation.colours == {"main": "#003366"}


def test_environment_wins_over_the_file(tmp_path):
    found = load(
        tmp_path, "[site]\nbase_url = https://a.example\n", base_url="https://b.example", web_threads="3"
    )
    assert (found.base_url, found.web_threads) == ("https://b.example", 3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[site]\nbase_ulr = x\n", "guichet.ini: 'base_ulr' in [site] is unknown; did you mean 'base_url'?"),
        ("[sites]\n", "guichet.ini: section [sites] is unknown; did you mean 'site'?"),
        ("[site]\ndemo = maybe\n", "demo: 'maybe' can't be used; write yes or no."),
        ("[site]\nweb_threads = many\n", "web_threads: 'many' can't be used; write a whole number."),
        (
            "[site]\nstaff_idle = 3 moons\n",
            "staff_idle: '3 moons' can't be used; write a duration such as 90 minutes, 12 hours or 7 days.",
        ),
        (
            "[organisation]\nzone = Mars/Base\n",
            "zone: 'Mars/Base' is no time zone; write for example Europe/Paris.",
        ),
        ("nonsense", "guichet.ini can't be read"),
    ],
)
def test_wrong_setting_is_told_in_a_sentence(tmp_path, text, sentence):
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, text)
    assert sentence in str(raised.value)


def test_settings_written_are_read_again(tmp_path):
    offset = timedelta(days=-2000, hours=3, microseconds=7)
    given = {"base_url": "https://a.example", "demo": True, "clock_offset": offset}
    settings.write(
        tmp_path / "new", {"site": given, "organisation": {"name": "Office", "languages": ("fr",)}}
    )
    found = Settings.load(tmp_path / "new", {})
    assert (found.base_url, found.demo, found.clock_offset) == ("https://a.example", True, offset)
    assert found.organisation.languages == ("fr",)


def test_settings_are_never_overwritten(tmp_path):
    settings.write(tmp_path, {"site": {"demo": True}})
    with pytest.raises(FileExistsError):
        settings.write(tmp_path, {"site": {"demo": False}})
    assert Settings.load(tmp_path, {}).demo
