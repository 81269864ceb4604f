package org.zosgrid.node.core0;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.terminal.TerminalAdmission.Signed;
import org.zosgrid.contract.terminal.TerminalChannel;
import org.zosgrid.contract.terminal.TerminalMessage;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.zmachine.Terminal;

/** One terminal that is open. A thread of its own carries what the shell writes, and looks whether the terminal may still be; what is typed comes from others. */
final class TerminalSession {
    private static final System.Logger LOG = System.getLogger(TerminalSession.class.getName());
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** How long what was shown last can still be fetched. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MAX_BUFFERED = 256 << 10;
    private static final int MAX_READ = 8 << 10;
    private static final int MAX_FRAMES = 64;
    private static final int TURN_MILLIS = 300;

    private final String name;
    private final Signed signed;
    private final TerminalChannel channel;
    private final Terminal shell;
    private final Runnable permission;
    private final Instant opened = Instant.now();
    private final Thread thread;
    private final Object typing = new Object();
    /** Sealed frames that were not fetched yet, or may be once more. */
    private final Deque<byte[]> frames = new ArrayDeque<>();

    private long first;
    private int buffered;
    private volatile Instant typed = opened;
    private volatile String reason = "";
    private volatile Instant ended = Instant.MAX;

    /** @param permission throws what does not allow the terminal any more */
    TerminalSession(String name, Signed signed, TerminalChannel channel, Terminal shell, Runnable permission) {
        this.name = name;
        this.signed = signed;
        this.channel = channel;
        this.shell = shell;
        this.permission = permission;
        this.thread = Thread.ofPlatform().daemon().name("terminal-" + name).start(this::carry);
    }

    Signed signed() {
        return signed;
    }

    boolean hasEnded() {
        return !ended.equals(Instant.MAX);
    }

    /** Whether nobody can fetch anything of it any more. */
    boolean isForgotten(Instant now) {
        return hasEnded() && ended.plus(KEPT).isBefore(now);
    }

    /** Ends it soon; the first reason counts. */
    void end(String why) {
        if (reason.isEmpty()) {
            reason = why;
        }
    }

    void awaitEnd(Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void type(List<byte[]> sealed) {
        synchronized (typing) {
            for (byte[] frame : sealed) {
                if (hasEnded() || !reason.isEmpty()) {
                    throw new NodeApiException(409, "the terminal has ended" + (reason.isEmpty() ? "" : ": " + reason));
                }
                type(frame);
            }
        }
    }

    private void type(byte[] frame) {
        try {
            permission.run();
            TerminalMessage message = channel.open(frame);
            typed = Instant.now();
            switch (message) {
                case TerminalMessage.Input input -> {
                    if (!shell.write(input.bytes())) {
                        end("the program does not take what is typed");
                    }
                }
                case TerminalMessage.Resize size -> shell.resize(size.rows(), size.columns());
                case TerminalMessage.Output wrong -> throw new ContractException("message", "must be input or a size");
                case TerminalMessage.Ended wrong -> throw new ContractException("message", "must be input or a size");
            }
        } catch (ContractException refused) {
            end(String.valueOf(refused.getMessage()));
            throw new NodeApiException(422, reason);
        }
    }

    synchronized TerminalFrames read(long from, Duration patience) {
        if (from < first || from > first + frames.size()) {
            throw new NodeApiException(422, "from: must be " + first + " to " + (first + frames.size()) + " (is: " + from + ")");
        }
        while (first < from) {
            buffered -= frames.removeFirst().length;
            first++;
        }
        notifyAll();
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); frames.isEmpty() && !hasEnded() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            pause(left);
        }
        List<byte[]> some = new ArrayList<>(frames.stream().limit(MAX_FRAMES).toList());
        return new TerminalFrames(some, hasEnded() && some.size() == frames.size());
    }

    private void carry() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_READ);
        try {
            while (reason.isEmpty()) {
                if (isFull()) {
                    watch();
                    continue;
                }
                int count = shell.read(buffer.clear(), TURN_MILLIS);
                if (count < 0) {
                    break;
                }
                if (count > 0) {
                    byte[] bytes = new byte[count];
                    buffer.flip().get(bytes);
                    show(new TerminalMessage.Output(bytes));
                }
                watch();
            }
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "terminal " + name + " failed", failed);
            end("the node could not go on; its log says why");
        } finally {
            close();
        }
    }

    private void close() {
        try {
            shell.close();
        } finally {
            synchronized (this) {
                ended = Instant.now();
                show(new TerminalMessage.Ended(reason.isEmpty() ? shell.exit() : Terminal.UNKNOWN, reason));
            }
            LOG.log(System.Logger.Level.INFO, "{0} left {1} of {2}: {3}", signed.request().requester(), signed.request().machine(), signed.request().deployment(),
                    reason.isEmpty() ? "the shell ended" : reason);
        }
    }

    private void watch() {
        Instant now = Instant.now();
        if (typed.plus(IDLE).isBefore(now)) {
            end("nothing was typed for " + IDLE.toMinutes() + " minutes");
        } else if (opened.plus(LONGEST).isBefore(now)) {
            end("it was open for an hour");
        }
        try {
            permission.run();
        } catch (ContractException over) {
            end(String.valueOf(over.getMessage()));
        }
    }

    private synchronized void show(TerminalMessage message) {
        byte[] frame = channel.seal(message);
        frames.addLast(frame);
        buffered += frame.length;
        notifyAll();
    }

    /** What nobody fetches is not read from the shell either: it waits then, as at any slow terminal. */
    private synchronized boolean isFull() {
        if (buffered > MAX_BUFFERED) {
            pause(TURN_MILLIS);
        }
        return buffered > MAX_BUFFERED;
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end("the node stops");
        }
    }
}
