package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/** Direct buffers of one thread, by powers of two: taking and giving makes no garbage. Keeps a bounded amount; larger ones are made and dropped. */
final class BufferPool {
    static final int LEAST = 4 << 10;
    static final int LARGEST = 512 << 10;
    static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private static final int KEPT = 4 << 20;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<ByteBuffer>[] free = new ArrayDeque[32];
    private int kept;

    BufferPool() {
        for (int i = 0; i < free.length; i++) {
            free[i] = new ArrayDeque<>();
        }
    }

    ByteBuffer take(int size) {
        int power = 32 - Integer.numberOfLeadingZeros(Math.max(size, LEAST) - 1);
        ByteBuffer buffer = free[power].poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(1 << power).order(ByteOrder.LITTLE_ENDIAN);
        }
        kept -= buffer.capacity();
        return buffer;
    }

    void give(ByteBuffer buffer) {
        int size = buffer.capacity();
        if (size == 0 || size > LARGEST || kept + size > KEPT) {
            return;
        }
        kept += size;
        free[31 - Integer.numberOfLeadingZeros(size)].push(buffer.clear());
    }
}
