package org.zosgrid.workloads.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.model.CurrentOrganisation;

/** What the configuration says of mail. The files it names are read anew each time. */
@ApplicationScoped
public class MailSettings {
    @Inject
    @ConfigProperty(name = "zos.mail.host")
    private Optional<String> host;

    @Inject
    @ConfigProperty(name = "zos.mail.port")
    private int port;

    @Inject
    @ConfigProperty(name = "zos.mail.security")
    private String security;

    @Inject
    @ConfigProperty(name = "zos.mail.user")
    private Optional<String> user;

    @Inject
    @ConfigProperty(name = "zos.mail.password-file")
    private Optional<String> passwordFile;

    @Inject
    @ConfigProperty(name = "zos.mail.from")
    private Optional<String> from;

    @Inject
    @ConfigProperty(name = "zos.mail.addresses")
    private Optional<String> addresses;

    @Inject
    @ConfigProperty(name = "zos.mail.attempts")
    private int attempts;

    /** Whether anybody is told anything by mail: people of the default organisation, whose names the file of addresses knows. */
    boolean on() {
        return host.isPresent() && CurrentOrganisation.isDefault();
    }

    /** How often a message is tried before it is given up. */
    int attempts() {
        return attempts;
    }

    MailServer server() throws IOException {
        Optional<MailServer.Login> login = user.isEmpty() ? Optional.empty()
                : Optional.of(new MailServer.Login(user.get(), passwordFile.isEmpty() ? "" : Files.readString(Path.of(passwordFile.get())).strip()));
        return new MailServer(host.orElseThrow(), port, MailServer.Security.of(security), login, from.orElseThrow(() -> new IOException("zos.mail.from: is missing")));
    }

    /** Where a person of the trust root gets mail; empty if the file has no address for them. */
    Optional<String> address(String person) throws IOException {
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        var known = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(addresses.get()))) {
            known.load(reader);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("zos.mail.addresses: " + addresses.get() + " is no properties file", malformed);
        }
        return Optional.ofNullable(known.getProperty(person)).map(String::strip).filter(address -> !address.isEmpty());
    }
}
