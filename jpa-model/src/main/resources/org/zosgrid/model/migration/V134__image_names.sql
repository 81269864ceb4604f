-- What approved documents call the contents of images: so nobody must read all documents to tell under which name a content is known. Read from the signed documents in the order in
-- which they were sealed, as soon as somebody asks: also those from before this migration, and those that a server of the version before has sealed.
CREATE TABLE image_name (
    fingerprint text NOT NULL,
    -- REPOSITORY:TAG
    name        text NOT NULL,
    PRIMARY KEY (fingerprint, name)
);
CREATE TABLE image_names_read (
    -- the entries of the ledger up to which this has been done
    ledger_size bigint NOT NULL
);
INSERT INTO image_names_read VALUES (0);
CREATE INDEX change_sealed_index ON change (sealed_index) WHERE sealed_index IS NOT NULL;
