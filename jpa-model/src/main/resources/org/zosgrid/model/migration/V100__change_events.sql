-- That something happened to a change, for those who follow (server-sent events): the change's own row tells what. Written by the database itself, so that nothing
-- happens untold; forgotten after a day. Who follows reads in the order of transactions, and only of those below the oldest that is still under way: what commits
-- later than its neighbours is never passed over. Nothing is locked by it, unlike by a revision in the change's row.
CREATE TABLE change_event (
    transaction bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    change_id   bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (transaction, id)
);
CREATE INDEX change_event_at ON change_event (at);

CREATE FUNCTION change_event_of_change() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN
        INSERT INTO change_event (change_id) VALUES (NEW.id);
        RETURN NULL;
     END';
CREATE FUNCTION change_event_of_person() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN
        INSERT INTO change_event (change_id) VALUES (NEW.change_id);
        RETURN NULL;
     END';
CREATE FUNCTION change_event_of_receipt() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN
        INSERT INTO change_event (change_id) SELECT change_id FROM dispatch WHERE node = NEW.node AND digest = NEW.digest AND change_id IS NOT NULL;
        RETURN NULL;
     END';
CREATE TRIGGER change_told AFTER INSERT OR UPDATE ON change FOR EACH ROW EXECUTE FUNCTION change_event_of_change();
CREATE TRIGGER approval_told AFTER INSERT ON approval FOR EACH ROW EXECUTE FUNCTION change_event_of_person();
CREATE TRIGGER rejection_told AFTER INSERT ON rejection FOR EACH ROW EXECUTE FUNCTION change_event_of_person();
CREATE TRIGGER receipt_told AFTER INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION change_event_of_receipt();
