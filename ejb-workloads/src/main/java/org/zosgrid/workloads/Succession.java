package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Model;
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
        changes.open(document.name()).ifPresent(open -> {
            throw new RefusedException(Kind.CONFLICT, "Another change is under way",
                    new Fault("name", "has version " + open.version() + " in state " + open.state() + "; it must end first", document.name()));
        });
        changes.newest(document.name()).map(before -> owner(before.kind())).filter(owner -> !owner.equals(owner(document))).ifPresent(owner -> {
            throw new RefusedException(Kind.CONFLICT, "The name is taken", new Fault("name", "is the name of a " + owner, document.name()));
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
            case Pause pause -> isThere(current.filter(ChangeState.RUNNING::equals), "There is nothing to pause", "must be a deployment that runs", pause);
            case Resume resume -> isThere(current.filter(ChangeState.PAUSED::equals), "There is nothing to resume", "must be a deployment that is paused", resume);
            case Decommission removal -> isThere(current, "There is nothing to remove", "must be a deployment that runs or is paused", removal);
        }
    }

    /** What a name belongs to: it stays with the first. */
    private static String owner(ChangeKind kind) {
        return switch (kind) {
            case MODEL -> "model";
            case SKIP -> "skip";
            case DEPLOYMENT, PAUSE, RESUME, DECOMMISSION -> "deployment";
        };
    }

    private static String owner(ChangeDocument document) {
        return switch (document) {
            case Model model -> "model";
            case Skip skip -> "skip";
            case Deployment deployment -> "deployment";
            case Pause pause -> "deployment";
            case Resume resume -> "deployment";
            case Decommission removal -> "deployment";
        };
    }

    private static void isThere(Optional<ChangeState> current, String title, String problem, ChangeDocument document) {
        if (current.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, title, new Fault("name", problem, document.name()));
        }
    }
}
