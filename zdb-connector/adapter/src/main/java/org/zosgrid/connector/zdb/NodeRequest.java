package org.zosgrid.connector.zdb;

import jakarta.resource.spi.ConnectionRequestInfo;

/** Which node's store is wanted, or the {@linkplain LedgerStore#NAME ledger's}: what the container's pool is searched by. */
record NodeRequest(String node) implements ConnectionRequestInfo {}
