package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException.Kind;

/** Who may make, change and remove accounts and groups as a directory of people does: a service whose token has that role, and nobody else. */
@ApplicationScoped
public class Provisioners {
    /** @throws RefusedException FORBIDDEN */
    void check(Identity identity) {
        boolean may = switch (identity) {
            case Caller caller -> false; // people have the calls for accounts, which say who asked
            case TokenHolder holder -> holder.roles().contains(TokenHolder.Role.PROVISIONER);
        };
        if (!may) {
            throw new RefusedException(Kind.FORBIDDEN, "The caller does not provision accounts", new Fault("Authorization", "must be the token of a provisioning service, of zos.scim.token-file or zos.tokens.provisioners", identity.account()));
        }
    }
}
