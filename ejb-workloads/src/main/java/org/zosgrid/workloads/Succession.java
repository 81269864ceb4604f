package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;

/** Whether a document may come next under its name: nothing else is under way, it has the next version, and what it is about is there. */
@ApplicationScoped
public class Succession {
    @Inject private Changes changes;

    /** @throws RefusedException INVALID or CONFLICT */
    void check(ChangeDocument document, Instant now) {
        if (!now.isBefore(document.expires())) {
            throw new RefusedException(Kind.INVALID, "The document has expired", new Fault("expires", "must lie after " + now, document.expires().toString()));
        }
        changes.open(document.name()).filter(open -> !isCalledOff(open, document)).ifPresent(open -> {
            throw new RefusedException(Kind.CONFLICT, "Another change is under way",
                    new Fault("name", "has version " + open.version() + " in state " + open.state() + "; it must end first", document.name()));
        });
        changes.newest(document.name()).filter(before -> bearer(before.kind()) != bearer(document)).ifPresent(before -> {
            throw new RefusedException(Kind.CONFLICT, "The name is taken", new Fault("name", "is the name of a " + bearer(before.kind()), document.name()));
        });
        long next = changes.lastSealed(document.name()).map(Change::version).orElse(0L) + 1;
        if (document.version() != next) {
            throw new RefusedException(Kind.INVALID, "The version is not the next one",
                    new Fault("version", "must be " + next + ", exactly one above the last that was sealed", Long.toString(document.version())));
        }
        Optional<ChangeState> current = changes.current(document.name()).map(Change::state);
        switch (document) {
            case Deployment deployment -> {}
            case Model model -> {}
            case Skip skip -> {}
            case ImagePromotion promotion -> {}
            case EmergencyReview review -> {}
            case NodeAdmission admission -> {}
            case NodeRetirement retirement -> {}
            case Pause pause -> isThere(current.filter(state -> state == ChangeState.RUNNING || state == ChangeState.DRIFTED), "There is nothing to pause", "must be a deployment that runs", pause);
            case Resume resume -> isThere(current.filter(ChangeState.PAUSED::equals), "There is nothing to resume", "must be a deployment that is paused", resume);
            case Decommission removal -> isThere(current, "There is nothing to remove", "must be a deployment that runs or is paused", removal);
        }
    }

    /** A node that goes may be admitted again meanwhile, which calls its retirement off. */
    private static boolean isCalledOff(Change open, ChangeDocument document) {
        return document instanceof NodeAdmission && open.state() == ChangeState.RETIRING;
    }

    /** What can have a name. */
    private enum Bearer {
        DEPLOYMENT, MODEL, SKIP, NODE, PROMOTION, REVIEW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static Bearer bearer(ChangeKind kind) {
        return switch (kind) {
            case MODEL -> Bearer.MODEL;
            case SKIP -> Bearer.SKIP;
            case PROMOTION -> Bearer.PROMOTION;
            case REVIEW -> Bearer.REVIEW;
            case ADMISSION, RETIREMENT -> Bearer.NODE;
            case DEPLOYMENT, PAUSE, RESUME, DECOMMISSION -> Bearer.DEPLOYMENT;
        };
    }

    private static Bearer bearer(ChangeDocument document) {
        return switch (document) {
            case Model model -> Bearer.MODEL;
            case Skip skip -> Bearer.SKIP;
            case ImagePromotion promotion -> Bearer.PROMOTION;
            case EmergencyReview review -> Bearer.REVIEW;
            case NodeAdmission admission -> Bearer.NODE;
            case NodeRetirement retirement -> Bearer.NODE;
            case Deployment deployment -> Bearer.DEPLOYMENT;
            case Pause pause -> Bearer.DEPLOYMENT;
            case Resume resume -> Bearer.DEPLOYMENT;
            case Decommission removal -> Bearer.DEPLOYMENT;
        };
    }

    private static void isThere(Optional<ChangeState> current, String title, String problem, ChangeDocument document) {
        if (current.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, title, new Fault("name", problem, document.name()));
        }
    }
}
