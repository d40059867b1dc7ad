"""The studio: where administrators write a scheme, see what it does, try it, publish it."""

from admin.studio import answering, beginning, panes, preview, publishing, writing

__all__ = ["answering", "beginning", "panes", "preview", "publishing", "writing"]
