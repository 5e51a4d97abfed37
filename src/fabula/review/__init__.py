"""Review: the doubtful lines, the weightiest first, and what becomes of the author's answers."""

from fabula.review.candidates import candidates, known_as, people_called
from fabula.review.desk import Desk
from fabula.review.keeping import Keeping, keepings
from fabula.review.questions import DOUBTFUL, Question, questions

__all__ = [
    "DOUBTFUL",
    "Desk",
    "Keeping",
    "Question",
    "candidates",
    "keepings",
    "known_as",
    "people_called",
    "questions",
]
