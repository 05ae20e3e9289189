"""Rubrics: what a PEP is looked at for, what it is worth, and the rule book that says so."""

from vsdocs.rubric.model import Rubric, check, ids, load
from vsdocs.rubric.rulebook import book, book_object
from vsdocs.rubric.score import part_of_a_pep, score, score_area

__all__ = ["Rubric", "book", "book_object", "check", "ids", "load", "part_of_a_pep", "score", "score_area"]
