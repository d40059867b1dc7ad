"""The pictures written as SVG, by templates; they carry attributes and classes, no style, so a strict policy lets them in."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from engine.language import Scheme
from renderers.pages import environment
from renderers.pictures.form import form_map
from renderers.pictures.workflow import draw_workflow, steps


def workflow_svg(scheme: Scheme, language: str, counts: Mapping[str, int] | None = None) -> Markup:
    """The workflow of a scheme, with the dossiers in each state when they are given."""
    template = environment(language).get_template("pictures/workflow.html")
    drawing, told = draw_workflow(scheme, language, counts), steps(scheme, language, counts)
    return Markup(template.render(drawing=drawing, steps=told, title=scheme.title))  # autoescaped


def form_svg(scheme: Scheme, language: str) -> Markup:
    """The pages of a form, their fields, and which answer decides what is asked."""
    template = environment(language).get_template("pictures/form.html")
    return Markup(template.render(map=form_map(scheme, language), title=scheme.title))  # autoescaped
