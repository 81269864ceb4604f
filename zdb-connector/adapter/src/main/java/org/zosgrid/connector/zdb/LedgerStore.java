package org.zosgrid.connector.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control plane's own Zero-DB. It is spoken to in the clear, so it stands on loopback or behind a tunnel.
 *
 * @param passwordFile read for every connection, so that a password can be replaced
 */
record LedgerStore(String host, int port, Path passwordFile) {
    /** Among the nodes' names; none of them has a space. */
    static final String NAME = "the ledger";

    private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]\\s/]+?)\\]?:([0-9]{1,5})");

    static LedgerStore parse(String address, Path passwordFile) {
        Matcher match = ADDRESS.matcher(address);
        if (!match.matches() || Integer.parseInt(match.group(2)) < 1 || Integer.parseInt(match.group(2)) > 65_535) {
            throw new IllegalArgumentException("must be HOST:PORT");
        }
        return new LedgerStore(match.group(1), Integer.parseInt(match.group(2)), passwordFile);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + passwordFile, unreadable);
        }
    }
}
