package org.zosgrid.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.Signer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Add your signature to an envelope file: a trust root, a release manifest, a deployment kept offline.",
        footer = {"", "Examples:", "  zos sign root.json --key bob.pem", "  zos sign shop.envelope.json --key carol.pem --out signed.json"})
public final class SignCommand implements Runnable {
    @Parameters(paramLabel = "ENVELOPE", description = "A DSSE envelope in JSON.")
    Path file = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "PEM")
    Path key = Path.of("");

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    @Nullable Path passphraseFile;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the result goes (default: back into ENVELOPE).")
    @Nullable Path out;

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        try {
            Signer signer = Keys.read(key, Optional.ofNullable(passphraseFile));
            Envelope envelope = Envelope.parse(Files.readAllBytes(file));
            Envelope signed = envelope.with(envelope.signatureBy(signer));
            Path target = out == null ? file : out;
            Path temporary = target.resolveSibling(target.getFileName() + ".new");
            Files.write(temporary, signed.toJson());
            Files.move(temporary, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            output.print(
                    Json.object().put("file", target.toString()).put("digest", signed.digest()).put("signatures", signed.signatures().size()),
                    () -> "signed " + target + " (" + signed.payloadType() + "), now " + signed.signatures().size() + " signature(s)");
        } catch (java.nio.file.NoSuchFileException absent) {
            throw new CliException("there is no file " + absent.getMessage());
        } catch (IOException failed) {
            throw new CliException("cannot sign " + file + ": " + failed.getMessage(), failed);
        }
    }
}
