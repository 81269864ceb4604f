package org.zosgrid.node.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocket;

/** Connections to one node on which nothing is under way. Safe for use by many threads. */
final class KeptConnections {
    /** Below what the node's server waits before it ends a connection that is idle. */
    private static final Duration MOST_IDLE = Duration.ofSeconds(5);

    private final int most;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    /** @param most how many are kept; 0 keeps none */
    KeptConnections(int most) {
        this.most = most;
    }

    boolean none() {
        return most == 0;
    }

    /** The one that was used last, if it was lately. */
    Optional<Connection> take() {
        for (Connection newest = idle.pollFirst(); newest != null; newest = idle.pollFirst()) {
            if (System.nanoTime() - newest.idleSince < MOST_IDLE.toNanos()) {
                return Optional.of(newest);
            }
            newest.close();
        }
        return Optional.empty();
    }

    /** After a whole answer. */
    void giveBack(Connection connection) {
        connection.idleSince = System.nanoTime();
        connection.used = true;
        idle.addFirst(connection);
        while (idle.size() > most) {
            Optional.ofNullable(idle.pollLast()).ifPresent(Connection::close);
        }
    }

    /** The other side had ended a connection before it answered anything. */
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1;

        EndedException(IOException cause) {
            super(cause);
        }
    }

    static final class Connection {
        private final SSLSocket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean used;
        private long idleSince;

        Connection(SSLSocket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** Sends a request and waits for the first byte of its answer. Throws {@link EndedException} if a connection that was used before ended instead. */
        InputStream send(byte[] head, byte[] body) throws IOException {
            try {
                out.write(head);
                out.write(body);
                out.flush();
                in.mark(1);
                if (in.read() < 0) {
                    throw new IOException("the connection ended before there was an answer");
                }
                in.reset();
                return in;
            } catch (SocketTimeoutException silent) {
                throw silent;
            } catch (IOException ended) {
                throw used ? new EndedException(ended) : ended;
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // there is nothing left to close
            }
        }
    }
}
