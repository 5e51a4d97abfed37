"""Step 0002: what the reader network says of words, and the layers that follow from it.

`tokens` and `mentions` are made anew rather than altered: SQLite puts an added column before the comment of the last
one, which would then stand beside the wrong column. They are not renamed either, since that fails in a file to which
somebody has added a view that no longer works. The view `words` has no ORDER BY: it comes in order as it is, and with
one, counting its rows would cut every word out of the text.
"""

SQL = """
CREATE TABLE tokens_of_0001 AS SELECT telling, position, start, "end" FROM tokens;
DROP TABLE tokens;
CREATE TABLE tokens ( -- Layer: words, numbers and marks.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    lemma TEXT NOT NULL, -- Dictionary form; empty, as the next four, in a language that is not read.
    upos TEXT NOT NULL, -- Part of speech in Universal Dependencies: NOUN, VERB …
    xpos TEXT NOT NULL, -- Part of speech in the Penn Treebank: NNS, VBD …
    feats TEXT NOT NULL, -- Morphology in Universal Dependencies: Number=Plur, Tense=Past … Empty where there is none.
    relation TEXT NOT NULL, -- To the head, in Universal Dependencies: nsubj, root …
    head INTEGER NOT NULL, -- tokens.position of the word it depends on; its own for a root, -1 where unknown.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
INSERT INTO tokens SELECT telling, position, start, "end", '', '', '', '', '', -1 FROM tokens_of_0001;
DROP TABLE tokens_of_0001;
CREATE TABLE mentions_of_0001 AS
    SELECT telling, position, start, "end", form, character, type, confidence FROM mentions;
DROP TABLE mentions;
CREATE TABLE mentions ( -- Layer: places where the text points at somebody or something.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    form TEXT NOT NULL, -- name, nominal, pronoun.
    character TEXT, -- characters.id; NULL where unknown or nobody.
    type TEXT NOT NULL, -- PER, FAC, LOC, GPE, VEH, ORG.
    confidence REAL, -- 0 to 1; NULL for hand-written rules.
    cluster INTEGER, -- Mentions of one number mean the same, from 0; NULL where coreference was not resolved.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
INSERT INTO mentions SELECT telling, position, start, "end", form, character, type, confidence, NULL
    FROM mentions_of_0001;
DROP TABLE mentions_of_0001;
CREATE TABLE entities ( -- Layer: places where the text names or describes an entity, pronouns aside; they nest.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point.
    "end" INTEGER NOT NULL, -- Code point after the last one.
    type TEXT NOT NULL, -- PER, FAC, LOC, GPE, VEH, ORG.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE events ( -- Layer: words that tell that something happens; not what is only planned, denied or general.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    start INTEGER NOT NULL, -- First code point of the word.
    "end" INTEGER NOT NULL, -- Code point after its last one.
    lemma TEXT NOT NULL, -- Its dictionary form.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE TABLE roles ( -- Layer: what characters do, undergo, own and are, one word a row.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … in order.
    character TEXT NOT NULL, -- characters.id.
    kind TEXT NOT NULL, -- agent (does it), patient (undergoes it), possessive (owns it), modifier (is it).
    start INTEGER NOT NULL, -- First code point of the verb, noun or adjective.
    "end" INTEGER NOT NULL, -- Code point after its last one.
    lemma TEXT NOT NULL, -- Its dictionary form.
    mention_start INTEGER NOT NULL, -- Of the words that point at the character there.
    mention_end INTEGER NOT NULL, -- After those words.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
CREATE VIEW words AS -- Every token as it stands in the text; search by lemma or tags, as by word it is slow.
SELECT
    t.name AS telling, -- Name of the telling.
    w.position AS token, -- tokens.position.
    substr(x.text, w.start + 1, w."end" - w.start) AS word, -- As it stands in the text.
    w.lemma AS lemma, -- As in tokens.
    w.upos AS upos, -- As in tokens.
    w.xpos AS xpos, -- As in tokens.
    w.feats AS feats, -- As in tokens.
    w.relation AS relation, -- As in tokens.
    (SELECT substr(x.text, h.start + 1, h."end" - h.start) FROM tokens h
        WHERE h.telling = w.telling AND h.position = w.head AND h.position <> w.position)
        AS head -- The word it depends on; NULL for a root, and where unknown.
FROM tokens w JOIN tellings t ON t.telling = w.telling JOIN texts x ON x.telling = w.telling;
"""
