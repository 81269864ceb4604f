-- An attempt to send that was rolled back leaves its record in the node's log, at a place that nobody knows here. Others are appended behind it meanwhile. Before this place it cannot be.
ALTER TABLE dispatch ADD COLUMN not_before bigint NOT NULL DEFAULT 0;
