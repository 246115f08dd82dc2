-- What `onrecord extract --output quotes.db` makes. Keys stay the same as long as a document keeps its name and a
-- record its words, so that notes of your own may refer to them.

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- the path as given
    title TEXT,
    byline TEXT,
    date TEXT,                      -- as it stands in the article
    site TEXT,
    url TEXT,
    columns TEXT,                   -- a JSON object of what else the input says
    encoding TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of the bytes read
    fingerprint TEXT NOT NULL       -- of all that is stored for the document
);

CREATE TABLE speakers (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    id TEXT NOT NULL,               -- as in the other formats, one for each speaker of each document
    name TEXT,
    description TEXT,
    kind TEXT NOT NULL,
    UNIQUE (document, id)
);

-- The columns mean what they mean in CSV.
CREATE TABLE records (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    speaker INTEGER REFERENCES speakers (key),
    speaker_text TEXT,              -- the speaker as the sentence has it
    quote TEXT,
    context TEXT,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    content TEXT,
    cue TEXT,
    cue_lemma TEXT,
    stance TEXT,
    hedged INTEGER NOT NULL,        -- 0 or 1
    secondhand INTEGER NOT NULL,
    negated INTEGER NOT NULL,
    addressee TEXT,
    setting TEXT,
    via TEXT,
    anonymity_class TEXT,
    anonymity_reason TEXT,
    alterations TEXT,
    unattributed TEXT,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    parent TEXT,                    -- the id of another record of the document
    id TEXT NOT NULL,
    content_spans TEXT,
    content_byte_spans TEXT,
    quote_spans TEXT,
    speaker_start INTEGER,
    speaker_end INTEGER,
    speaker_byte_start INTEGER,
    speaker_byte_end INTEGER,
    cue_start INTEGER,
    cue_end INTEGER,
    cue_byte_start INTEGER,
    cue_byte_end INTEGER,
    addressee_start INTEGER,
    addressee_end INTEGER,
    addressee_byte_start INTEGER,
    addressee_byte_end INTEGER,
    setting_start INTEGER,
    setting_end INTEGER,
    setting_byte_start INTEGER,
    setting_byte_end INTEGER,
    via_start INTEGER,
    via_end INTEGER,
    via_byte_start INTEGER,
    via_byte_end INTEGER,
    context_start INTEGER,
    context_end INTEGER,
    context_byte_start INTEGER,
    context_byte_end INTEGER,
    setting_kind TEXT,
    anonymity_condition TEXT,
    time_start REAL,
    time_end REAL,
    UNIQUE (document, id)
);

-- The words between the marks, a row for each stretch.
CREATE TABLE quotes (
    record INTEGER NOT NULL REFERENCES records (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,        -- from 1
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    byte_start INTEGER,
    byte_end INTEGER,
    PRIMARY KEY (record, number)
);

CREATE INDEX documents_date ON documents (date);
CREATE INDEX speakers_name ON speakers (name);
CREATE INDEX records_speaker ON records (speaker);
CREATE INDEX records_cue ON records (cue_lemma);

CREATE VIRTUAL TABLE records_fts USING fts5 (
    quote, context,
    content="records", content_rowid="key", tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER records_added AFTER INSERT ON records BEGIN
    INSERT INTO records_fts (rowid, quote, context) VALUES (new.key, new.quote, new.context);
END;
CREATE TRIGGER records_removed AFTER DELETE ON records BEGIN
    INSERT INTO records_fts (records_fts, rowid, quote, context)
    VALUES ('delete', old.key, old.quote, old.context);
END;
CREATE TRIGGER records_changed AFTER UPDATE ON records BEGIN
    INSERT INTO records_fts (records_fts, rowid, quote, context)
    VALUES ('delete', old.key, old.quote, old.context);
    INSERT INTO records_fts (rowid, quote, context) VALUES (new.key, new.quote, new.context);
END;

-- The usual questions.

CREATE VIEW said AS
SELECT
    documents.name AS document, documents.title, documents.date,
    speakers.name AS speaker, speakers.description AS speaker_description, speakers.kind AS speaker_kind,
    records.speaker_text, records.cue, records.addressee, records.quote, records.context,
    records.kind, records.stance, records.hedged, records.secondhand, records.negated,
    records.anonymity_class, records.anonymity_condition, records.anonymity_reason, records.via,
    records.unattributed, records.confidence, records.rule, records.id, records.key AS record
FROM records
JOIN documents ON documents.id = records.document
LEFT JOIN speakers ON speakers.key = records.speaker;

CREATE VIEW who_spoke_most AS
SELECT
    speaker, speaker_kind,
    count(*) AS records,
    count(DISTINCT document) AS documents,
    sum(kind IN ('direct', 'mixed')) AS quoted,
    sum(length(quote)) AS characters
FROM said
WHERE speaker IS NOT NULL
GROUP BY speaker, speaker_kind
ORDER BY records DESC, speaker;

CREATE VIEW unnamed_sources AS
SELECT
    document, date, speaker_text, anonymity_class, anonymity_condition, anonymity_reason, cue, quote, context,
    confidence, id, record
FROM said
WHERE anonymity_class IS NOT NULL AND anonymity_class <> 'document';

CREATE VIEW unattributed AS
SELECT document, date, unattributed AS why, cue, quote, context, kind, id, record
FROM said
WHERE unattributed IS NOT NULL;

CREATE VIEW second_hand AS
SELECT document, date, speaker, speaker_text, via, cue, quote, context, confidence, id, record
FROM said
WHERE secondhand;
