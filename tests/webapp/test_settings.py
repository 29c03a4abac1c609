import dataclasses

import pytest

from analysis.errors import SettingError
from webapp.settings import Settings, table, variable_of


def test_without_environment_every_setting_has_its_default_and_listens_on_loopback() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.host == "127.0.0.1"
    assert settings.embed_origins == ()


def test_each_setting_is_read_from_its_variable() -> None:
    env = {
        "IZDE_PORT": "9000",
        "IZDE_HOSTS": "search.example, localhost",
        "IZDE_EMBED_ORIGINS": "https://a.example http://b.example:8080/",
        "IZDE_BASE_URL": "https://search.example",
        "IZDE_NAME": "Archive",
    }
    settings = Settings.from_env(env)
    assert settings.port == 9000
    assert settings.hosts == ("search.example", "localhost")
    assert settings.embed_origins == ("https://a.example", "http://b.example:8080")
    assert settings.base_url == "https://search.example"
    assert settings.name == "Archive"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("IZDE_PORT", "many"),
        ("IZDE_PORT", "70000"),
        ("IZDE_WORKERS", "0"),
        ("IZDE_EMBED_ORIGINS", "partner.example"),
        ("IZDE_EMBED_ORIGINS", "https://a.example/path"),
        ("IZDE_EMBED_ORIGINS", "https://a.example;script-src"),
        ("IZDE_BASE_URL", "javascript:alert(1)"),
        ("IZDE_MAX_AGE", "-1"),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error_that_names_the_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable):
        Settings.from_env({variable: value})


def test_the_table_has_a_row_with_help_for_every_field() -> None:
    rows = table()
    assert [row[0] for row in rows] == [field.name for field in dataclasses.fields(Settings)]
    for name, variable, _, help_text in rows:
        assert variable == variable_of(name)
        assert help_text


def test_settings_cannot_be_changed_after_they_were_read() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
    assert Settings().replaced(port=1).port == 1
