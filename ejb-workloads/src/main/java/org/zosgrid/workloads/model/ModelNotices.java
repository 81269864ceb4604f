package org.zosgrid.workloads.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.Notices;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.trust.Trust;

/** The block "Notify": mail to people, each text once. Operators are those who answer for the whole system, the root holders. */
@ApplicationScoped
public class ModelNotices implements Notices {
    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private org.zosgrid.workloads.mail.Notices mail;

    @Override
    public void tell(long id, Audience audience, String text) {
        Change change = changes.get(id);
        Set<String> people = switch (audience) {
            case REQUESTER -> Set.of(change.requester());
            case APPROVERS -> trust.root().approvers();
            case OPERATORS -> trust.root().holders(TrustRoot.ROOT);
        };
        mail.say(change, new TreeSet<>(people), text);
    }
}
