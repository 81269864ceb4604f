package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.node.zdb.Requests;
import org.zosgrid.zdb.client.RespReader;
import org.zosgrid.zdb.client.RespWriter;

@ExtendWith(CoverageGuided.class)
class RequestFuzz {
    static Stream<byte[]> seeds() {
        return Vectors.seeds(written(List.of("SET", "key", "value")), written(List.of("PING")), Vectors.utf8("*2\r\n$3\r\nGET\r\n$0\r\n\r\n"), Vectors.utf8("*1025\r\n"),
                Vectors.utf8("*1\r\n$8388609\r\n"), Vectors.utf8("*-1\r\n"), Vectors.utf8("PING\r\n"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void theLoopReadsWhatTheStreamReadsAndRefusesWhatItRefuses(byte[] input) {
        Finding.unless(RequestFuzz.class, input, () -> read(input));
    }

    private static void read(byte[] input) {
        Optional<List<byte[]>> loops;
        try {
            loops = Requests.first(input);
        } catch (IllegalArgumentException malformed) {
            assertThat(malformed.getMessage()).isNotBlank();
            loops = Optional.empty();
        }
        Optional<List<byte[]>> streams;
        try {
            streams = new RespReader(new ByteArrayInputStream(input)).request();
        } catch (IOException refusedOrCutOff) {
            streams = Optional.empty();
        }
        assertThat(loops.isPresent()).isEqualTo(streams.isPresent());
        if (loops.isPresent()) {
            assertThat(loops.get()).usingRecursiveComparison().isEqualTo(streams.get());
        }
    }

    private static byte[] written(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            RespWriter writer = new RespWriter(out);
            writer.request(words.stream().map(Vectors::utf8).toList());
            writer.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
