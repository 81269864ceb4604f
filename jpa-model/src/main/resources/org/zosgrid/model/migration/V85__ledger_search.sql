-- Finds decisions again by what stands inside their bytes. Derived from the entries and proof of nothing: what counts are the bytes in ledger_entry. Filled by the
-- database itself, so that nothing is appended that cannot be found.
CREATE TABLE ledger_search (
    index bigint      PRIMARY KEY,
    kind  text        NOT NULL,
    name  text        NOT NULL,
    at    timestamptz NOT NULL,
    words tsvector    NOT NULL
);
CREATE INDEX ledger_search_kind ON ledger_search (kind, index DESC);
CREATE INDEX ledger_search_name ON ledger_search (name, index DESC);
CREATE INDEX ledger_search_at ON ledger_search (at);
CREATE INDEX ledger_search_words ON ledger_search USING gin (words);

-- U+0000, which no text of PostgreSQL can hold, is found as a space: whoever puts one into a detail must not keep decisions from being appended.
CREATE FUNCTION ledger_search_row(entry ledger_entry) RETURNS ledger_search LANGUAGE sql AS
    'SELECT entry.index, entry.kind, entry.name, (json ->> ''at'')::timestamptz, to_tsvector(''simple'', json ->> ''detail'') FROM (SELECT regexp_replace(convert_from(entry.entry, ''UTF8''), ''(?<!\\)((\\\\)*)\\u0000'', ''\1 '', ''g'')::json AS json) AS parsed';
CREATE FUNCTION ledger_search_add() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN
        INSERT INTO ledger_search SELECT (ledger_search_row(NEW)).*;
        RETURN NULL;
     END';
INSERT INTO ledger_search SELECT (ledger_search_row(each)).* FROM ledger_entry AS each;
CREATE TRIGGER ledger_entry_found AFTER INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_search_add();
