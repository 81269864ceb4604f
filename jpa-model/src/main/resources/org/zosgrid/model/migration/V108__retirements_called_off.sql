-- While a node retires, an admission of it may be open too, which calls the retirement off once it is sealed. Two retirements of a node never are.
DROP INDEX change_open;
CREATE UNIQUE INDEX change_open ON change (name)
    WHERE state IN ('verifying', 'approval', 'sealing', 'provisioning', 'exposing', 'pausing', 'removing', 'compensating', 'admitting');
CREATE UNIQUE INDEX change_retiring ON change (name) WHERE state = 'retiring';
