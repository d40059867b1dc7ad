"""Makes engine/places/communes.csv.gz and departments.csv from the npm package @etalab/decoupage-administratif, unpacked:

npm pack @etalab/decoupage-administratif && tar xzf etalab-*.tgz && python -m bench.communes package/data
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

PLACES = Path(__file__).parents[1] / "engine/places"
NOBODY_LIVES_THERE = {"984", "989"}  # the southern lands, Clipperton


def rows(communes: list[dict[str, object]]) -> Iterator[tuple[object, ...]]:
    """Present communes (code, name, post codes), then the former ones under the code of the one they are part of."""
    present = {one["code"]: one["nom"] for one in communes if one["type"] == "commune-actuelle"}
    for one in communes:
        if one["type"] == "commune-actuelle" and one["departement"] not in NOBODY_LIVES_THERE:
            yield one["code"], one["nom"], " ".join(one.get("codesPostaux", ()))  # type: ignore[arg-type]
    for one in communes:
        if "chefLieu" in one and one["nom"] != present.get(one["chefLieu"]):
            yield one["chefLieu"], one["nom"]


def main(folder: Path) -> None:
    """Write both files; the same package gives the same bytes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows(json.loads((folder / "communes.json").read_text())))
    packed = gzip.compress(text.getvalue().encode(), 9, mtime=0)
    (PLACES / "communes.csv.gz").write_bytes(packed)
    departments = json.loads((folder / "departements.json").read_text())
    with (PLACES / "departments.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for one in departments:
            if one["code"] not in NOBODY_LIVES_THERE:
                writer.writerow((one["code"], one["nom"], one["region"]))
    print(f"communes.csv.gz: {len(packed)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
