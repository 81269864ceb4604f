-- A stuck step of a process is passed over by a change of its own.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission', 'model', 'admission', 'retirement', 'skip'));

-- One change of a name is open at a time, also while a node is admitted or retired.
DROP INDEX change_open;
CREATE UNIQUE INDEX change_open ON change (name)
    WHERE state IN ('verifying', 'approval', 'sealing', 'provisioning', 'exposing', 'pausing', 'removing', 'compensating', 'admitting', 'retiring');
