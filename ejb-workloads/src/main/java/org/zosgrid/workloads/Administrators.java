package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;

/**
 * Who may set this server up: whoever holds the role {@code root}. The trust root has no role of a server's administrator, and needs none: nothing that may be
 * set up here decides about a change, but it decides who hears of every change. A token may do so with the role that the configuration gives its groups.
 */
@ApplicationScoped
public class Administrators {
    @Inject private Trust trust;

    /** @throws RefusedException FORBIDDEN */
    void check(Identity identity) {
        switch (identity) {
            case Caller caller -> {
                Set<String> administrators = trust.root().holders(TrustRoot.ROOT);
                if (!administrators.contains(caller.person())) {
                    throw refused(new Fault("person", "must hold the role root, as " + String.join(", ", administrators), caller.person()));
                }
            }
            case TokenHolder holder -> {
                if (!holder.roles().contains(TokenHolder.Role.ADMINISTRATOR)) {
                    throw refused(new Fault("groups", "must have one of zos.tokens.administrators, or of zos.logins.administrators for a login here", holder.name()));
                }
            }
        }
    }

    private static RefusedException refused(Fault fault) {
        return new RefusedException(Kind.FORBIDDEN, "The caller does not administer this server", fault);
    }
}
