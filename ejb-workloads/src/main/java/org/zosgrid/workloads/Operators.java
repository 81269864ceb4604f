package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;

/**
 * Who may have a stuck step tried again, or everything taken back: whoever may ask for changes, and whoever holds the role {@code root}. Both can only make the system do what
 * was approved, or stop it.
 */
@ApplicationScoped
public class Operators {
    @Inject private Trust trust;

    /** @throws RefusedException FORBIDDEN */
    void check(Caller caller) {
        Set<String> operators = new TreeSet<>(trust.root().holders(TrustRoot.REQUESTER));
        operators.addAll(trust.root().holders(TrustRoot.ROOT));
        if (!operators.contains(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "The caller is no operator", new Fault("person", "must hold the role requester or root, as " + String.join(", ", operators), caller.person()));
        }
    }
}
