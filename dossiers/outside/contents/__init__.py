"""What people send, looked at by its bytes and made safe to keep: pictures written anew, archives and mixtures refused.

The name a file bears and the type a browser says it has count for nothing here.
"""

from __future__ import annotations

from dossiers.outside.contents.content import Content
from dossiers.outside.contents.looking import look

__all__ = ["Content", "look"]
