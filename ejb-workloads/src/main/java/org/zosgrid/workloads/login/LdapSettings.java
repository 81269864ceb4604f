package org.zosgrid.workloads.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the configuration says of a directory. The password's file is read anew each time. */
@ApplicationScoped
public class LdapSettings {
    @Inject
    @ConfigProperty(name = "zos.ldap.host")
    private Optional<String> host;

    @Inject
    @ConfigProperty(name = "zos.ldap.port")
    private int port;

    @Inject
    @ConfigProperty(name = "zos.ldap.security")
    private String security;

    @Inject
    @ConfigProperty(name = "zos.ldap.authority")
    private Optional<String> authority;

    @Inject
    @ConfigProperty(name = "zos.ldap.account")
    private Optional<String> account;

    @Inject
    @ConfigProperty(name = "zos.ldap.password-file")
    private Optional<String> passwordFile;

    @Inject
    @ConfigProperty(name = "zos.ldap.people")
    private Optional<String> people;

    @Inject
    @ConfigProperty(name = "zos.ldap.name-attribute")
    private String nameAttribute;

    @Inject
    @ConfigProperty(name = "zos.ldap.groups")
    private Optional<String> groups;

    /** Empty if there is none. */
    Optional<Ldap> directory() {
        // the catalogue demands the others with the host
        return host.map(name -> new Ldap(new Ldap.Access(name, port, security.equals("starttls"), authority.map(file -> Path.of(file).toFile()), account.orElseThrow(),
                password(Path.of(passwordFile.orElseThrow())), people.orElseThrow(), nameAttribute, groups.orElseThrow())));
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("zos.ldap.password-file: cannot read " + file, unreadable);
        }
    }
}
