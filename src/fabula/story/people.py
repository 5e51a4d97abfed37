"""Records of people: where the text points at them, and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from fabula.spans import Span

MentionForm = Literal["name", "nominal", "pronoun"]
EntityType = Literal["PER", "FAC", "LOC", "GPE", "VEH", "ORG"]
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
MENTION_FORMS: tuple[MentionForm, ...] = get_args(MentionForm)
Gender = Literal["female", "male", "plural", "neutral", "unknown"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text points at somebody or something.

    Attributes:
        span: the words that point; mentions may nest.
        form: `name` (Anne, Miss Bennet), `nominal` (the old man, her mother), `pronoun` (she, I).
        character: id of the character meant; None where it is not known or no character is meant.
        type: entity type in the sense of ACE and LitBank.
        confidence: 0 to 1, calibrated; None for hand-written rules.
        cluster: number of the entity meant, from 0 in the order of first mentions; mentions of one number are
            coreferent. None where coreference has not been resolved.
    """

    span: Span
    form: MentionForm
    character: str | None = None
    type: EntityType = "PER"
    confidence: float | None = None
    cluster: int | None = None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A place where the text names or describes an entity, pronouns and coreference aside.

    The unit of LitBank's entity layer (Bamman, Popat and Shen 2019); they nest.

    Attributes:
        span: the words.
        type: of the entity.
    """

    span: Span
    type: EntityType


@dataclass(frozen=True, slots=True)
class Character:
    """A person of the story, or an animal, thing or group that acts as one.

    Attributes:
        id: stable in its telling, made from the name (`anne-shirley`).
        name: the fullest name the text gives; an epithet ("the brute") where it gives none.
        aliases: all names it goes by, the main one first, each once, as written.
        gender: from titles, names, and pronouns nearby; `plural` for groups.
        mentions: how many mentions point here.
        narrator: True for the first person of the narration.
        named: False where `name` is only a description.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    gender: Gender = "unknown"
    mentions: int = 0
    narrator: bool = False
    named: bool = True
