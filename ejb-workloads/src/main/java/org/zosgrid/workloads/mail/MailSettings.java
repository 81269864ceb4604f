package org.zosgrid.workloads.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** What the configuration says of mail: one server and sender for all, addresses for each organisation. The files it names are read anew each time. */
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

    @Inject
    @ConfigProperty(name = "zos.mail.console")
    private Optional<String> console;

    @Inject private KnownOrganisations organisations;

    /** Whether anybody of the current organisation is told anything by mail: there is a server for all, and a file with addresses of its own people. */
    boolean on() {
        return host.isPresent() && book().isPresent();
    }

    /** Where people reach the console; empty if mail shall have no links. */
    Optional<String> console() {
        return console;
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

    /** @throws IOException that names what is wrong, if this person of the current organisation has no address */
    String address(String person) throws IOException {
        return book().orElseThrow(() -> new IOException("nobody of the organisation " + CurrentOrganisation.name() + " gets mail any more")).of(person);
    }

    private Optional<AddressBook> book() {
        Organisation current = organisations.current();
        return current.own().isEmpty() ? addresses.map(file -> new AddressBook("zos.mail.addresses", Path.of(file)))
                : current.own().flatMap(Organisation.Own::mailAddresses).map(file -> new AddressBook(current.field("mailAddresses"), file));
    }
}
