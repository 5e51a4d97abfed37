"""The cast: every record type, and which layer holds which. Imports nothing that could be a model."""

from collections.abc import Mapping

from fabula.story.cast import CastRow, cast, words_in
from fabula.story.corrections import Correction, CorrectionKind
from fabula.story.language import Markables, Spoken, Tokens
from fabula.story.links import (
    Alignment,
    ChangeKind,
    Difference,
    Link,
    Relation,
    Row,
    Side,
    Subject,
    Verdict,
    WordChange,
    rows,
)
from fabula.story.people import (
    ENTITY_TYPES,
    MENTION_FORMS,
    Character,
    EntityMention,
    EntityType,
    Gender,
    Mention,
    MentionForm,
)
from fabula.story.plot import EventKind, Grounds, Knowledge, Known, Person, Plot, StoryEvent, Witness
from fabula.story.script import ScriptLine, joined, script, verify
from fabula.story.speech import Channel, Evidence, Utterance, UtteranceKind, Voice
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
from fabula.story.world import Event, Role, RoleKind

LAYERS: Mapping[str, type] = {
    "corrections": Correction,
    "paragraphs": Paragraph,
    "matter": Matter,
    "chapters": Chapter,
    "scenes": Scene,
    "quotes": Quote,
    "tokens": Tokens,
    "sentences": Sentence,
    "entities": EntityMention,
    "events": Event,
    "characters": Character,
    "voices": Voice,
    "utterances": Utterance,
    "mentions": Mention,
    "roles": Role,
}
"""Name of each layer to the type of its records, in the order in which the stages write them."""

__all__ = [
    "ENTITY_TYPES",
    "LAYERS",
    "MENTION_FORMS",
    "Alignment",
    "Anchor",
    "CastRow",
    "ChangeKind",
    "Channel",
    "Chapter",
    "Character",
    "Correction",
    "CorrectionKind",
    "Difference",
    "EntityMention",
    "EntityType",
    "Event",
    "EventKind",
    "Evidence",
    "Gender",
    "Grounds",
    "Knowledge",
    "Known",
    "Layer",
    "Link",
    "Mark",
    "MarkKind",
    "Markables",
    "Matter",
    "Mention",
    "MentionForm",
    "Metadata",
    "Paragraph",
    "Person",
    "Place",
    "Plot",
    "Provenance",
    "Quote",
    "Relation",
    "Role",
    "RoleKind",
    "Row",
    "Scene",
    "ScriptLine",
    "Sentence",
    "Side",
    "SourceMap",
    "Spoken",
    "Story",
    "StoryEvent",
    "Subject",
    "Telling",
    "Tokens",
    "Utterance",
    "UtteranceKind",
    "Verdict",
    "Voice",
    "Witness",
    "WordChange",
    "cast",
    "joined",
    "rows",
    "script",
    "verify",
    "words_in",
]
