"""Step 0001: the tables of a story that was read by rules."""

SQL = """
CREATE TABLE migrations ( -- The steps that made these tables, in order.
    position INTEGER PRIMARY KEY, -- 1 for the first step.
    name TEXT NOT NULL UNIQUE -- The step's name in fabula.store.migrations.
);
CREATE TABLE tellings ( -- One row a telling: a text as told, and what its file says about itself.
    telling INTEGER PRIMARY KEY, -- 1 for the first; every other table refers to it.
    name TEXT NOT NULL, -- Short name, unique in this file.
    title TEXT NOT NULL, -- As stated; empty where the file states none.
    author TEXT NOT NULL, -- As stated; empty where the file states none.
    language TEXT NOT NULL, -- BCP 47 tag as stated; empty where unknown.
    format TEXT NOT NULL, -- Name of the reader: plain, epub, docx …
    encoding TEXT NOT NULL -- Of the source's bytes; empty where the format fixes it.
);
CREATE TABLE texts ( -- Every word of each telling, once.
    telling INTEGER PRIMARY KEY REFERENCES tellings, -- Whose text.
    text TEXT NOT NULL -- Offsets count its code points from 0: substr(text, start + 1, "end" - start) is a stretch.
);
CREATE TABLE metadata ( -- Further statements of the file about itself.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose statement.
    position INTEGER NOT NULL, -- 0, 1, 2 … in the file's own order.
    key TEXT NOT NULL, -- What is stated: series, summary, fandom …
    value TEXT NOT NULL, -- As stated.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE marks ( -- What the format said of stretches of the text.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … by start, wider first.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    kind TEXT NOT NULL, -- heading, paragraph, italic, break, note …
    value TEXT NOT NULL, -- Detail, such as a heading's level; empty where there is none.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE anchors ( -- Places where text and source file meet; what follows one counts on from it.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … by offset.
    "offset" INTEGER NOT NULL, -- Code point of the text.
    file TEXT NOT NULL, -- Source file, or member of an archive.
    line INTEGER, -- Line of the source, from 1; NULL where it has no lines to speak of.
    "column" INTEGER, -- Column in code points, from 1; NULL with line.
    paragraph INTEGER, -- Paragraph of the source, from 1; NULL where lines are given.
    character INTEGER, -- Code point of the decoded source; NULL where the source is markup.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE layers ( -- Which layers a telling has, and which stage wrote each.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose layer.
    position INTEGER NOT NULL, -- 0, 1, 2 … in the order of writing.
    name TEXT NOT NULL, -- The layer; its records are in the table of that name, which may be empty.
    stage TEXT NOT NULL, -- The stage that wrote it.
    version INTEGER NOT NULL, -- Of the stage; raised when its results change.
    weights TEXT NOT NULL, -- Checksum of the weights used; empty for rules.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE corrections ( -- Layer: the author's word, matched against this text.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in the order of the corrections file.
    kind TEXT NOT NULL, -- speaker, same, not_a_person, split, rename, not_speech.
    start INTEGER, -- Of the quoted words; NULL where not found, and for the kinds about people.
    "end" INTEGER, -- After the quoted words; NULL with start.
    name TEXT NOT NULL, -- The speaker, or the new name; empty for other kinds.
    quoted TEXT NOT NULL, -- The words as quoted; empty for the kinds about people.
    "where" TEXT NOT NULL, -- File and place of the entry.
    matched INTEGER NOT NULL, -- 1 where it applies to this text, else 0.
    problem TEXT NOT NULL, -- Why it does not apply, or which part of it; empty where all is well.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE correction_names ( -- The names that a correction is about.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    correction INTEGER NOT NULL, -- corrections.position.
    position INTEGER NOT NULL, -- 0, 1, 2 … as written.
    value TEXT NOT NULL, -- A name.
    PRIMARY KEY (telling, correction, position)
) WITHOUT ROWID;
CREATE TABLE paragraphs ( -- Layer: paragraphs.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    kind TEXT NOT NULL, -- prose, heading, verse, letter, break, matter.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE matter ( -- Layer: stretches of one kind of text; they tile the whole of it.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    kind TEXT NOT NULL, -- licence, front, description, note, body, back.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE chapters ( -- Layer: chapters, and the parts that hold them.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point, heading included.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    title TEXT NOT NULL, -- The heading's words; empty before the first heading.
    heading_start INTEGER, -- Of the heading; NULL where there is none.
    heading_end INTEGER, -- After the heading; NULL with heading_start.
    number INTEGER, -- As the heading counts; NULL where it has no number.
    level TEXT NOT NULL, -- part or chapter.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE scenes ( -- Layer: stretches of a chapter without a break.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point; the break or heading that opens it included.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    chapter INTEGER NOT NULL, -- 0 for the first chapter of level chapter, and so on.
    viewpoint TEXT, -- Name in a heading such as "[X Point Of View]"; NULL where none is stated.
    opening_start INTEGER, -- Of the break or heading that opens it; NULL at a chapter's start.
    opening_end INTEGER, -- After that break or heading; NULL with opening_start.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE quotes ( -- Layer: stretches between quotation marks.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … by start, wider first.
    start INTEGER NOT NULL, -- First code point, mark included.
    "end" INTEGER NOT NULL, -- Code point after the last one, mark included.
    inner_start INTEGER NOT NULL, -- First code point without the mark.
    inner_end INTEGER NOT NULL, -- Code point after the last one without the mark.
    style TEXT NOT NULL, -- Which marks: straight, curly, single, guillemet, low, corner, dash, cue.
    kind TEXT NOT NULL, -- speech, written, title, scare.
    closed INTEGER NOT NULL, -- 0 where the closing mark is missing and the end was recovered.
    opened INTEGER NOT NULL, -- 0 where the opening mark is missing and the start was recovered.
    continues INTEGER NOT NULL, -- 1 where it takes up the previous quote in a further paragraph.
    depth INTEGER NOT NULL, -- 0 for outermost, 1 for a quotation within one, and so on.
    doubt TEXT NOT NULL, -- Why the limits are uncertain; empty where they are not.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE tokens ( -- Layer: words, numbers and marks.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE sentences ( -- Layer: sentences, in and out of quotation marks.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE mentions ( -- Layer: places where the text points at somebody or something.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    form TEXT NOT NULL, -- name, nominal, pronoun.
    character TEXT, -- characters.id; NULL where unknown or nobody.
    type TEXT NOT NULL, -- PER, FAC, LOC, GPE, VEH, ORG.
    confidence REAL, -- 0 to 1; NULL for hand-written rules.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE characters ( -- Layer: the people of the story.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in the order of the layer.
    id TEXT NOT NULL, -- Stable in its telling, made from the name.
    name TEXT NOT NULL, -- The fullest name the text gives, or a description.
    gender TEXT NOT NULL, -- female, male, plural, neutral, unknown.
    mentions INTEGER NOT NULL, -- How many mentions point here.
    narrator INTEGER NOT NULL, -- 1 for the first person of the narration, else 0.
    named INTEGER NOT NULL, -- 0 where the name is only a description, else 1.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE character_aliases ( -- All names a character goes by.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    character INTEGER NOT NULL, -- characters.position.
    position INTEGER NOT NULL, -- 0 for the main name.
    value TEXT NOT NULL, -- A name, as written.
    PRIMARY KEY (telling, character, position)
) WITHOUT ROWID;
CREATE TABLE utterances ( -- Layer: what one character says, thinks, sings or writes at a time.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    speaker TEXT, -- characters.id; NULL where unknown.
    kind TEXT NOT NULL, -- speech, thought, letter, text_message, song, announcement.
    channel TEXT NOT NULL, -- face, phone, voicemail, radio, text, letter, loudspeaker, song, thought.
    evidence TEXT NOT NULL, -- What decided the speaker: tag, beat, vocative, turn … none.
    cue_start INTEGER, -- Of the words that name the speaker; NULL where there are none.
    cue_end INTEGER, -- After those words; NULL with cue_start.
    confidence REAL NOT NULL, -- 0 to 1 that the speaker is right; 0 where unknown.
    reason TEXT NOT NULL, -- Why the speaker is unknown or doubtful; empty where neither.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE utterance_pieces ( -- The stretches that an utterance is made of; narration may stand between them.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    utterance INTEGER NOT NULL, -- utterances.position.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point, mark included.
    "end" INTEGER NOT NULL, -- Code point after the last one, mark included.
    PRIMARY KEY (telling, utterance, position)
) WITHOUT ROWID;
CREATE TABLE utterance_addressees ( -- To whom an utterance is said.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    utterance INTEGER NOT NULL, -- utterances.position.
    position INTEGER NOT NULL, -- 0, 1, 2 …
    value TEXT NOT NULL, -- characters.id.
    PRIMARY KEY (telling, utterance, position)
) WITHOUT ROWID;
CREATE INDEX characters_by_id ON characters (telling, id);
CREATE VIEW lines AS -- Every utterance with its words: who says what to whom.
SELECT
    t.name AS telling, -- Name of the telling.
    u.position AS utterance, -- utterances.position.
    (SELECT c.name FROM characters c WHERE c.telling = u.telling AND c.id = u.speaker)
        AS speaker, -- Name of the speaker; NULL where unknown.
    (SELECT group_concat(c.name, ', ') FROM utterance_addressees a
        JOIN characters c ON c.telling = a.telling AND c.id = a.value
        WHERE a.telling = u.telling AND a.utterance = u.position)
        AS addressees, -- Names of the hearers; NULL where unknown.
    (SELECT group_concat(substr(x.text, p.start + 1, p."end" - p.start), ' ')
        FROM texts x JOIN utterance_pieces p ON p.telling = x.telling
        WHERE x.telling = u.telling AND p.utterance = u.position)
        AS words, -- The pieces, with a space between.
    u.kind AS kind, -- As in utterances.
    u.channel AS channel, -- As in utterances.
    u.evidence AS evidence, -- As in utterances.
    u.confidence AS confidence, -- As in utterances.
    u.reason AS reason -- As in utterances.
FROM utterances u JOIN tellings t ON t.telling = u.telling
ORDER BY u.telling, u.position;
CREATE VIEW "cast" AS -- Every character with how much they say.
SELECT
    t.name AS telling, -- Name of the telling.
    c.name AS name, -- The main name.
    (SELECT group_concat(a.value, ', ') FROM character_aliases a
        WHERE a.telling = c.telling AND a.character = c.position AND a.value <> c.name)
        AS aliases, -- The other names; NULL where there are none.
    c.gender AS gender, -- As in characters.
    c.mentions AS mentions, -- How often the text points at them.
    (SELECT count(*) FROM utterances u WHERE u.telling = c.telling AND u.speaker = c.id)
        AS lines -- How many utterances are theirs.
FROM characters c JOIN tellings t ON t.telling = c.telling
ORDER BY c.telling, lines DESC, c.mentions DESC;
"""
