package org.zosgrid.node.core0;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.zosgrid.contract.admission.Accepted;
import org.zosgrid.contract.admission.Decision;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;

/**
 * What the accepted contracts say, name by name: the newest version, and whether anything of it shall run. An emergency change ends by this node's clock, whoever
 * is there or not to say so; what has ended once stays so, also if the clock goes back.
 */
final class DesiredState {
    /**
     * One name.
     *
     * @param deployment the newest version that says what is to be here; empty once it was removed or withdrawn, or its time as an emergency is over
     * @param contract SHA-256 of the sealed contract that was decided last
     */
    record Desired(String name, Accepted accepted, Optional<Deployment> deployment, String contract) {
        /** The end of the emergency that is here or was; empty if it is none. */
        Optional<Instant> until() {
            return accepted.current().flatMap(Deployment::emergency).map(Emergency::until);
        }

        private Desired ended() {
            return new Desired(name, accepted.ended(), Optional.empty(), contract);
        }
    }

    private final InstantSource clock;
    private final Map<String, Desired> names = new ConcurrentSkipListMap<>();
    private final Set<String> drifted = ConcurrentHashMap.newKeySet();
    /** Contracts of emergencies whose time was over when somebody looked. */
    private final Set<String> over = ConcurrentHashMap.newKeySet();

    DesiredState(InstantSource clock) {
        this.clock = clock;
    }

    /** What was accepted last; whether an emergency's time is over whoever decides says by the moment of the decision, {@link org.zosgrid.contract.admission.NodeView#last}. */
    Optional<Accepted> accepted(String name) {
        return Optional.ofNullable(names.get(name)).map(each -> over.contains(each.contract()) ? each.accepted().ended() : each.accepted());
    }

    Optional<Desired> of(String name) {
        return Optional.ofNullable(names.get(name)).map(this::now);
    }

    /** As it stands at this moment. */
    Collection<Desired> all() {
        return names.values().stream().map(this::now).toList();
    }

    /** A receipt says that the time of this contract's emergency was over. */
    void over(String contract) {
        over.add(contract);
    }

    /** When the emergency ended by whose end a name is removed; empty if that is not why. */
    Optional<Instant> over(Desired each) {
        return over.contains(each.contract()) ? each.until() : Optional.empty();
    }

    /** When the next emergency ends; empty if none is here. */
    Optional<Instant> nextEnd() {
        return all().stream().filter(each -> !each.accepted().removed()).flatMap(each -> each.until().stream()).min(Comparator.naturalOrder());
    }

    private Desired now(Desired each) {
        if (!each.accepted().removed() && each.until().filter(until -> !clock.instant().isBefore(until)).isPresent()) {
            over.add(each.contract());
        }
        return over.contains(each.contract()) ? each.ended() : each;
    }

    /** Whether this node has said of a name that it drifted, and not yet that it is well again. */
    boolean drifted(String name) {
        return drifted.contains(name);
    }

    /** A receipt was written: what it says decides whether the name's contract may come once more. */
    void said(Receipt.Outcome outcome, String name) {
        switch (outcome) {
            case DRIFTED -> drifted.add(name);
            case RUNNING, PAUSED, REMOVED -> drifted.remove(name);
            case ACCEPTED, REFUSED, REPAIRED, FAILED -> {}
        }
    }

    /** Everything that shall run. */
    List<Deployment> deployments() {
        return all().stream().filter(each -> each.accepted().runs()).flatMap(each -> each.deployment().stream()).toList();
    }

    /** Everything whose machines are kept, whether they shall run or stand still. */
    List<Deployment> kept() {
        return all().stream().flatMap(each -> each.deployment().stream()).toList();
    }

    /** Takes an accepted contract over. */
    void apply(Decision decision, String contract) {
        switch (decision) {
            case Decision.Accept(Deployment deployment, String digest, var approvers, var checkpoint) ->
                    names.put(deployment.name(), new Desired(deployment.name(), Accepted.of(deployment, digest), Optional.of(deployment), contract));
            case Decision.Accept(Pause pause, String digest, var approvers, var checkpoint) -> follow(pause.name(), contract, before -> before.paused(pause.version(), digest));
            case Decision.Accept(Resume resume, String digest, var approvers, var checkpoint) -> follow(resume.name(), contract, before -> before.resumed(resume.version(), digest));
            case Decision.Accept(Decommission removal, String digest, var approvers, var checkpoint) ->
                    names.put(removal.name(), new Desired(removal.name(), Accepted.decommissioned(removal.version(), digest), Optional.empty(), contract));
            // Nothing is ever here under its name; that it was revoked is all there is to know.
            case Decision.Accept(ImagePromotion revocation, String digest, var approvers, var checkpoint) ->
                    names.put(revocation.name(), new Desired(revocation.name(), Accepted.decommissioned(revocation.version(), digest), Optional.empty(), contract));
            case Decision.Accept(Model model, String digest, var approvers, var checkpoint) -> throw new IllegalStateException("a node accepts no model, and here is one: " + model.name());
            case Decision.Accept(Skip skip, String digest, var approvers, var checkpoint) -> throw new IllegalStateException("a node accepts no skip, and here is one: " + skip.name());
            case Decision.Accept(EmergencyReview review, String digest, var approvers, var checkpoint) -> throw new IllegalStateException("a node accepts no review, and here is one: " + review.name());
            case Decision.Accept(NodeAdmission admission, String digest, var approvers, var checkpoint) -> throw new IllegalStateException("a node accepts no admission, and here is one: " + admission.name());
            case Decision.Accept(NodeRetirement retirement, String digest, var approvers, var checkpoint) -> throw new IllegalStateException("a node accepts no retirement, and here is one: " + retirement.name());
            case Decision.AcceptRepair(var document, String digest, var checkpoint) ->
                    names.computeIfPresent(document.name(), (same, before) -> new Desired(before.name(), before.accepted(), before.deployment(), contract));
            case Decision.AcceptWithdrawal(var withdrawal, var checkpoint) -> follow(withdrawal.name(), contract, Accepted::withdrawn);
            case Decision.AcceptTrustRoot root -> {}
            case Decision.Refuse refused -> {}
        }
    }

    private void follow(String name, String contract, UnaryOperator<Accepted> change) {
        names.computeIfPresent(name, (same, before) -> {
            Accepted after = change.apply(before.accepted());
            return new Desired(name, after, after.removed() ? Optional.empty() : after.current(), contract);
        });
    }
}
