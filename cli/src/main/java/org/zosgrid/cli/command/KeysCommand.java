package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.key.TokenSigner;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make and look at keys: composite ML-DSA-65 + Ed25519 ones of people and nodes, those of ledgers and witnesses, and certificates of the management network.",
        subcommands = {KeysCommand.New.class, KeysCommand.Show.class, KeysCommand.Ledger.class, KeysCommand.Witness.class, ManagementCommand.class})
public final class KeysCommand {

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Make a key pair: NAME.pem is private (mode 600, encrypted), NAME.pub.pem beside it goes into the trust root.",
            footer = {"", "Example:", "  zos keys new --out alice.pem"})
    static final class New implements Runnable {
        @Option(names = "--out", required = true, paramLabel = "PEM", description = "Where the private key goes; it must not exist yet.")
        Path out = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Take the passphrase from here instead of asking.")
        @Nullable Path passphraseFile;

        @Option(names = "--no-passphrase", description = "Leave the private key unencrypted (machines' keys; demonstrations).")
        boolean plain;

        @Option(names = "--token", paramLabel = "TOKEN",
                description = {"Make the Ed25519 half in the PKCS#11 token with this label, or in the slot with this index, where it stays; the ML-DSA half is in the file, encrypted by a key that never leaves "
                        + "the token either.", "ZOS_PKCS11 names the token's library, the PIN is the passphrase."})
        @Nullable String token;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            if (Files.exists(out)) {
                throw new CliException("--out: " + out + " exists; a key is never overwritten");
            }
            Signer key = token == null ? inFile() : TokenSigner.create(out, Keys.tokenLibrary(), token, Keys.passphrase(out, Optional.ofNullable(passphraseFile)));
            Path publicKey = publicKeyOf(out);
            try {
                Files.writeString(publicKey, key.verificationKey().toPem());
            } catch (IOException unwritable) {
                throw new CliException("cannot write " + publicKey + ": " + unwritable.getMessage());
            }
            output.print(
                    Json.object().put("keyid", key.id().hex()).put("private", out.toString()).put("public", publicKey.toString()),
                    () -> "key id  " + key.id().hex() + "\nprivate " + out + "\npublic  " + publicKey);
        }

        private SigningKey inFile() {
            SigningKey key = SigningKey.generate();
            key.write(out, plain ? Optional.empty() : Optional.of(Keys.passphrase(out, Optional.ofNullable(passphraseFile))));
            return key;
        }

        private static Path publicKeyOf(Path privateKey) {
            String name = privateKey.getFileName().toString();
            return privateKey.resolveSibling((name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name) + ".pub.pem");
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a public key's id, from a .pub.pem or a private key.")
    static final class Show implements Runnable {
        @Parameters(paramLabel = "PEM")
        Path file = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE")
        @Nullable Path passphraseFile;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            VerificationKey key = read();
            output.print(
                    Json.object().put("keyid", key.id().hex()).put("algorithm", "ML-DSA-65 + Ed25519").put("pem", key.toPem()),
                    () -> "key id    " + key.id().hex() + "\nalgorithm ML-DSA-65 + Ed25519 (both halves must verify)\n" + key.toPem());
        }

        private VerificationKey read() {
            try {
                String text = Files.readString(file);
                return text.contains("PUBLIC KEY")
                        ? VerificationKey.fromPem(text)
                        : Keys.read(file, Optional.ofNullable(passphraseFile)).verificationKey();
            } catch (IOException unreadable) {
                throw new CliException("cannot read " + file + ": " + unreadable.getMessage());
            }
        }
    }

    /** The keys that sign checkpoints: an Ed25519 and an ML-DSA-44 key in one file. */
    abstract static class NoteKey implements Runnable {
        @Parameters(paramLabel = "NAME", description = "What it is called in checkpoints, such as ledger.example.org/main.")
        String name = "";

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the private keys go; the public ones go beside it. It must not exist yet.")
        Path out = Path.of("");

        @Mixin
        Output output = new Output();

        abstract ObjectNode publicKeys(LedgerKey key);

        @Override
        public final void run() {
            if (Files.exists(out)) {
                throw new CliException("--out: " + out + " exists; a key is never overwritten");
            }
            LedgerKey key = LedgerKey.generate(name);
            ObjectNode keys = publicKeys(key);
            key.write(out);
            Path beside = out.resolveSibling(out.getFileName().toString().replaceFirst("\\.json$", "") + ".pub.json");
            try {
                Files.writeString(beside, Json.print(keys) + "\n");
            } catch (IOException unwritable) {
                throw new CliException("cannot write " + beside + ": " + unwritable.getMessage());
            }
            output.print(keys, () -> "private " + out + "\npublic  " + beside);
        }
    }

    @Command(name = "ledger", mixinStandardHelpOptions = true, description = "Make the keys of a ledger; 'zos trust rotate --ledger-keys' takes the public ones.",
            footer = {"", "Example:", "  zos keys ledger ledger.example.org/main --out ledger.json"})
    static final class Ledger extends NoteKey {
        @Override
        ObjectNode publicKeys(LedgerKey key) {
            return key.verifiers().toJson();
        }
    }

    @Command(name = "witness", mixinStandardHelpOptions = true, description = "Make the keys of a witness; 'zos trust rotate --witness' takes the public ones.",
            footer = {"", "Example:", "  zos keys witness compute-1 --out witness.json"})
    static final class Witness extends NoteKey {
        @Override
        ObjectNode publicKeys(LedgerKey key) {
            return key.witnessVerifiers().toJson();
        }
    }
}
