"""A pytest plugin that says at once what failed, and writes down what was skipped for the last lines of a run.

The automatic check has a time limit: what failed must be told before it, not in a summary that may never come.
"""

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


class Failures:
    """Says each failure in one line where it happens."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and (terminal := self._config.pluginmanager.get_plugin("terminalreporter")):
            crash = getattr(report.longrepr, "reprcrash", None)
            why = crash.message.splitlines()[0][:200] if crash and crash.message else ""
            terminal.write_line(f"\nfailed ({report.when}): {report.nodeid}: {why}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Failures(config))
    if (file := config.getoption("--report-skips-to")) and not hasattr(config, "workerinput"):  # workers report to us
        config.pluginmanager.register(Skips(Path(file)))
