package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.ProtocolException;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.RespReader;
import org.zosgrid.zdb.client.RespWriter;

/** One client: which namespace it has selected, what it may do, and how its commands are answered. One thread at a time. */
final class Session {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HASH_LETTERS = 40;

    /** What takes microseconds and never waits for the disk to be written. */
    private static final Set<String> QUICK = Set.of("PING", "TIME", "GET", "EXISTS", "LENGTH", "KEYTIME", "CHECK", "DBSIZE", "KEYCUR");

    /** What the quota of a namespace counts. */
    private static final Set<String> COUNTED = Set.of(
            "SET", "SETX", "GET", "MGET", "DEL", "EXISTS", "LENGTH", "KEYTIME", "CHECK", "KEYCUR", "SCAN", "SCANX", "RSCAN", "HISTORY", "GETAT", "ROLLBACK");

    private final ZdbServer server;
    private final long number;
    private final AccessPolicy policy;
    private final Commands commands;
    private volatile Namespace namespace;
    private volatile boolean admin;
    private volatile boolean readOnly;
    private volatile boolean master;
    private boolean ended;
    private @Nullable String challenge;
    private Consumer<Reply> outlet = reply -> {};

    Session(ZdbServer server, AccessPolicy policy) {
        this.server = server;
        this.number = server.statistics().nextClient();
        this.policy = policy;
        this.admin = server.config().adminPassword().isEmpty() && policy instanceof AccessPolicy.Full;
        this.namespace = server.store().namespace(Store.DEFAULT).orElseThrow();
        this.namespace.enter();
        this.readOnly = server.config().settings().protect() && !admin;
        this.commands = new Commands(server, this);
    }

    /** The blocking way, for TLS: one thread reads, runs and answers. */
    void serve(InputStream input, OutputStream output) throws IOException {
        RespReader in = new RespReader(input);
        RespWriter out = new RespWriter(output);
        Relay relay = new Relay(out, input);
        outlet = relay;
        try {
            while (true) {
                Optional<List<byte[]>> request = in.request();
                if (request.isEmpty()) {
                    return;
                }
                Reply reply = answer(request.get());
                boolean gone = reply instanceof Reply.Failure failure && failure.text().equals(Store.GONE);
                // A pipeline is answered in one write.
                relay.answer(reply, gone || !in.pending());
                if (gone) {
                    return;
                }
            }
        } catch (ProtocolException nonsense) {
            relay.answer(new Reply.Failure(String.valueOf(nonsense.getMessage())), true);
        } finally {
            relay.close();
            ended();
        }
    }

    /** How replies that nobody asked for reach the client. */
    void outlet(Consumer<Reply> way) {
        outlet = way;
    }

    /** Sends the client whatever the others do from now on. */
    void mirror() {
        server.mirrors().follow(this, outlet);
    }

    /** The client is gone. */
    void ended() {
        if (!ended) {
            ended = true;
            server.mirrors().leave(this);
            namespace.leave();
            commands.close();
        }
    }

    /** Counts the server's clients from 1 on. */
    long number() {
        return number;
    }

    /** Whether the event loop may run it itself. */
    boolean quick(List<byte[]> request) {
        return QUICK.contains(name(request));
    }

