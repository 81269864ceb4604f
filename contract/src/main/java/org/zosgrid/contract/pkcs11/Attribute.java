package org.zosgrid.contract.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One attribute of an object in a token, as it is asked for or given (CK_ATTRIBUTE: type, pointer, length). */
record Attribute(long type, byte[] value) {
    static final long CLASS = 0x00;
    static final long TOKEN = 0x01;
    static final long PRIVATE = 0x02;
    static final long LABEL = 0x03;
    static final long VALUE = 0x11;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long ENCRYPT = 0x104;
    static final long DECRYPT = 0x105;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10A;
    static final long VALUE_LEN = 0x161;
    static final long EXTRACTABLE = 0x162;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    static final long PUBLIC_KEY = 2;
    static final long PRIVATE_KEY = 3;
    static final long SECRET_KEY = 4;

    /** Bytes of one CK_ATTRIBUTE. */
    static final long SIZE = 24;

    private static final long POINTER_AT = 8;
    private static final long LENGTH_AT = 16;

    static Attribute of(long type, long value) {
        return new Attribute(type, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array());
    }

    static Attribute of(long type, boolean value) {
        return new Attribute(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    static Attribute of(long type, String value) {
        return new Attribute(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A template, one attribute after the other. */
    static MemorySegment template(Arena arena, List<Attribute> attributes) {
        MemorySegment template = arena.allocate(SIZE * attributes.size(), 8);
        for (int i = 0; i < attributes.size(); i++) {
            byte[] value = attributes.get(i).value;
            write(template, i, attributes.get(i).type, arena.allocateFrom(ValueLayout.JAVA_BYTE, value), value.length);
        }
        return template;
    }

    /** A template of one attribute whose value is asked for. */
    static MemorySegment wanted(Arena arena, long type, MemorySegment room) {
        MemorySegment template = arena.allocate(SIZE, 8);
        write(template, 0, type, room, room.byteSize());
        return template;
    }

    /** The length that the library wrote into a {@link #wanted} template. */
    static int length(MemorySegment template) {
        return Math.toIntExact(template.get(Cryptoki.ULONG, LENGTH_AT));
    }

    private static void write(MemorySegment template, long index, long type, MemorySegment value, long length) {
        template.set(Cryptoki.ULONG, index * SIZE, type);
        template.set(Cryptoki.POINTER, index * SIZE + POINTER_AT, value);
        template.set(Cryptoki.ULONG, index * SIZE + LENGTH_AT, length);
    }
}
