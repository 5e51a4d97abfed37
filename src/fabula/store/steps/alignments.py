"""Step 0003: tellings side by side.

An alignment holds records of records of records, and will hold more: it is one cell of JSON, which SQLite reads too.
The view `aligned` has no ORDER BY, as it comes in order, and with one, counting its rows would cut out all words.
"""

SQL = """
CREATE TABLE alignments ( -- Two tellings, or parts of them, side by side; one row a pair.
    position INTEGER PRIMARY KEY, -- 0, 1, 2 … in order.
    version INTEGER NOT NULL, -- Of the way of writing; raised when programs that know the last one would misread it.
    record TEXT NOT NULL -- JSON: the fields of Alignment by name, spans as [start, end], tellings from 0.
);
CREATE VIEW aligned AS -- Every link of every alignment, with its words.
SELECT
    p.position AS alignment, -- alignments.position.
    l.key AS link, -- 0, 1, 2 … in the order of the first telling.
    json_extract(p.record, '$.a.name') AS a, -- Name of the first side.
    json_extract(p.record, '$.b.name') AS b, -- Name of the second side.
    json_extract(l.value, '$.relation') AS relation, -- same, punctuation, wording, event.
    coalesce(json_extract(l.value, '$.moved'), 0) AS moved, -- 1 where it stands elsewhere in the second side.
    coalesce(json_extract(l.value, '$.confidence'), 1.0) AS confidence, -- 0 to 1 that the lines belong together.
    (SELECT group_concat(
            substr(
                x.text,
                json_extract(s.value, '$[0]') + 1,
                json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')
            ), ' ')
        FROM json_each(l.value, '$.a') s JOIN texts x ON x.telling = json_extract(p.record, '$.a.telling') + 1)
        AS a_words, -- The lines of the first side, with a space between.
    (SELECT group_concat(
            substr(
                x.text,
                json_extract(s.value, '$[0]') + 1,
                json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')
            ), ' ')
        FROM json_each(l.value, '$.b') s JOIN texts x ON x.telling = json_extract(p.record, '$.b.telling') + 1)
        AS b_words -- The lines of the second side, with a space between.
FROM alignments p, json_each(p.record, '$.links') l;
"""
