"""What all tests share: lines a test records under `summary` stand in the summary of the run, parallel or not."""

import pytest
from hypothesis import settings

# A machine with other work to do is no fault of ours: what is fast is measured in bench/.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    lines = [
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "summary"
    ]
    if lines:
        terminalreporter.section("told by the tests")
    for line in lines:
        terminalreporter.write_line(str(line))
