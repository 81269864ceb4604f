-- Of which trace the request was that submitted a change (W3C traceparent): what is decided later belongs to it. Written only while traces are told to anybody.
CREATE TABLE change_trace (
    name        text   NOT NULL,
    version     bigint NOT NULL,
    traceparent text   NOT NULL,
    PRIMARY KEY (name, version)
);
