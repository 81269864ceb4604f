package org.zosgrid.workloads;

import java.util.Set;
import org.zosgrid.contract.organisation.Organisation;

/**
 * Somebody or something that a token of the configured issuer names. It is no person of the trust root, whatever it is called: it has no key here.
 *
 * @param subject as the issuer tells its accounts apart ({@code sub})
 * @param name    for people: {@code upn}, or else {@code preferred_username}, or else the subject
 * @param roles   at least one
 * @param organisation for which it may do what its roles say
 */
public record TokenHolder(String subject, String name, Set<Role> roles, String organisation) implements Identity {
    /** What a token can allow. None of them decides about a change. */
    public enum Role {
        /** Reads everything that a person of the trust root reads. */
        READER,
        /** Also sets this server up, as holders of the trust root's role {@code root} do. */
        ADMINISTRATOR,
        /** Keeps accounts and groups as a directory elsewhere has them, and reads nothing else. */
        PROVISIONER
    }

    /** Of the default organisation. */
    public TokenHolder(String subject, String name, Set<Role> roles) {
        this(subject, name, roles, Organisation.DEFAULT);
    }

    public TokenHolder {
        roles = Set.copyOf(roles);
    }

    /** No person is called so: their names have no colon. */
    @Override
    public String account() {
        return "token:" + subject;
    }
}
