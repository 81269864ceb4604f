-- How far the ledger's entries stand in the tiles of its Zero-DB, and the root hash there. One row: who holds its lock is the only writer of tiles, of however
-- many control planes. It is brought forward when the tiles are durable, so what it says can be signed.
CREATE TABLE ledger_head (
    id   integer PRIMARY KEY CHECK (id = 1),
    size bigint  NOT NULL CHECK (size >= 0),
    root bytea   NOT NULL CHECK (octet_length(root) = 32)
);
INSERT INTO ledger_head VALUES (1, 0, sha256(''));
CREATE FUNCTION ledger_head_goes_forward() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN
        IF NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
            RAISE EXCEPTION ''the ledger''''s head goes forward only'';
        END IF;
        RETURN NEW;
     END';
CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_head_goes_forward();

-- The last checkpoint that enough witnesses signed: what monitors are shown.
CREATE TABLE ledger_checkpoint (
    id   integer PRIMARY KEY CHECK (id = 1),
    size bigint  NOT NULL CHECK (size >= 0),
    note text    NOT NULL
);
