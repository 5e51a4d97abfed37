"""The cast: every record type, and which layer holds which. Imports nothing that could be a model."""

from collections.abc import Mapping

from fabula.story.cast import CastRow, cast, words_in
from fabula.story.corrections import Correction, CorrectionKind
from fabula.story.language import Tokens
from fabula.story.people import Character, EntityType, Gender, Mention, MentionForm
from fabula.story.script import ScriptLine, joined, script, verify
from fabula.story.speech import Channel, Evidence, Utterance, UtteranceKind
from fabula.story.story import Story
from fabula.story.telling import (
    Anchor,
    Layer,
    Mark,
    MarkKind,
    Metadata,
    Place,
    Provenance,
    SourceMap,
    Telling,
)
from fabula.story.text import Chapter, Matter, Paragraph, Quote, Scene, Sentence

LAYERS: Mapping[str, type] = {
    "corrections": Correction,
    "paragraphs": Paragraph,
    "matter": Matter,
    "chapters": Chapter,
    "scenes": Scene,
    "quotes": Quote,
    "tokens": Tokens,
    "sentences": Sentence,
    "mentions": Mention,
    "characters": Character,
    "utterances": Utterance,
}
"""Name of each layer to the type of its records, in the order in which the stages write them."""

__all__ = [
    "LAYERS",
    "Anchor",
    "CastRow",
    "Channel",
    "Chapter",
    "Character",
    "Correction",
    "CorrectionKind",
    "EntityType",
    "Evidence",
    "Gender",
    "Layer",
    "Mark",
    "MarkKind",
    "Matter",
    "Mention",
    "MentionForm",
    "Metadata",
    "Paragraph",
    "Place",
    "Provenance",
    "Quote",
    "Scene",
    "ScriptLine",
    "Sentence",
    "SourceMap",
    "Story",
    "Telling",
    "Tokens",
    "Utterance",
    "UtteranceKind",
    "cast",
    "joined",
    "script",
    "verify",
    "words_in",
]
