package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.ContractException;
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
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.emergency.EmergencyChanges;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.organisation.HeldByDeployments;
import org.zosgrid.workloads.step.Demands;
import org.zosgrid.workloads.step.ImagePromotions;
import org.zosgrid.workloads.step.NodesThatComeAndGo;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.ChangeView;

/** Takes a signed deployment, pause, resumption, removal, model, promotion, skip or review, and starts its workflow in the same transaction. */
@Stateless
public class SubmitChange {
    private static final int MAX_KEY = 200;

    @Inject private Trust trust;
    @Inject private Changes changes;
    @Inject private Succession succession;
    @Inject private ModelsInForce models;
    @Inject private Demands demands;
    @Inject private Incidents incidents;
    @Inject private NodesThatComeAndGo nodes;
    @Inject private ImagePromotions promotions;
    @Inject private EmergencyChanges emergencies;
    @Inject private HeldByDeployments held;
    @Inject private DecisionLog decisions;
    @Inject private ChangeProcesses processes;
    @Inject private ChangeViews views;

    /**
     * Everything that can be said of the document without asking anybody else is said at once; the rest the workflow finds out.
     *
     * @param json the DSSE envelope's JSON
     * @param idempotencyKey the caller's own name for this request: the same once more is answered with what the first one made
     * @throws RefusedException INVALID, FORBIDDEN or CONFLICT
     */
    public ChangeView submit(Caller caller, byte[] json, String payloadType, String idempotencyKey) {
        if (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY) {
            throw new RefusedException(Kind.INVALID, "The request has no usable key", new Fault("Idempotency-Key", "must have 1 to " + MAX_KEY + " characters", idempotencyKey));
        }
        Envelope envelope;
        ChangeDocument document;
        try {
            envelope = Envelope.parse(json);
            if (!envelope.payloadType().equals(payloadType)) {
                throw new ContractException("payloadType", "must be " + payloadType, envelope.payloadType());
            }
            document = ChangeDocument.parse(payloadType, envelope.payload());
        } catch (ContractException unreadable) {
            throw new RefusedException(Kind.INVALID, "The document is not valid", unreadable.faults());
        }
        Optional<Change> before = changes.byIdempotencyKey(caller.person(), idempotencyKey);
        if (before.isPresent()) {
            return again(before.get(), envelope);
        }
        Envelope own = requestedBy(caller, document, envelope);
        succession.check(document, Instant.now());
        models.check(document);
        List<Fault> unbound = demands.faults(document);
        if (!unbound.isEmpty()) {
            throw new RefusedException(Kind.INVALID, "The document does not bind what decision tables demand", unbound);
        }
        incidents.check(document);
        List<Fault> faults = nodes.faults(document);
        if (!faults.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, "The nodes are not so that this could be", faults);
        }
        List<Fault> unpromoted = promotions.faults(document);
        if (!unpromoted.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, "Promotions are not so that this could be", unpromoted);
        }
        List<Fault> emergency = emergencies.faults(document);
        if (!emergency.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, "Emergencies are not so that this could be", emergency);
        }
        return views.of(begin(document, own, idempotencyKey));
    }

    private ChangeView again(Change before, Envelope envelope) {
        if (!before.digest().equals(envelope.digest())) {
            throw new RefusedException(Kind.CONFLICT, "This key was used for another document",
                    new Fault("Idempotency-Key", "named " + before.name() + " version " + before.version() + " before", before.idempotencyKey()));
        }
        return views.of(before);
    }

    /** The envelope with the requester's own signatures: whatever else stands beside them is no approval that somebody gave here. */
    private Envelope requestedBy(Caller caller, ChangeDocument document, Envelope envelope) {
        TrustRoot root = trust.root();
        if (!document.requester().equals(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "Only the requester submits a document", new Fault("requester", "must be who sends it, " + caller.person(), document.requester()));
        }
        if (!root.people(TrustRoot.REQUESTER, envelope.verifiedBy(root::key)).contains(caller.person())) {
            throw new RefusedException(root.holders(TrustRoot.REQUESTER).contains(caller.person()) ? Kind.INVALID : Kind.FORBIDDEN, "The document is not signed by its requester",
                    new Fault("signatures", "must hold a valid one by " + caller.person() + " with the role requester", ""));
        }
        List<Signature> own = envelope.signatures().stream().filter(signature -> isOf(root, signature.keyId(), caller.person())).toList();
        return new Envelope(envelope.payloadType(), envelope.payload(), own);
    }

    private static boolean isOf(TrustRoot root, KeyId key, String person) {
        return root.person(key).filter(person::equals).isPresent();
    }

    private Change begin(ChangeDocument document, Envelope envelope, String idempotencyKey) {
        Change change = new Change(document.name(), document.version(), Documents.kind(document), document.requester(), envelope.digest(), envelope.toJson(), Instant.now(), document.expires(), idempotencyKey);
        try {
            changes.add(change);
        } catch (PersistenceException raced) {
            // Two at the same moment: the database lets one in.
            throw new RefusedException(Kind.CONFLICT, "Another change is under way", new Fault("name", "was submitted a moment before", document.name()));
        }
        if (document instanceof Deployment deployment) {
            held.note(change, deployment);
        }
        decisions.append("submitted", change, document.requester());
        change.startedAs(processes.start(process(document), change.id(), change.name(), change.version()));
        return change;
    }

    /** A model of the customer's is started by its name, which is none of the built-in ones. */
    private static String process(ChangeDocument document) {
        return switch (document) {
            case Deployment deployment -> deployment.emergency().isPresent() ? ChangeProcesses.EMERGENCY : deployment.workflow().orElse(ChangeProcesses.DEPLOY);
            case Pause pause -> ChangeProcesses.PAUSE;
            case Resume resume -> ChangeProcesses.RESUME;
            case Decommission removal -> ChangeProcesses.DECOMMISSION;
            case Model model -> ChangeProcesses.MODEL;
            case Skip skip -> ChangeProcesses.SKIP;
            case ImagePromotion promotion -> ChangeProcesses.PROMOTION;
            case EmergencyReview review -> ChangeProcesses.REVIEW;
            case NodeAdmission admission -> ChangeProcesses.ADMISSION;
            case NodeRetirement retirement -> ChangeProcesses.RETIREMENT;
        };
    }
}
