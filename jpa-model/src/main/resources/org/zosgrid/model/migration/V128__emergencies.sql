-- What people found of an emergency change is a change of its own.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission', 'model', 'admission', 'retirement', 'skip', 'promotion', 'review'));

-- Versions that were sealed as emergencies: what is owed of each.
CREATE TABLE emergency (
    change_id   bigint      PRIMARY KEY REFERENCES change,
    name        text        NOT NULL,
    sealed_at   timestamptz NOT NULL,
    -- until when it may run
    until       timestamptz NOT NULL,
    -- when people were told that half of that was over
    warned_at   timestamptz,
    -- when it was over, or something else was in its place
    ended_at    timestamptz,
    -- when people were told last that it waits to be reviewed, and how often
    told_at     timestamptz,
    told        integer     NOT NULL DEFAULT 0,
    -- the review that stands
    review_id   bigint      REFERENCES change,
    reviewed_at timestamptz
);
CREATE INDEX emergency_unreviewed ON emergency (name) WHERE reviewed_at IS NULL;
