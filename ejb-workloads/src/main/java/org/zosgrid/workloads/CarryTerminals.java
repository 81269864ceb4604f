package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.network.NodeRefusedException;
import org.zosgrid.connector.network.Shown;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.terminal.TerminalAdmission;
import org.zosgrid.contract.terminal.TerminalAnswer;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.TerminalView;

/**
 * Carries terminals between people and nodes. What is checked here is for a clear answer and for the ledger: the node checks all of it again and takes nothing from
 * here on trust. Frames are sealed by either end for the other.
 */
@Stateless
public class CarryTerminals {
    /** Of callers that wait for output at the same time, each of them on a thread of the server's. */
    private static final int MOST_WAITING = 64;

    /** Of a session's 32 digits. */
    private static final int SHOWN_DIGITS = 8;

    private static final Semaphore WAITING = new Semaphore(MOST_WAITING);

    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private Trust trust;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;

    /**
     * Asks the machine's node for a terminal.
     *
     * @param json the envelope of a {@link TerminalRequest}
     * @return the node's answer, an envelope as JSON
     * @throws ContractException if the request is none, or not signed by whom it names
     * @throws RefusedException FORBIDDEN by document, trust root or node, NOT_FOUND or UNAVAILABLE
     */
    public byte[] open(Caller caller, String name, String machine, byte[] json) {
        SealedMachine sealed = SealedMachine.find(changes, name, machine);
        TrustRoot root = trust.root();
        Envelope envelope = Envelope.parse(json);
        TerminalAdmission.Signed signed = TerminalAdmission.verify(envelope, root, Instant.now());
        TerminalRequest request = signed.request();
        if (!request.deployment().equals(name) || !request.machine().equals(machine)) {
            throw new ContractException("machine", "must be " + machine + " of " + name + ", as the address has it", request.machine() + " of " + request.deployment());
        }
        if (!request.requester().equals(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "The terminal is asked for by somebody else", new Fault("requester", "must be who sends it, " + caller.person(), request.requester()));
        }
        try {
            TerminalAdmission.require(signed, root, Optional.of(sealed.deployment()));
        } catch (ContractException forbidden) {
            throw new RefusedException(Kind.FORBIDDEN, "There is no terminal for this person", forbidden.faults());
        }
        byte[] answer = ask(sealed, Kind.FORBIDDEN, network -> network.openTerminal(request.node(), json));
        String session = TerminalAnswer.parse(Envelope.parse(answer).payload()).session();
        decisions.append(LedgerEntry.TERMINAL_OPENED, name, request.version(), envelope.digest(),
                caller.person() + ", into " + machine + " on " + request.node() + ", " + named(session) + ": " + request.purpose());
        return answer;
    }

    /**
     * Takes sealed frames to the node.
     *
     * @throws RefusedException CONFLICT if the node does not take them, NOT_FOUND or UNAVAILABLE
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void type(String name, String machine, String session, List<byte[]> frames) {
        SealedMachine sealed = SealedMachine.find(changes, name, machine);
        ask(sealed, Kind.CONFLICT, network -> {
            network.typeInto(sealed.machine().node(), session, frames);
            return session;
        });
    }

    /**
     * Waits a few seconds for sealed frames from the node.
     *
     * @param from the number of the first one wanted; the node forgets those before it
     * @throws RefusedException NOT_FOUND or UNAVAILABLE
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public TerminalView read(String name, String machine, String session, long from) {
        SealedMachine sealed = SealedMachine.find(changes, name, machine);
        if (!WAITING.tryAcquire()) {
            throw new RefusedException(Kind.UNAVAILABLE, "Too many terminals are open", new Fault("session", "must wait: at most " + MOST_WAITING + " are carried at once", session));
        }
        try {
            Shown shown = ask(sealed, Kind.NOT_FOUND, network -> network.readTerminal(sealed.machine().node(), session, from));
            return new TerminalView(shown.frames(), shown.ended());
        } finally {
            WAITING.release();
        }
    }

    /**
     * Ends a terminal; one that has ended already is fine.
     *
     * @throws RefusedException NOT_FOUND or UNAVAILABLE
     */
    public void close(Caller caller, String name, String machine, String session) {
        SealedMachine sealed = SealedMachine.find(changes, name, machine);
        if (ask(sealed, Kind.NOT_FOUND, network -> network.closeTerminal(sealed.machine().node(), session))) {
            decisions.append(LedgerEntry.TERMINAL_CLOSED, sealed.change(), caller.person() + ", into " + machine + " on " + sealed.machine().node() + ", " + named(session));
        }
    }

    /** A session as the ledger names it: opening and end are seen to belong together. Whoever knew the whole name could take its frames away, and everybody reads the ledger. */
    private static String named(String session) {
        return "session " + session.substring(0, SHOWN_DIGITS) + "…";
    }

    /** What is asked of a node. */
    private interface Question<T> {
        T answer(NetworkConnection network) throws ResourceException;
    }

    private <T> T ask(SealedMachine sealed, Kind refusal, Question<T> question) {
        try (NetworkConnection network = networks.getConnection()) {
            return question.answer(network);
        } catch (NodeRefusedException refused) {
            throw new RefusedException(refusal, "The node does not do it", new Fault("machine", String.valueOf(refused.getMessage()), sealed.machine().name()));
        } catch (ResourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The node does not answer", new Fault("node", String.valueOf(away.getMessage()), sealed.machine().node()));
        }
    }
}
