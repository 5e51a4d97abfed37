"""Step 0004: who may speak each quotation, as the network has it."""

SQL = """
CREATE TABLE voices ( -- Layer: what the network says of who speaks, one likely person of a quotation a row.
    telling INTEGER NOT NULL REFERENCES tellings, -- Whose text.
    position INTEGER NOT NULL, -- 0, 1, 2 … by quotation, the likeliest first.
    start INTEGER NOT NULL, -- First code point of the quotation, mark included.
    "end" INTEGER NOT NULL, -- Code point after its last one, mark included.
    mention_start INTEGER NOT NULL, -- Of the words that name or describe the person.
    mention_end INTEGER NOT NULL, -- After those words.
    chance REAL NOT NULL, -- 0 to 1 among all who are mentioned near.
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;
"""
