package org.zosgrid.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What brings the control plane onto a full Payara Server 6, as a file for {@code asadmin multimode --file}. Such a server has no PostgreSQL and no
 * Zero-DB of its own: both are the operator's.
 */
final class FullServerCommands {
    private final Configuration configuration;
    private final ServerSetup setup;

    FullServerCommands(Configuration configuration, Installation installation) {
        this.configuration = configuration;
        this.setup = new ServerSetup(configuration, installation);
    }

    List<ServerCommand> all() {
        DatabaseAccess database = configuration.database()
            .orElseThrow(() -> new StartException("zos.database.url: is missing; a full server brings no PostgreSQL, name one that you keep"));
        LedgerStoreAccess ledger = configuration.ledgerStore()
            .orElseThrow(() -> new StartException("zos.ledger-store.address: is missing; a full server brings no Zero-DB, name one that you keep"));
        List<ServerCommand> commands = new ArrayList<>();
        commands.add(new ServerCommand("create-system-properties", ServerCommand.properties(configuration.systemProperties())));
        commands.addAll(ServerSetup.compression("http-listener-1"));
        commands.addAll(ServerSetup.ownAnswersOff());
        commands.addAll(setup.dataSource(database));
        commands.addAll(setup.storeAdapter(ledger));
        commands.addAll(setup.imageAdapter());
        commands.addAll(setup.networkAdapter());
        commands.addAll(setup.application());
        return commands;
    }

    /** Writes them for their owner's eyes only: the database's password is among them. Errors: {@link IOException} when there is such a file. */
    void write(Path file) throws IOException {
        List<String> lines = all().stream().map(ServerCommand::line).toList();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, lines, StandardOpenOption.WRITE);
    }
}
