"""The form on paper: blank, to be filled in with a pen, with the same questions, conditions and mentions as the pages."""

from renderers.paper_form.form import paper_form

__all__ = ["paper_form"]
