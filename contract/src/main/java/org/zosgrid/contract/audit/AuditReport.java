package org.zosgrid.contract.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;

/**
 * What a verified bundle says.
 *
 * @param checkpoint in which every entry stands
 * @param rootVersion the newest trust root of the bundle's chain
 * @param cosigners witnesses whose signatures over the checkpoint verify
 * @param events in the ledger's order
 * @param emergencies versions that came the short way, in order
 */
public record AuditReport(String name, Checkpoint checkpoint, long rootVersion, Set<String> cosigners, List<Event> events, List<Emergency> emergencies) {
    public AuditReport {
        events = List.copyOf(events);
        emergencies = List.copyOf(emergencies);
    }

    /**
     * A version that was an emergency change.
     *
     * @param digest of its envelope, in hex
     * @param review the last word on it; empty if none came
     */
    public record Emergency(Deployment document, String digest, Optional<EmergencyReview> review) {
        Emergency reviewed(EmergencyReview by) {
            return new Emergency(document, digest, Optional.of(by));
        }
    }

    /**
     * One ledger entry.
     *
     * @param change for a sealed version, who approved it
     * @param receipts what nodes signed about it
     */
    public record Event(long index, LedgerEntry entry, Optional<Change> change, List<Receipt> receipts) {}

    /**
     * A sealed version, approved by the people who had to.
     *
     * @param rootVersion the trust root in force where it stands in the ledger
     * @param rules which rules it satisfied, and whose they were
     */
    public record Change(ChangeDocument document, String digest, Set<String> approvers, long rootVersion, List<String> rules) {}
}
