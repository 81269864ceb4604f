package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.ProtocolException;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.RespReader;
import org.zosgrid.zdb.client.RespWriter;

/** One client: which namespace it has selected, what it may do, and the loop that reads its commands and answers them. */
final class Session {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Optional<String> adminPassword;
    private final AccessPolicy policy;
    private final Commands commands;
    private Namespace namespace;
    private boolean admin;
    private @Nullable String challenge;

    Session(Store store, Optional<String> adminPassword, AccessPolicy policy) {
        this.store = store;
        this.adminPassword = adminPassword;
        this.policy = policy;
        this.admin = adminPassword.isEmpty() && policy instanceof AccessPolicy.Full;
        this.namespace = store.namespace(Store.DEFAULT).orElseThrow();
        this.commands = new Commands(store, this);
    }

    void serve(InputStream input, OutputStream output) throws IOException {
        RespReader in = new RespReader(input);
        RespWriter out = new RespWriter(output);
        try {
            while (true) {
                Optional<List<byte[]>> request = in.request();
                if (request.isEmpty()) {
                    return;
                }
                out.reply(answer(request.get()));
                // A pipeline is answered in one write.
                if (!in.pending()) {
                    out.flush();
                }
                if (store.namespace(namespace.name()).isEmpty()) {
                    out.reply(new Reply.Failure("Your active namespace is not available anymore (probably removed)."));
                    out.flush();
                    return;
                }
            }
        } catch (ProtocolException nonsense) {
            out.reply(new Reply.Failure(String.valueOf(nonsense.getMessage())));
            out.flush();
        }
    }

    private Reply answer(List<byte[]> request) {
        String command = new String(request.getFirst(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        boolean appends = command.equals("SET") && request.size() == 3 && request.get(1).length == 0 && namespace.properties().mode() == Mode.SEQUENTIAL;
        if (!policy.allows(command, namespace.name(), appends)) {
            return new Reply.Failure("Permission denied");
        }
        try {
            return commands.run(command, request.subList(1, request.size()));
        } catch (ZdbException.Refused refused) {
            return new Reply.Failure(String.valueOf(refused.getMessage()));
        } catch (ZdbException failed) {
            LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + ": " + failed.getMessage(), failed);
            return new Reply.Failure(failed instanceof ZdbException.DiskFailed ? String.valueOf(failed.getMessage()) : "Internal Error");
        }
    }

    Namespace namespace() {
        return namespace;
    }

    boolean admin() {
        return admin;
    }


    void select(String name, Optional<String> password) {
        Namespace wanted = store.namespace(name).filter(each -> policy.opens(name)).orElseThrow(() -> new ZdbException.Refused("Namespace not found"));
        String hash = wanted.properties().password();
        if (!hash.isEmpty() && !admin) {
            if (password.isEmpty()) {
                throw new ZdbException.Refused("Namespace protected and private");
            }
            if (!Password.matches(password.get(), hash)) {
                throw new ZdbException.Refused("Access denied");
            }
        }
        namespace = wanted;
    }

    void authenticate(String password) {
        String expected = adminPassword.orElseThrow(() -> new ZdbException.Refused("Authentication disabled"));
        if (!Password.same(password, expected)) {
            throw new ZdbException.Refused("Access denied");
        }
        admin = true;
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
        String expected = adminPassword.orElseThrow(() -> new ZdbException.Refused("Authentication disabled"));
        String nonce = challenge;
        challenge = null;
        if (nonce == null) {
            throw new ZdbException.Refused("No CHALLENGE requested, secure authentication not available");
        }
        if (hash.length() != 40) {
            throw new ZdbException.Refused("Invalid hash length");
        }
        if (!Password.same(hash, sha1(nonce + ":" + expected))) {
            throw new ZdbException.Refused("Access denied");
        }
        admin = true;
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
