-- Which organisation's trust roots name a key, or named it: a request's key says for whom it is asked, so a key belongs to one organisation only and is never given to another. One
-- table for all of them, in the default place; the same table in an organisation's own schema stays empty. A trust root's nodes have keys there too.
CREATE TABLE key_owner (
    key_id       text PRIMARY KEY,
    organisation text NOT NULL
);
