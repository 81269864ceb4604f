package org.zosgrid.contract.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.trust.TrustRoot;

/** Whether a request for a terminal is to be granted: the deployment's document says to which groups, the trust root who is in them. */
public final class TerminalAdmission {
    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private TerminalAdmission() {}

    /**
     * Reads a request whose one signature is by the person it names.
     *
     * @throws ContractException if it is something else, signed by nobody the trust root knows, by more than one, or not good now
     */
    public static Signed verify(Envelope envelope, TrustRoot root, Instant now) {
        if (!envelope.payloadType().equals(PayloadType.TERMINAL_REQUEST)) {
            throw new ContractException("payloadType", "must be " + PayloadType.TERMINAL_REQUEST, envelope.payloadType());
        }
        TerminalRequest request = TerminalRequest.parse(envelope.payload());
        if (root.expired(now)) {
            throw new ContractException("trustRoot", "has expired, so nobody is known", root.expires().toString());
        }
        if (envelope.signatures().size() != 1) {
            throw new ContractException("signatures", "must be one", Integer.toString(envelope.signatures().size()));
        }
        KeyId key = envelope.signatures().getFirst().keyId();
        Optional<VerificationKey> known = root.key(key).filter(each -> root.person(key).equals(Optional.of(request.requester())));
        if (envelope.verifiedBy(id -> known).isEmpty()) {
            throw new ContractException("signatures", "must be by a key of " + request.requester() + " in the trust root's version " + root.version());
        }
        if (request.created().isAfter(now.plus(SKEW))) {
            throw new ContractException("created", "must not lie in the future, by the clock here " + now, request.created().toString());
        }
        if (!now.isBefore(request.expires())) {
            throw new ContractException("expires", "lies in the past, by the clock here " + now, request.expires().toString());
        }
        return new Signed(request, key);
    }

    /** A request, and the key that signed it. */
    public record Signed(TerminalRequest request, KeyId key) {}

    /**
     * Whether the signer may have this terminal now; asked again and again while it is open.
     *
     * @param running what runs under the deployment's name; empty if nothing does
     * @throws ContractException saying what does not allow it
     */
    public static void require(Signed signed, TrustRoot root, Optional<Deployment> running) {
        TerminalRequest request = signed.request();
        Deployment deployment = running.orElseThrow(() -> new ContractException("deployment", "does not run here", request.deployment()));
        if (deployment.version() != request.version()) {
            throw new ContractException("version", "must be the one that runs, " + deployment.version(), Long.toString(request.version()));
        }
        Machine machine = deployment.machines().stream().filter(each -> each.name().equals(request.machine())).findFirst()
                .orElseThrow(() -> new ContractException("machine", "must be one of the deployment's machines", request.machine()));
        if (!machine.node().equals(request.node())) {
            throw new ContractException("node", "must be the machine's, " + machine.node(), request.node());
        }
        if (machine.terminal().isEmpty()) {
            throw new ContractException("machine", "has no field terminal in the deployment's document, so nobody may open one", request.machine());
        }
        Set<KeyId> key = new TreeSet<>(Set.of(signed.key()));
        if (!root.person(signed.key()).equals(Optional.of(request.requester())) || machine.terminal().stream().allMatch(group -> root.people(group, key).isEmpty())) {
            throw new ContractException("requester", "must be of " + String.join(" or ", machine.terminal()) + ", which the deployment's document names for " + machine.name(), request.requester());
        }
    }
}
