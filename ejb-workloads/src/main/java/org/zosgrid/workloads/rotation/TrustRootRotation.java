package org.zosgrid.workloads.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.bpmn.Rotation;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.TrustRoots;
import org.zosgrid.workloads.DecisionLog;

/** Writes into the ledger how a rotation goes; from there it reaches whoever has a webhook for it. */
@ApplicationScoped
public class TrustRootRotation implements Rotation {
    @Inject private TrustRoots roots;
    @Inject private DecisionLog decisions;

    @Override
    public void remind(long version, List<String> silent) {
        append(LedgerEntry.ROOT_AWAITED, version, "no answer yet from " + String.join(", ", silent));
    }

    @Override
    public void end(long version, End end, List<String> nodes) {
        switch (end) {
            case FOLLOWED -> append(LedgerEntry.ROOT_FOLLOWED, version, "every node decides by it");
            case REFUSED -> append(LedgerEntry.ROOT_REFUSED, version, "refused by " + String.join(", ", nodes) + "; every other node decides by it");
            case OVERDUE -> append(LedgerEntry.ROOT_OVERDUE, version, "no answer from " + String.join(", ", nodes) + "; it is sent to them for ever, and no longer waited for");
        }
    }

    private void append(String kind, long version, String detail) {
        String digest = roots.find(version).orElseThrow(() -> new IllegalStateException("there is no trust root with version " + version)).digest();
        decisions.append(kind, LedgerEntry.TRUST_ROOT, version, digest, detail);
    }
}
