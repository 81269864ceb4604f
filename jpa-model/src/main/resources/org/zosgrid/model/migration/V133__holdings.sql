-- What each deployment holds while it stands: so nobody must read all documents to know what is left. Reckoned from the signed document; a change without a row
-- (from before this migration, or by a server of the version before) is reckoned as soon as somebody asks.
CREATE TABLE holding (
    change_id    bigint PRIMARY KEY REFERENCES change,
    cpu_millis   bigint NOT NULL,
    memory_bytes bigint NOT NULL
);
CREATE TABLE held_host (
    change_id bigint NOT NULL REFERENCES change,
    host      text   NOT NULL,
    PRIMARY KEY (host, change_id)
);
CREATE INDEX change_standing_deployments ON change (name) WHERE kind = 'deployment' AND state IN ('running', 'drifted', 'paused', 'provisioning', 'exposing');
