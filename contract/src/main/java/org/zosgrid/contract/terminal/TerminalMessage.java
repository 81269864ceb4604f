package org.zosgrid.contract.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zosgrid.contract.ContractException;

/** What the two ends of a terminal say to each other: a byte that tells the kind, then its content. */
public sealed interface TerminalMessage {
    /** What was typed, or pasted. */
    record Input(byte[] bytes) implements TerminalMessage {}

    /** The window's size, in characters; 1 to 1000 each. */
    record Resize(int rows, int columns) implements TerminalMessage {
        static final int MOST = 1000;

        public Resize {
            if (rows < 1 || rows > MOST || columns < 1 || columns > MOST) {
                throw new ContractException("size", "must be 1 to " + MOST + " rows and columns", rows + " x " + columns);
            }
        }
    }

    /** What the machine's side wrote. */
    record Output(byte[] bytes) implements TerminalMessage {}

    /**
     * The last message of a node: without it, what was shown may have been cut off.
     *
     * @param exit of the shell, 0 to 255; 255 also where somebody else ended it
     * @param reason why it ended, where the shell did not by itself; otherwise empty
     */
    record Ended(int exit, String reason) implements TerminalMessage {}

    /** The kind's byte, then the content. */
    default byte[] toBytes() {
        return switch (this) {
            case Input input -> message(0, input.bytes());
            case Resize size -> message(1, ByteBuffer.allocate(4).putShort((short) size.rows()).putShort((short) size.columns()).array());
            case Output output -> message(2, output.bytes());
            case Ended ended -> {
                byte[] reason = ended.reason().getBytes(StandardCharsets.UTF_8);
                yield message(3, ByteBuffer.allocate(1 + reason.length).put((byte) ended.exit()).put(reason).array());
            }
        };
    }

    /** @throws ContractException if it is none */
    static TerminalMessage of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new ContractException("message", "must not be empty");
        }
        byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case 0 -> new Input(content);
            case 1 -> {
                if (content.length != 4) {
                    throw new ContractException("size", "must have 4 bytes", Integer.toString(content.length));
                }
                yield new Resize(Short.toUnsignedInt(ByteBuffer.wrap(content).getShort()), Short.toUnsignedInt(ByteBuffer.wrap(content).getShort(2)));
            }
            case 2 -> new Output(content);
            case 3 -> {
                if (content.length == 0) {
                    throw new ContractException("exit", "is missing");
                }
                yield new Ended(Byte.toUnsignedInt(content[0]), new String(content, 1, content.length - 1, StandardCharsets.UTF_8));
            }
            default -> throw new ContractException("message", "must be of kind 0 to 3", Byte.toString(bytes[0]));
        };
    }

    private static byte[] message(int kind, byte[] content) {
        return ByteBuffer.allocate(1 + content.length).put((byte) kind).put(content).array();
    }
}
