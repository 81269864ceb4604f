-- An image is released to an environment, or is so no more, by a change of its own.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission', 'model', 'admission', 'retirement', 'skip', 'promotion'));
