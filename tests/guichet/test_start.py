"""What a start imports: a site answers applicants before the rest of the house is read."""

import subprocess
import sys

# What no first page needs: the office's screens and what proves schemes, and libraries for what few sites or pages do.
LATER = {
    "admin", "alembic", "argon2", "authoring", "email_validator", "dossiers.effects", "dossiers.services.casework", "dossiers.services.exports",
    "dossiers.services.figures", "filetype", "lxml", "markdown_it", "obstore", "openpyxl", "phonenumbers", "psycopg", "pyarrow",
    "sqlalchemy.dialects.postgresql", "statistics",
}  # fmt: skip


def test_a_start_imports_nothing_that_only_staff_or_few_pages_use():
    program = "import sys, guichet.server, guichet.two_sides, portal, api; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=300
    ).stdout.split()
    assert "portal.home" in loaded
    assert LATER.isdisjoint(loaded)
