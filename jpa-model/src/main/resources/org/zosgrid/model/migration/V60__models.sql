-- A process or decision table of the customer's own comes into force like any change.
ALTER TABLE change DROP CONSTRAINT change_kind_check;
ALTER TABLE change ADD CONSTRAINT change_kind_check CHECK (kind IN ('deployment', 'pause', 'resume', 'decommission', 'model'));

-- Groups of each of which somebody must approve, as a decision table of the customer's said when approval opened; separated by commas.
ALTER TABLE change ADD COLUMN demanded_groups text NOT NULL DEFAULT '';

-- Models write to people as often as they are drawn to: each text once.
ALTER TABLE mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail ADD CONSTRAINT mail_kind_check CHECK (kind IN ('assigned', 'reminder', 'escalation', 'result', 'notice'));
ALTER TABLE mail DROP CONSTRAINT mail_change_id_kind_person_key;
CREATE UNIQUE INDEX mail_once ON mail (change_id, kind, person, md5(CASE kind WHEN 'notice' THEN body ELSE '' END));

-- By which models name a webhook.
ALTER TABLE webhook ADD COLUMN name text UNIQUE;

-- What a model wants to stand in the ticket; empty for the usual text.
ALTER TABLE change_ticket ADD COLUMN summary text NOT NULL DEFAULT '';
