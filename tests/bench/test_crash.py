"""Workers and web processes killed at random in the middle of batches: nothing is lost, nothing happens twice.

`python -m bench.crash --kills 200` does the same at length.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 6  # on each database
PROMISES = 8


@pytest.mark.kill
def test_kills_during_batches_break_no_promise(database_url):
    command = [sys.executable, "-m", "bench.crash", "--url", database_url]
    asked = ["--kills", str(KILLS), "--dossiers", "3", "--entries", "3"]
    done = subprocess.run([*command, *asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout.count(" held\n") == PROMISES, done.stdout
