-- A node comes and goes by a change like any other, under its own name.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission', 'model', 'admission', 'retirement'));
