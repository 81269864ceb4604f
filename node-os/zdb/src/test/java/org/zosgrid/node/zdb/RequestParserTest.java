package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.zosgrid.zdb.client.RespReader;

/** The loop's parser and the stream's reader are two readings of one protocol. */
class RequestParserTest {
    private static final byte[] ALPHABET = "*$1230:\r\n\r\nab".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Property(tries = 20_000)
    void itTakesAndRefusesWhatTheStreamReaderDoes(@ForAll @Size(max = 40) List<@ByteRange(min = 0, max = 12) Byte> choices) {
        byte[] bytes = new byte[choices.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ALPHABET[choices.get(i)];
        }
        RequestParser parser = new RequestParser();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = parser.parse(in, 0, bytes.length);
        try {
            Optional<List<byte[]>> read = new RespReader(new ByteArrayInputStream(bytes)).request();
            if (read.isPresent()) {
                assertThat(end).isPositive();
                assertThat(parser.copied(in)).usingRecursiveComparison().isEqualTo(read.get());
            }
        } catch (IOException refused) {
            assertThat(end).isNegative();
        }
    }

    @Property
    void aRequestIsIncompleteUntilItsLastByte(@ForAll @Size(min = 1, max = 5) List<@Size(max = 20) String> words) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        var writer = new org.zosgrid.zdb.client.RespWriter(out);
        writer.request(words.stream().map(each -> each.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toList());
        writer.flush();
        byte[] bytes = out.toByteArray();
        RequestParser parser = new RequestParser();
        for (int to = 0; to < bytes.length; to++) {
            assertThat(parser.parse(ByteBuffer.wrap(bytes), 0, to)).isEqualTo(RequestParser.INCOMPLETE);
        }
        assertThat(parser.parse(ByteBuffer.wrap(bytes), 0, bytes.length)).isEqualTo(bytes.length);
    }

    /** Found by the fuzzer: the stream's reader once took a minus where the loop does not. */
    @org.junit.jupiter.api.Test
    void aLengthIsDigitsAlone() {
        for (String length : List.of("-0", "+1", "00000000001", " 1", "")) {
            byte[] bytes = ("*1\r\n$" + length + "\r\na\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(new RequestParser().parse(ByteBuffer.wrap(bytes), 0, bytes.length)).as(length).isEqualTo(RequestParser.MALFORMED);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RespReader(new ByteArrayInputStream(bytes)).request()).as(length).isInstanceOf(org.zosgrid.zdb.client.ProtocolException.class);
        }
    }
}
