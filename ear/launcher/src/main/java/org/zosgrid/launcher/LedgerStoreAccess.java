package org.zosgrid.launcher;

import java.nio.file.Path;

/**
 * How to reach the Zero-DB that keeps the ledger's tiles.
 *
 * @param address HOST:PORT
 * @param passwordFile holds the password of its namespace {@code ledger}
 */
public record LedgerStoreAccess(String address, Path passwordFile) {}
