package org.zosgrid.workloads.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** Tokens of services that cannot sign: each organisation has a file of its own with one. They are read at every use, so one that was replaced counts at once. */
@ApplicationScoped
public class TokenFiles {
    @Inject private KnownOrganisations organisations;

    /**
     * Whose service shows this token. All are compared, whoever it is.
     *
     * @param theDefaults the default organisation's file, if it has one
     * @param own         another organisation's
     * @throws RefusedException UNAVAILABLE if a file cannot be read
     */
    public Optional<String> owner(String token, Optional<Path> theDefaults, Function<Organisation.Own, Optional<Path>> own) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        Optional<String> whose = Optional.empty();
        for (String name : organisations.names()) {
            Optional<Path> file = organisations.find(name).flatMap(Organisation::own).map(own).orElse(theDefaults);
            if (file.isPresent() && given.length > 0 && MessageDigest.isEqual(expected(file.get()), given)) {
                whose = Optional.of(name);
            }
        }
        return whose;
    }

    private static byte[] expected(Path file) {
        try {
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new RefusedException(Kind.UNAVAILABLE, "A service's token cannot be read", new Fault("token", "must be readable", file.toString()));
        }
    }
}
