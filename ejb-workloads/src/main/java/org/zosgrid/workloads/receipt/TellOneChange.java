package org.zosgrid.workloads.receipt;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;

/** {@link TellAgain} for one change, in a transaction of its own. */
@Stateless
public class TellOneChange {
    @Inject private Changes changes;
    @Inject private NodeAnswers answers;

    public void tell(long id) {
        Change change = changes.lock(id);
        changes.dispatches(id).stream().map(Dispatch::node).distinct().forEach(node -> answers.tell(change, node));
    }
}
