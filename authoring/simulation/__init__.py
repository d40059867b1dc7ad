"""A changed scheme replayed on the dossiers that came in: who would flip, by which rule, and what it costs.

Nothing is written and nothing is asked of the world: answers, facts and dates are those kept with each dossier. Dossiers
are taken as they come, in the order of their deposit, some hundreds at a time.
"""

from authoring.simulation.dimensions import Dimension, UnknownDimension, dimension
from authoring.simulation.judging import Judge
from authoring.simulation.outcomes import Outcome
from authoring.simulation.replaying import CHUNK, KINDS, Kind, Received, Replayed, replay
from authoring.simulation.totals import Figures, RuleFlips, Simulation, Tally

__all__ = [
    "CHUNK",
    "KINDS",
    "Dimension",
    "Figures",
    "Judge",
    "Kind",
    "Outcome",
    "Received",
    "Replayed",
    "RuleFlips",
    "Simulation",
    "Tally",
    "UnknownDimension",
    "dimension",
    "replay",
]
