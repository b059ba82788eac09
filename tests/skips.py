"""A pytest plugin that writes down what was skipped and why, for the last lines of `python3 -m tests`."""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--report-skips-to", metavar="FILE", help="write one line for each skipped test into FILE")


class Skips:
    """Collects the reports of one run."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._write(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._write(report.nodeid, report.longrepr)

    def _write(self, where: str, why: object) -> None:
        reason = why[2] if isinstance(why, tuple) else why
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(f"{where}: {reason}\n".replace("Skipped: ", ""))


def pytest_configure(config: pytest.Config) -> None:
    if (file := config.getoption("--report-skips-to")) and not hasattr(config, "workerinput"):  # workers report to us
        config.pluginmanager.register(Skips(Path(file)))
