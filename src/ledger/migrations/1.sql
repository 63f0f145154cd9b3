-- What coded: one row for each version of the program, its resources and its options.
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    program TEXT NOT NULL,              -- name and version
    resources TEXT NOT NULL,            -- JSON: name -> SHA-256
    options TEXT NOT NULL,              -- JSON: what was asked for beside the documents
    UNIQUE (program, resources, options)
) STRICT;

-- The text of an article, stored once. Every offset of its records points into it. Its other fields are a record.
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;

-- What was read, so that it is not read again.
CREATE TABLE document (
    key TEXT PRIMARY KEY,               -- SHA-256 of the source, the bytes and what was known from outside
    source TEXT NOT NULL,               -- url or path
    article INTEGER REFERENCES article (number),
    run INTEGER NOT NULL REFERENCES run (number)
) STRICT, WITHOUT ROWID;

-- Claims. Rows are only ever added: a field that changes is a new revision, a claim that is no longer made a revision
-- without json. The highest revision of an id counts.
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    kind TEXT NOT NULL,
    article INTEGER REFERENCES article (number),
    run INTEGER NOT NULL REFERENCES run (number),
    json TEXT,
    -- Drawn out of the json to be searched by.
    type TEXT,                          -- event type, measure, form, state or stage
    status TEXT,
    first_day TEXT,                     -- of the record's own date or period
    last_day TEXT,
    published TEXT,                     -- day of the article
    UNIQUE (id, revision)
) STRICT;

CREATE INDEX record_by_article ON record (article, kind);
CREATE INDEX record_by_kind ON record (kind, type, status);

-- Countries, actors and places of a record, to be searched by.
CREATE TABLE facet (
    facet TEXT NOT NULL,                -- country, actor, place
    value TEXT NOT NULL COLLATE NOCASE,
    record INTEGER NOT NULL REFERENCES record (number),
    PRIMARY KEY (facet, value, record)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_text USING fts5 (text, content = 'article', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER article_is_searched AFTER INSERT ON article BEGIN
    INSERT INTO article_text (rowid, text) VALUES (new.number, new.text);
END;

CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record BEGIN
    SELECT raise(ABORT, 'a ledger only appends: write a new revision');
END;

CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record BEGIN
    SELECT raise(ABORT, 'a ledger only appends: write a revision without json');
END;

CREATE TRIGGER article_is_not_changed BEFORE UPDATE ON article BEGIN
    SELECT raise(ABORT, 'a ledger only appends: another text is another article');
END;

-- The latest revision of every claim that is still made.
CREATE VIEW latest AS
SELECT * FROM record
WHERE json IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM record AS later WHERE later.id = record.id AND later.revision > record.revision);
