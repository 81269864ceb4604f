package org.zosgrid.zdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RespTest {
    @Property(tries = 300)
    void aRequestIsReadAsItWasWritten(@ForAll @Size(min = 1, max = 20) List<byte[]> arguments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RespWriter writer = new RespWriter(bytes);
        writer.request(arguments);
        writer.flush();
        List<byte[]> read = reader(bytes.toByteArray()).request().orElseThrow();
        assertThat(read).hasSameSizeAs(arguments);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(arguments.get(i));
        }
    }

    @Property(tries = 300)
    void aCutRequestIsNeverTakenForAWholeOne(@ForAll @Size(min = 1, max = 5) List<byte[]> arguments, @ForAll int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RespWriter writer = new RespWriter(bytes);
        writer.request(arguments);
        writer.flush();
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), 1 + Math.floorMod(length, bytes.size() - 1));
        assertThatThrownBy(() -> reader(cut).request()).isInstanceOf(IOException.class);
    }

    @Property(tries = 1000)
    void nonsenseIsRefusedOrRead(@ForAll byte[] nonsense) {
        try {
            reader(nonsense).request();
            reader(nonsense).reply();
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Test
    void everyKindOfReplyComesThrough() throws IOException {
        Reply reply = new Reply.Array(List.of(Reply.OK, new Reply.Failure("no"), new Reply.Number(-7), Reply.NIL, new Reply.Array(List.of())));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RespWriter writer = new RespWriter(bytes);
        writer.reply(reply);
        writer.flush();
        assertThat(reader(bytes.toByteArray()).reply()).isEqualTo(reply);
    }

    @Test
    void lengthsAreBoundedBeforeAnythingIsAllocated() {
        for (String hostile : List.of("*2000000000\r\n", "*1\r\n$2000000000\r\n", "*1\r\n$-5\r\n", "*1\r\n$99999999999999999999\r\n")) {
            assertThatThrownBy(() -> reader(hostile.getBytes(StandardCharsets.US_ASCII)).request()).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> reader("*1\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII)).reply()).isInstanceOf(ProtocolException.class);
    }

    private static RespReader reader(byte[] bytes) {
        return new RespReader(new ByteArrayInputStream(bytes));
    }
}
