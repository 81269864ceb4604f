-- A ticket about a change in another system: written when its approval opens, opened there later, asked and told until the change has ended.
CREATE TABLE change_ticket (
    change_id bigint      PRIMARY KEY REFERENCES change,
    -- What the other system calls it; empty before it is there.
    reference text        NOT NULL DEFAULT '',
    -- What was answered there last, as far as it was acted on.
    answer    text        NOT NULL DEFAULT '',
    attempts  int         NOT NULL DEFAULT 0,
    due_at    timestamptz NOT NULL,
    ended_at  timestamptz,
    failure   text        NOT NULL DEFAULT ''
);
CREATE INDEX change_ticket_due ON change_ticket (due_at) WHERE ended_at IS NULL;
