package org.zosgrid.node.core0;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.terminal.TerminalAdmission;
import org.zosgrid.contract.terminal.TerminalAdmission.Signed;
import org.zosgrid.contract.terminal.TerminalAnswer;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.zmachine.Terminal;
import org.zosgrid.node.zmachine.ZMachineException;

/**
 * The terminals that people have open into the machines of this node. Who may have one, the node finds out by itself: from the signature of the one who asks, the trust
 * root in force and the document that runs. The control plane carries frames that it can neither read nor make.
 */
final class Terminals implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Terminals.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_OF_A_MACHINE = 4;
    private static final int MOST = 32;
    private static final int SESSION_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String node;
    private final Signer identity;
    private final Supplier<TrustRoot> root;
    private final DesiredState desired;
    private final BiFunction<String, String, Terminal> shells;
    private final Instant started = Instant.now();
    private final Map<String, TerminalSession> sessions = new ConcurrentHashMap<>();
    /** Nonces of requests that were granted, until the requests are too old anyhow. */
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    private boolean closed;

    /** @param shells starts a shell, given deployment and machine */
    Terminals(String node, Signer identity, Supplier<TrustRoot> root, DesiredState desired, BiFunction<String, String, Terminal> shells) {
        this.node = node;
        this.identity = identity;
        this.root = root;
        this.desired = desired;
        this.shells = shells;
    }

    /** Grants a request or says why not; returns the signed answer. */
    synchronized byte[] open(byte[] json) {
        Instant now = Instant.now();
        sessions.values().removeIf(each -> each.isForgotten(now));
        seen.values().removeIf(each -> !now.isBefore(each));
        try {
            Envelope envelope = Envelope.parse(json);
            Signed signed = TerminalAdmission.verify(envelope, root.get(), now);
            TerminalRequest request = signed.request();
            if (!request.node().equals(node)) {
                throw new ContractException("node", "must be " + node, request.node());
            }
            if (request.created().plusSeconds(1).isBefore(started)) {
                throw new ContractException("created", "must not be before this node was started, " + started, request.created().toString());
            }
            permit(signed);
            room(request);
            if (seen.putIfAbsent(HexFormat.of().formatHex(request.nonce()), request.expires()) != null) {
                throw new ContractException("nonce", "was seen before: a request is good for one terminal");
            }
            byte[] id = new byte[SESSION_BYTES];
            RANDOM.nextBytes(id);
            String session = HexFormat.of().formatHex(id);
            TerminalAnswer.Given given = TerminalAnswer.to(envelope, request, session, identity);
            Terminal shell = shells.apply(request.deployment(), request.machine());
            LOG.log(System.Logger.Level.INFO, "{0} opened a terminal into {1} of {2} version {3}, by request {4}: {5}", request.requester(), request.machine(), request.deployment(),
                    request.version(), envelope.digest(), request.purpose());
            sessions.put(session, new TerminalSession(session, signed, given.channel(), shell, () -> permit(signed)));
            return given.envelope().toJson();
        } catch (ContractException refused) {
            LOG.log(System.Logger.Level.WARNING, "a terminal was refused: {0}", refused.getMessage());
            throw new NodeApiException(403, String.valueOf(refused.getMessage()));
        } catch (ZMachineException absent) {
            throw new NodeApiException(409, String.valueOf(absent.getMessage()));
        }
    }

    void type(String session, List<byte[]> frames) {
        session(session).type(frames);
    }

    TerminalFrames read(String session, long from) {
        return session(session).read(from, PATIENCE);
    }

    boolean end(String session) {
        Optional<TerminalSession> open = Optional.ofNullable(sessions.get(session)).filter(each -> !each.hasEnded());
        open.ifPresent(each -> each.end("it was closed"));
        return open.isPresent();
    }

    /** Ends every terminal; none is opened after it. */
    @Override
    public synchronized void close() {
        closed = true;
        sessions.values().forEach(each -> each.end("the node stops"));
        sessions.values().forEach(each -> each.awaitEnd(PATIENCE));
    }

    private void room(TerminalRequest request) {
        if (closed) {
            throw new NodeApiException(409, node + " stops");
        }
        List<TerminalRequest> open = sessions.values().stream().filter(each -> !each.hasEnded()).map(each -> each.signed().request()).toList();
        long same = open.stream().filter(each -> each.deployment().equals(request.deployment()) && each.machine().equals(request.machine())).count();
        if (same >= MOST_OF_A_MACHINE || open.size() >= MOST) {
            throw new NodeApiException(409, "there are " + same + " terminals into " + request.machine() + " and " + open.size() + " on " + node + "; at most " + MOST_OF_A_MACHINE + " and " + MOST + " may be");
        }
    }

    private void permit(Signed signed) {
        TerminalAdmission.require(signed, root.get(), running(signed.request().deployment()));
    }

    private Optional<Deployment> running(String name) {
        return desired.of(name).filter(each -> each.accepted().runs()).flatMap(DesiredState.Desired::deployment);
    }

    private TerminalSession session(String name) {
        return Optional.ofNullable(sessions.get(name)).orElseThrow(() -> new NodeApiException(404, "there is no such terminal on " + node));
    }
}
