package org.zosgrid.node.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A TUN device: one IP packet per read and per write, without any header. It is gone when it is closed. */
public final class Tun implements AutoCloseable {
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFREQ_BYTES = 40;
    private static final int MAX_NAME = 15;

    private final FileDescriptor device;
    private final String name;

    private Tun(FileDescriptor device, String name) {
        this.device = device;
        this.name = name;
    }

    /** Creates the device in the current network namespace; the name has 1 to 15 characters. */
    public static Tun open(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > MAX_NAME) {
            throw new IllegalArgumentException("a device name must have 1 to " + MAX_NAME + " characters (is: " + name + ")");
        }
        FileDescriptor device = Linux.open(Path.of("/dev/net/tun"), Linux.O_RDWR | Linux.O_CLOEXEC | Linux.O_NONBLOCK);
        try {
            byte[] request = new byte[IFREQ_BYTES];
            System.arraycopy(bytes, 0, request, 0, bytes.length);
            ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putShort(16, (short) (IFF_TUN | IFF_NO_PI));
            Linux.ioctl(device, TUNSETIFF, request);
            return new Tun(device, name);
        } catch (RuntimeException refused) {
            device.close();
            throw refused;
        }
    }

    public String name() {
        return name;
    }

    /** Reads one packet into a direct buffer; waits for it at most so many milliseconds. Returns 0 when none came. */
    public int read(ByteBuffer packet, int milliseconds) {
        // Under load a packet is already there: one system call instead of two.
        int count = Linux.readAvailable(device, packet);
        if (count < 0 && Linux.awaitReadable(device, milliseconds)) {
            count = Linux.readAvailable(device, packet);
        }
        return Math.max(0, count);
    }

    /** Writes one packet from a direct buffer; fails when the device is down or the kernel finds the packet malformed. */
    public void write(ByteBuffer packet) {
        Linux.write(device, packet);
    }

    @Override
    public void close() {
        device.close();
    }
}