    private static String name(List<byte[]> request) {
        return new String(request.getFirst(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    Reply answer(List<byte[]> request) {
        String command = name(request);
        server.statistics().executed.increment();
        boolean appends = command.equals("SET") && request.size() == 3 && request.get(1).length == 0 && namespace.properties().mode() == Mode.SEQUENTIAL;
        if (!policy.allows(command, namespace.name(), appends)) {
            server.statistics().unauthorized.increment();
            return new Reply.Failure("Permission denied");
        }
        if (namespace.gone()) {
            return new Reply.Failure(Store.GONE);
        }
        Namespace ranIn = namespace;
        Reply reply;
        try {
            if (COUNTED.contains(command)) {
                ranIn.admitOperations(command.equals("MGET") ? Math.max(1, request.size() - 1) : 1);
            }
            reply = commands.run(command, request.subList(1, request.size()));
        } catch (RuntimeException | InternalError failed) {
            reply = new Reply.Failure(explain(failed));
        }
        if (reply instanceof Reply.Failure failure) {
            server.statistics().failed.increment();
            if (failure.text().equals("Permission denied")) {
                server.statistics().unauthorized.increment();
            }
        } else {
            if (!command.startsWith("SET") && !command.equals("DEL")) {
                ranIn.ran(command); // Writes tell it themselves.
            }
            if (!server.mirrors().isEmpty()) {
                server.mirrors().tell(this, ranIn.name(), request);
            }
        }
        return reply;
    }

    /** The error text for a client; what is not its fault is logged. An InternalError is a mapped file's page that the disk did not give. */
    String explain(Throwable failed) {
        if (failed instanceof ZdbException.Refused refused) {
            return String.valueOf(refused.getMessage());
        }
        LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + ": " + failed.getMessage(), failed);
        return failed instanceof ZdbException.DiskFailed ? String.valueOf(failed.getMessage()) : "Internal Error";
    }

    Namespace namespace() {
        return namespace;
    }

    boolean admin() {
        return admin;
    }

    boolean master() {
        return master;
    }

    void becomeMaster() {
        master = true;
    }

    /** Whether no policy but the protocol's own binds it. */
    boolean unrestricted() {
        return policy instanceof AccessPolicy.Full;
    }

    /** Whether the event loop's shortcuts may be taken: nobody else has to hear of the command. */
    boolean unobserved() {
        return policy instanceof AccessPolicy.Full && server.mirrors().isEmpty();
    }

    void mayWrite() {
        if (readOnly) {
            throw new ZdbException.Refused("Namespace is in read-only mode");
        }
    }

    private Namespace wanted(String name) {
        return server.store().namespace(name).filter(each -> policy.opens(name)).orElseThrow(() -> new ZdbException.Refused("Namespace not found"));
    }

    void select(String name, Optional<String> password) {
        Namespace wanted = wanted(name);
        String hash = wanted.properties().password();
        boolean writes = hash.isEmpty() || admin;
        if (!writes && password.isPresent()) {
            if (!Password.matches(password.get(), hash)) {
                throw new ZdbException.Refused("Access denied");
            }
            writes = true;
        }
        enter(wanted, writes);
    }

    void selectSecurely(String name, String hash) {
        Namespace wanted = wanted(name);
        String nonce = consume(hash);
        if (!wanted.properties().password().isEmpty() && !Password.same(hash, sha1(nonce + ":" + server.secret().open(wanted.properties().secret())))) {
            throw new ZdbException.Refused("Access denied");
        }
        enter(wanted, true);
    }

    private void enter(Namespace wanted, boolean writes) {
        if (!writes && !wanted.properties().open()) {
            throw new ZdbException.Refused("Namespace protected and private");
        }
        if (wanted != namespace) {
            wanted.enter();
            namespace.leave();
        }
        namespace = wanted;
        readOnly = !writes || wanted.name().equals(Store.DEFAULT) && server.config().settings().protect() && !admin;
    }

    void authenticate(String password) {
        String expected = expected();
        if (!Password.same(password, expected)) {
            throw new ZdbException.Refused("Access denied");
        }
        becomeAdmin();
    }

    private void becomeAdmin() {
        admin = true;
        readOnly = false;
    }

    private String expected() {
        return server.config().adminPassword().filter(each -> unrestricted()).orElseThrow(() -> new ZdbException.Refused("Authentication disabled"));
    }

    /** Eight random bytes in hex, good for one attempt. */
    String challenge() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        String fresh = HexFormat.of().formatHex(bytes);
        challenge = fresh;
        return fresh;
    }

    /** {@code hash} is SHA-1 of challenge, colon and password in hex, as the protocol has it; the challenge is used up either way. */
    void authenticateSecurely(String hash) {
        String expected = expected();
        String nonce = consume(hash);
        if (!Password.same(hash, sha1(nonce + ":" + expected))) {
            throw new ZdbException.Refused("Access denied");
        }
        becomeAdmin();
    }

    private String consume(String hash) {
        String nonce = challenge;
        challenge = null;
        if (nonce == null) {
            throw new ZdbException.Refused("No CHALLENGE requested, secure authentication not available");
        }
        if (hash.length() != HASH_LETTERS) {
            throw new ZdbException.Refused("Invalid hash length");
        }
        return nonce;
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
