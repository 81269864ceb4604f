-- Who may log in here without a provider of their own, and whom a provisioning service has announced (SCIM). No account signs anything: what changes what runs takes a key of the trust root.
CREATE TABLE account (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL UNIQUE CHECK (name = lower(name)),
    external_id  text,
    display_name text        NOT NULL,
    -- Argon2id, with its parameters and salt; null: logs in elsewhere.
    password     text,
    active       boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    modified_at  timestamptz NOT NULL
);
CREATE TABLE account_group (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL UNIQUE,
    external_id  text,
    created_at   timestamptz NOT NULL,
    modified_at  timestamptz NOT NULL
);
CREATE TABLE account_group_member (
    group_id   uuid NOT NULL REFERENCES account_group ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    PRIMARY KEY (group_id, account_id)
);
-- Logins that count until they expire: under the digest of their token, which nobody can show who only reads here.
CREATE TABLE login (
    digest     text        PRIMARY KEY,
    name       text        NOT NULL,
    -- Of an account here; null for somebody whom a directory knows, whose groups of then are kept instead.
    account_id uuid        REFERENCES account ON DELETE CASCADE,
    groups     text        NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX login_by_time ON login (expires_at);
