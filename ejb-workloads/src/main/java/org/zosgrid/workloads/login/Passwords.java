package org.zosgrid.workloads.login;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.zosgrid.contract.Fault;

/** Passwords that are to be kept. */
@ApplicationScoped
public class Passwords {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 200;

    /** What is wrong with a password; it is not repeated. */
    public static Optional<Fault> fault(String password) {
        return password.length() < SHORTEST || password.length() > LONGEST
                ? Optional.of(new Fault("password", "must have " + SHORTEST + " to " + LONGEST + " characters", password.length() + " characters")) : Optional.empty();
    }

    /** As it is kept. */
    public String hash(String password) {
        return PasswordHash.of(password);
    }
}
