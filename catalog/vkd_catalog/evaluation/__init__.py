"""Evaluation: from a demand to its answer (1972 p.16-17, docs/language.md section 6)."""

from vkd_catalog.evaluation.answer import Answer, NearMiss, ProductFacts, Relaxation, Why
from vkd_catalog.evaluation.evaluate import DEFAULT_MAX_SETS, evaluate, invalid
from vkd_catalog.evaluation.found import GRADES, Cover, Grade, Linkage, Match, Verdict

__all__ = [
    "DEFAULT_MAX_SETS",
    "GRADES",
    "Answer",
    "Cover",
    "Grade",
    "Linkage",
    "Match",
    "NearMiss",
    "ProductFacts",
    "Relaxation",
    "Verdict",
    "Why",
    "evaluate",
    "invalid",
]
