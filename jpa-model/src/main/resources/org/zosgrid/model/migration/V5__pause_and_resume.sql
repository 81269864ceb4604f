-- A deployment can stand still, and run again.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission'));

DROP INDEX change_open;
CREATE UNIQUE INDEX change_open ON change (name)
    WHERE state IN ('verifying', 'approval', 'sealing', 'provisioning', 'exposing', 'pausing', 'removing', 'compensating');
