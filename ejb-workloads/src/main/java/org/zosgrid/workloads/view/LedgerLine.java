package org.zosgrid.workloads.view;

import java.time.Instant;

/** One entry of the ledger; {@code bytes} are what its leaf hash is over. */
public record LedgerLine(long index, String kind, String name, long version, String digest, Instant at, String detail, byte[] bytes) {}
