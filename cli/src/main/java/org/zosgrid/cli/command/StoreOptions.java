package org.zosgrid.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.store.StoreLink;
import picocli.CommandLine.Option;

/** Where a running store is and how one gets in. */
final class StoreOptions {
    @Option(names = "--address", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:9900", description = "Where the store answers (default: ${DEFAULT-VALUE}).")
    String address = "";

    @Option(names = "--tls", paramLabel = "DIR", description = "Speak TLS, with the certificate, key and authority in this folder.")
    @Nullable Path tls;

    @Option(names = "--peer", paramLabel = "NAME", description = "With --tls: whose certificate the store must have.")
    @Nullable String peer;

    @Option(names = "--admin-file", paramLabel = "FILE", description = "Where the administrator's password stands; it is proved and not sent.")
    @Nullable Path admin;

    StoreLink open() {
        return StoreLink.open(new StoreLink.Access(address, Optional.ofNullable(tls), Optional.ofNullable(peer), Optional.ofNullable(admin)));
    }
}
