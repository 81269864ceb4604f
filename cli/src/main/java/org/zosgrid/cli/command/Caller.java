package org.zosgrid.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.contract.key.SigningKey;
import picocli.CommandLine.Option;

/**
 * Who calls whom: the options every command shares that talks to a control plane. What is not given comes from the environment
 * ({@code ZOS_SERVER}, {@code ZOS_KEY}) and then from {@code context.properties}, which {@code zos up} writes.
 */
final class Caller {
    @Option(names = "--server", paramLabel = "URL", description = "The control plane (default: ZOS_SERVER, then what 'zos up' wrote down).")
    @Nullable String server;

    @Option(names = "--key", paramLabel = "PEM", description = "Your private key (default: ZOS_KEY, then what 'zos up' wrote down).")
    @Nullable Path key;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Where the key's passphrase stands; asked for when the key needs one.")
    @Nullable Path passphraseFile;

    ControlPlane controlPlane() {
        return new ControlPlane(URI.create(setting(server, "ZOS_SERVER", "server", "--server")), signingKey());
    }

    SigningKey signingKey() {
        Path file = Path.of(setting(key == null ? null : key.toString(), "ZOS_KEY", "key", "--key"));
        return Keys.read(file, Optional.ofNullable(passphraseFile));
    }

    static String setting(@Nullable String given, String variable, String property, String option) {
        if (given != null) {
            return given;
        }
        if (System.getenv(variable) != null) {
            return System.getenv(variable);
        }
        String found = context().getProperty(property);
        if (found == null) {
            throw new CliException("no " + property + ": give " + option + ", set " + variable + ", or start a system with './zos up'");
        }
        return found;
    }

    private static Properties context() {
        Properties context = new Properties();
        Path file = Path.of(System.getProperty("zos.home", ".zos"), "context.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                context.load(reader);
            } catch (IOException unreadable) {
                throw new CliException("cannot read " + file + ": " + unreadable.getMessage());
            }
        }
        return context;
    }
}
