"""The `loyalapp plugin` command on the data of a test."""

import pytest
from click.testing import CliRunner

from loyalapp.cli import main
from loyalapp.core.logs import close_log


@pytest.fixture
def run(data_dir, monkeypatch):
    monkeypatch.setenv("LOYALAPP_DATA_DIR", str(data_dir))

    def command(*words, answer=None):
        try:
            return CliRunner().invoke(main, ["plugin", *map(str, words)], input=answer, catch_exceptions=False)
        finally:
            close_log()

    return command
