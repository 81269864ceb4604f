-- Positions in the stream of events are numbers of the whole database's transactions: whoever reads two of them would know how busy others are. So they are told enciphered, with this key.
CREATE TABLE event_position_key (
    key text PRIMARY KEY
);
INSERT INTO event_position_key VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
