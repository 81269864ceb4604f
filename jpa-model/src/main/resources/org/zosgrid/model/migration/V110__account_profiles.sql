-- What a provisioning service (SCIM) says of somebody beside the name by which they log in. Empty texts are not kept.
ALTER TABLE account ADD COLUMN given_name text, ADD COLUMN family_name text, ADD COLUMN email text;
-- Logins are ended by their name too: those of people whom a directory knows have no account.
CREATE INDEX login_by_name ON login (name);
