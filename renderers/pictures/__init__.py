"""Pictures of a scheme as SVG: its workflow, and the map of its form. Each has a title, a description and a text beside."""

from renderers.pictures.form import form_map
from renderers.pictures.mermaid import form_mermaid
from renderers.pictures.svg import form_svg, workflow_svg
from renderers.pictures.workflow import Drawing, draw_workflow, steps

__all__ = ["Drawing", "draw_workflow", "form_map", "form_mermaid", "form_svg", "steps", "workflow_svg"]
