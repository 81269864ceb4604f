package org.zosgrid.node.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The side of a pseudo-terminal on which a person sits; the other is a device that a program opens. This process never opens that one: a session leader that opens a
 * terminal gets it as its own, and dies when it is hung up.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSWINSZ = 0x5414L;
    private static final int O_NOCTTY = 0x100;
    private static final long PAUSE_MILLIS = 10;

    private final FileDescriptor master;
    private final Path device;

    private PseudoTerminal(FileDescriptor master, Path device) {
        this.master = master;
        this.device = device;
    }

    public static PseudoTerminal open() {
        FileDescriptor master = Linux.open(Path.of("/dev/ptmx"), Linux.O_RDWR | O_NOCTTY | Linux.O_CLOEXEC | Linux.O_NONBLOCK);
        try {
            byte[] unlocked = new byte[Integer.BYTES];
            Linux.ioctl(master, TIOCSPTLCK, unlocked);
            byte[] number = new byte[Integer.BYTES];
            Linux.ioctl(master, TIOCGPTN, number);
            return new PseudoTerminal(master, Path.of("/dev/pts", Integer.toString(ByteBuffer.wrap(number).order(ByteOrder.nativeOrder()).getInt())));
        } catch (RuntimeException refused) {
            master.close();
            throw refused;
        }
    }

    /** What the program opens. */
    public Path device() {
        return device;
    }

    /** Tells the program how large the window is, in characters. */
    public void resize(int rows, int columns) {
        byte[] size = new byte[8];
        ByteBuffer.wrap(size).order(ByteOrder.nativeOrder()).putShort((short) rows).putShort((short) columns);
        Linux.ioctl(master, TIOCSWINSZ, size);
    }

    /** Reads what was written to the terminal into a direct buffer; waits for it at most so many milliseconds. Returns 0 when nothing came, -1 once nobody has the device open any more. */
    public int read(ByteBuffer buffer, int milliseconds) {
        try {
            int count = Linux.readAvailable(master, buffer);
            if (count < 0 && Linux.awaitReadable(master, milliseconds)) {
                count = Linux.readAvailable(master, buffer);
            }
            return Math.max(0, count);
        } catch (LinuxException.SystemCall failed) {
            if (failed.errno() == Errno.EIO) {
                return -1;
            }
            throw failed;
        }
    }

    /** Writes a direct buffer as if it were typed; returns whether all of it was taken within the time. */
    public boolean write(ByteBuffer buffer, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (buffer.hasRemaining()) {
            if (Linux.writeAvailable(master, buffer) <= 0) {
                if (System.nanoTime() > end) {
                    return false;
                }
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** Hangs up: the programs on the other side are told by SIGHUP. */
    @Override
    public void close() {
        master.close();
    }
}
