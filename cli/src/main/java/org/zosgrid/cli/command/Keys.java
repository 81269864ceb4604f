package org.zosgrid.cli.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.agent.AgentSigner;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;

/** Finds private keys: in files, with their passphrase where they are encrypted, or behind an agent. */
final class Keys {
    private static final String AGENT = "agent:";

    private Keys() {}

    /** A key in a file, or, written as {@code agent:SOCKET}, one that an agent holds. */
    static Signer read(Path file, Optional<Path> passphraseFile) {
        if (file.toString().startsWith(AGENT)) {
            return AgentSigner.connect(Path.of(file.toString().substring(AGENT.length())));
        }
        if (!Files.isReadable(file)) {
            throw new CliException("cannot read the key " + file + "; 'zos keys new' makes one");
        }
        return SigningKey.read(file, encrypted(file) ? Optional.of(passphrase(file, passphraseFile)) : Optional.empty());
    }

    static char[] passphrase(Path file, Optional<Path> passphraseFile) {
        if (passphraseFile.isPresent()) {
            try {
                return Files.readString(passphraseFile.get()).strip().toCharArray();
            } catch (IOException unreadable) {
                throw new CliException("cannot read the passphrase file " + passphraseFile.get());
            }
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CliException(file + " needs a passphrase, and there is no terminal to ask at: give --passphrase-file");
        }
        return console.readPassword("Passphrase for %s: ", file);
    }

    private static boolean encrypted(Path file) {
        try {
            return Files.readString(file).contains("ENCRYPTED PRIVATE KEY");
        } catch (IOException unreadable) {
            throw new CliException("cannot read the key " + file + ": " + unreadable.getMessage());
        }
    }
}
