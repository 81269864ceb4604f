package org.zosgrid.cli.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Predicate;
import org.zosgrid.contract.key.Signer;

/**
 * Holds a key behind a Unix socket that only its owner can open, and asks before it signs. One question at a time: who comes meanwhile waits.
 *
 * <p>The socket is made in a directory of mode 700 and moved to its place with mode 600, so there is no moment at which others could connect.
 */
public final class SigningAgent implements AutoCloseable {
    private final Signer key;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Predicate<String> ask;
    private final boolean askForRequests;
    private final Request.Memory memory = new Request.Memory();

    private SigningAgent(Signer key, Path socket, ServerSocketChannel server, Predicate<String> ask, boolean askForRequests) {
        this.key = key;
        this.socket = socket;
        this.server = server;
        this.ask = ask;
        this.askForRequests = askForRequests;
    }

    /**
     * Opens the socket; {@link #serve} answers.
     *
     * @param ask shows the owner a text and returns their answer
     * @param askForRequests whether to ask for requests to the control plane as well; documents are always asked for
     */
    public static SigningAgent open(Signer key, Path socket, Predicate<String> ask, boolean askForRequests) {
        try {
            Path directory = Files.createTempDirectory(socket.toAbsolutePath().getParent(), ".agent", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path hidden = directory.resolve("s");
            try {
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(hidden));
                Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
                Files.move(hidden, socket, StandardCopyOption.ATOMIC_MOVE);
                return new SigningAgent(key, socket, server, ask, askForRequests);
            } finally {
                Files.deleteIfExists(hidden);
                Files.delete(directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot open the agent's socket " + socket + ": " + failed.getMessage(), failed);
        }
    }

    /** Answers until {@link #close} is called from elsewhere. */
    public void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                answer(client);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException broken) {
                // A client that went away or sent nonsense: the next one is answered.
                continue;
            }
        }
    }

    private void answer(SocketChannel client) throws IOException {
        Frames.Frame asked = Frames.read(client);
        switch (asked.kind()) {
            case Frames.KEY -> write(client, Reply.done(publicKey()));
            case Frames.SIGN -> write(client, sign(asked.content()));
            default -> write(client, Reply.refused("it does not know what was asked"));
        }
    }

    private static void write(SocketChannel client, Reply reply) throws IOException {
        Frames.write(client, reply.done() ? Frames.DONE : Frames.REFUSED, reply.content());
    }

    /** @param content what was asked for, or why not, in UTF-8 */
    record Reply(boolean done, byte[] content) {
        static Reply done(byte[] content) {
            return new Reply(true, content);
        }

        static Reply refused(String why) {
            return new Reply(false, why.getBytes(StandardCharsets.UTF_8));
        }
    }

    byte[] publicKey() {
        return key.verificationKey().spki();
    }

    /** A signature, if the bytes can be shown and the owner says yes. What needs no question does not wait for one that is open. */
    Reply sign(byte[] message) {
        Optional<Request> request = Request.of(message, memory);
        if (request.isEmpty()) {
            return Reply.refused("it signs only what it can show: documents, and requests to the control plane");
        }
        if ((request.get().document() || askForRequests) && !agreed(request.get().text())) {
            return Reply.refused("the owner of the key said no");
        }
        synchronized (key) {
            byte[] signature = key.sign(message);
            memory.remember(message);
            return Reply.done(signature);
        }
    }

    private synchronized boolean agreed(String text) {
        return ask.test(text);
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
