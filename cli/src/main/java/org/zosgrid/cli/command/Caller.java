package org.zosgrid.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.contract.key.Signer;
import picocli.CommandLine.Option;

/** Who calls whom: the options that every command shares which talks to a control plane. */
final class Caller {
    @Option(names = "--server", paramLabel = "URL", description = "The control plane (default: ZOS_SERVER, then what 'zos up' wrote down).")
    @Nullable String server;

    @Option(names = "--key", paramLabel = "PEM", description = "Your private key, with which every request is signed, or agent:SOCKET (default: ZOS_KEY).")
    @Nullable Path key;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Where the key's passphrase stands; asked for when the key needs one.")
    @Nullable Path passphraseFile;

    private @Nullable Signer read;

    /** Whoever has given no key, and has logged in there, shows the login. */
    ControlPlane controlPlane() {
        URI address = address(server);
        if (read == null && !Context.knows(key == null ? null : key.toString(), "ZOS_KEY", "key")) {
            Optional<LoginFile> login = LoginFile.read().filter(each -> each.server().equals(address.toString()));
            if (login.isPresent()) {
                return ControlPlane.withToken(address, login.get().current().token());
            }
        }
        return new ControlPlane(address, signingKey());
    }

    /** The private key; read once, so that its passphrase is asked for once. */
    Signer signingKey() {
        Signer known = read;
        if (known == null) {
            known = Keys.read(Path.of(Context.setting(key == null ? null : key.toString(), "ZOS_KEY", "key", "--key")), Optional.ofNullable(passphraseFile));
            read = known;
        }
        return known;
    }

    /** @throws CliException for what is no address */
    static URI address(@Nullable String server) {
        String given = Context.setting(server, "ZOS_SERVER", "server", "--server");
        try {
            URI address = URI.create(given);
            if (address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // told below, like every other address that is none
        }
        throw new CliException("--server: must be an http or https address, such as http://127.0.0.1:8080 (is: " + given + ")");
    }
}
