"""Python and browser: at least 100 000 random expressions, and those of the public kit, evaluated on both sides.

python -m bench.feel_browser                  # 100 000 expressions, in Chromium
python -m bench.feel_browser --count 20000 --seed 7 --node
GUICHET_FEEL_KIT=…/feel-literal.json python -m bench.feel_browser     # the kit too
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.feel_compared import Compared, Evaluator, compare, in_chromium, in_node, kit_cases, random_cases

KIT = "GUICHET_FEEL_KIT"


@contextmanager
def evaluator(node: bool) -> Iterator[Evaluator]:
    """The JavaScript side: the system's Chromium, or Node."""
    if node:
        yield in_node
        return
    from playwright.sync_api import sync_playwright

    from tests.fixtures.requirements import CHROMIUM_FLAGS, chromium_path

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_FLAGS))
        yield in_chromium(browser.new_page())
        browser.close()


def told(title: str, compared: Compared, seconds: float, shown: int) -> bool:
    """Print what was found; whether nothing differed."""
    print(f"{title}: {compared}, {seconds:.0f} s")
    for difference in compared.differences[:shown]:
        print(f"\n{difference}")
    return not compared.differences


def main() -> int:
    """Compare; the exit status is 1 when anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20200512)
    parser.add_argument("--node", action="store_true", help="run in Node instead of Chromium")
    parser.add_argument("--shown", type=int, default=10, help="how many differences are printed")
    asked = parser.parse_args()
    alike = True
    with evaluator(asked.node) as evaluate:
        begun = time.monotonic()
        compared = compare(random_cases(asked.seed, asked.count), evaluate)
        alike &= told(f"random, seed {asked.seed}", compared, time.monotonic() - begun, asked.shown)
        if kit := os.environ.get(KIT):
            begun = time.monotonic()
            alike &= told(
                "kit", compare(kit_cases(Path(kit)), evaluate), time.monotonic() - begun, asked.shown
            )
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main())
