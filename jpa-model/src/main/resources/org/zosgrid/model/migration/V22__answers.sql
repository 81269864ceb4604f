-- What a request was answered that may come again: under its caller's own name for it, with a digest of what was asked. Forgotten after a day.
CREATE TABLE request_answer (
    person       text        NOT NULL,
    key          text        NOT NULL,
    digest       text        NOT NULL,
    status       int         NOT NULL,
    content_type text        NOT NULL,
    location     text        NOT NULL,
    body         bytea       NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX request_answer_by_time ON request_answer (at);
