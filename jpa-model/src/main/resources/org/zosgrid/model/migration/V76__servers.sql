-- Servers that share this database. One that was not seen for a while is dead: the jobs that it had begun are given to the others.
CREATE TABLE server (
    owner text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
