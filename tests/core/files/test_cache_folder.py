from hitpoint.core.files.cache_folder import ENVIRONMENT_VARIABLE, user_cache_folder


def test_the_folder_can_be_named_in_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    assert user_cache_folder() == tmp_path


def test_else_it_is_where_the_system_keeps_caches(monkeypatch):
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    assert user_cache_folder().name == "hitpoint"
