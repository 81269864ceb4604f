package org.zosgrid.node.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The system calls a node needs. Buffers are direct {@link ByteBuffer}s, read from or written to between position and limit; the position moves by
 * what was transferred. A call that a signal interrupted is made again.
 */
public final class Linux {
    public static final int O_RDONLY = 0;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_NONBLOCK = 0x800;
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_BIND = 4096;
    /** Detach a busy mount now, clean up when its last user is gone. */
    public static final int MNT_DETACH = 2;
    public static final short POLLIN = 1;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

    /** One thread's place for errno: allocated once, since every call needs it. */
    private static final ThreadLocal<MemorySegment> STATE = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURED));

    private static final MethodHandle OPEN = variadic("open", 2, FunctionDescriptor.of(INT, POINTER, INT, INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ = function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle WRITE = function("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle IOCTL = variadic("ioctl", 2, FunctionDescriptor.of(INT, INT, LONG, POINTER));
    private static final MethodHandle MOUNT = function("mount", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, LONG, POINTER));
    private static final MethodHandle UMOUNT = function("umount2", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle SETNS = function("setns", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle FALLOCATE = function("fallocate", FunctionDescriptor.of(INT, INT, INT, LONG, LONG));
    private static final MethodHandle POLL = function("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));

    private Linux() {}

    public static FileDescriptor open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            return new FileDescriptor((int) checked("open " + path, () -> (int) OPEN.invokeExact(STATE.get(), name, flags, 0)));
        }
    }

    /** Fills the buffer with what is there, at most its remaining bytes; returns how many, 0 at the end. */
    public static int read(FileDescriptor file, ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        int count = (int) checked("read", () -> (long) READ.invokeExact(STATE.get(), file.number(), memory, memory.byteSize()));
        buffer.position(buffer.position() + count);
        return count;
    }

    /** As {@link #read}, from a descriptor opened with {@link #O_NONBLOCK}; returns -1 when nothing is there now. */
    static int readAvailable(FileDescriptor file, ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        long result = attempted(() -> (long) READ.invokeExact(STATE.get(), file.number(), memory, memory.byteSize()));
        if (result == -Errno.EAGAIN) {
            return -1;
        }
        int count = (int) orThrow("read", result);
        buffer.position(buffer.position() + count);
        return count;
    }

    /** Writes the buffer's remaining bytes in one call; returns how many were taken. */
    public static int write(FileDescriptor file, ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        int count = (int) checked("write", () -> (long) WRITE.invokeExact(STATE.get(), file.number(), memory, memory.byteSize()));
        buffer.position(buffer.position() + count);
        return count;
    }

    /** As {@link #write}, to a descriptor opened with {@link #O_NONBLOCK}; returns -1 when nothing can be taken now. */
    static int writeAvailable(FileDescriptor file, ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        long result = attempted(() -> (long) WRITE.invokeExact(STATE.get(), file.number(), memory, memory.byteSize()));
        if (result == -Errno.EAGAIN) {
            return -1;
        }
        int count = (int) orThrow("write", result);
        buffer.position(buffer.position() + count);
        return count;
    }

    /** Calls ioctl with a pointer to the buffer's bytes, which the kernel may read and change. */
    public static int ioctl(FileDescriptor file, long request, byte[] argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, argument);
            int result = (int) checked("ioctl 0x" + Long.toHexString(request), () -> (int) IOCTL.invokeExact(STATE.get(), file.number(), request, memory));
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, argument, 0, argument.length);
            return result;
        }
    }

    /** Calls ioctl with a plain number. */
    public static int ioctl(FileDescriptor file, long request, long argument) {
        return (int) checked("ioctl 0x" + Long.toHexString(request),
                () -> (int) IOCTL.invokeExact(STATE.get(), file.number(), request, MemorySegment.ofAddress(argument)));
    }

    /** Has the file system set blocks aside for a file's first bytes, so that writing them cannot meet a full disk; the file becomes that long. */
    public static void allocate(Path path, long bytes) {
        try (FileDescriptor file = open(path, O_RDWR | O_CLOEXEC)) {
            checked("fallocate " + path, () -> (int) FALLOCATE.invokeExact(STATE.get(), file.number(), 0, 0L, bytes));
        }
    }

    /** Mounts a file system; {@code data} are its own options. */
    public static void mount(String source, Path target, String type, long flags, String data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(source);
            MemorySegment to = arena.allocateFrom(target.toString());
            MemorySegment kind = arena.allocateFrom(type);
            MemorySegment options = arena.allocateFrom(data);
            checked("mount " + type + " at " + target, () -> (int) MOUNT.invokeExact(STATE.get(), from, to, kind, flags, options));
        }
    }

    public static void unmount(Path target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = arena.allocateFrom(target.toString());
            checked("umount " + target, () -> (int) UMOUNT.invokeExact(STATE.get(), at, flags));
        }
    }

    /** Waits until the descriptor can be read, at most so many milliseconds; returns whether it can. */
    public static boolean awaitReadable(FileDescriptor file, int milliseconds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(8, 4);
            entry.set(INT, 0, file.number());
            entry.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            return checked("poll", () -> (int) POLL.invokeExact(STATE.get(), entry, 1L, milliseconds)) > 0;
        }
    }

    /**
     * Moves the calling thread into a network namespace: devices and sockets it opens from now on belong there, and so do the platform threads it starts
     * and the tools it runs. Only for platform threads, since a virtual one changes its carrier.
     *
     * @param namespace its file, as /run/netns/NAME or /proc/PID/ns/net
     */
    public static void enterNetworkNamespace(Path namespace) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no namespace of its own");
        }
        try (FileDescriptor file = open(namespace, O_RDONLY | O_CLOEXEC)) {
            checked("setns " + namespace, () -> (int) SETNS.invokeExact(STATE.get(), file.number(), CLONE_NEWNET));
        }
    }

    static void close(int number) {
        try {
            int ignored = (int) CLOSE.invokeExact(STATE.get(), number);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A native call that reports failure by a negative result and errno. */
    private interface Call {
        long make() throws Throwable;
    }

    private static long checked(String what, Call call) {
        return orThrow(what, attempted(call));
    }

    private static long orThrow(String what, long result) {
        if (result < 0) {
            throw new LinuxException.SystemCall(what, (int) -result);
        }
        return result;
    }

    /** The call's result, or its negative errno; made again as often as a signal interrupts it. */
    private static long attempted(Call call) {
        while (true) {
            long result;
            try {
                result = call.make();
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
            if (result >= 0) {
                return result;
            }
            int errno = (int) ERRNO.get(STATE.get(), 0L);
            if (errno != Errno.EINTR) {
                return -errno;
            }
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LIBC.findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, int firstVariadic, FunctionDescriptor type) {
        return LINKER.downcallHandle(LIBC.findOrThrow(name), type, Linker.Option.firstVariadicArg(firstVariadic), Linker.Option.captureCallState("errno"));
    }
}
