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
import org.zosgrid.contract.key.TokenSigner;

/** Finds private keys: in files, with their passphrase where they are encrypted, or behind an agent. */
final class Keys {
    private static final String AGENT = "agent:";

    private Keys() {}

    /** A key in a file, whose passphrase may be a token's PIN, or, written as {@code agent:SOCKET}, one that an agent holds. */
    static Signer read(Path file, Optional<Path> passphraseFile) {
        if (file.toString().startsWith(AGENT)) {
            return AgentSigner.connect(Path.of(file.toString().substring(AGENT.length())));
        }
        if (!Files.isReadable(file)) {
            throw new CliException("cannot read the key " + file + "; 'zos keys new' makes one");
        }
        if (TokenSigner.isTokenFile(file)) {
            return TokenSigner.open(file, tokenLibrary(), passphrase(file, passphraseFile));
        }
        return SigningKey.read(file, encrypted(file) ? Optional.of(passphrase(file, passphraseFile)) : Optional.empty());
    }

    /** The library is named by whoever runs the command, and never by a file: loading one means running it. */
    static Path tokenLibrary() {
        return Path.of(Optional.ofNullable(System.getenv("ZOS_PKCS11"))
                .orElseThrow(() -> new CliException("ZOS_PKCS11 must name the token's PKCS#11 library, such as /usr/lib/softhsm/libsofthsm2.so")));
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
