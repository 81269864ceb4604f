package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * Every documented reply of the protocol: a row of {@code conformance.txt} each, against a server of its own that was started with the row's command line, over
 * sockets. How a row is written stands at the head of that file.
 */
class ConformanceTest {
    @TempDir
    Path data;

    /** A line of the table. */
    record Row(String options, String commands, String expected) {
        @Override
        public String toString() {
            return (options.isEmpty() ? "" : options + ": ") + commands;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table = ConformanceTest.class.getResourceAsStream("conformance.txt")) {
            List<Row> rows = new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> {
                String[] cell = line.split("\\|", 3);
                return new Row(cell[0].strip(), cell[1].strip(), cell[2].strip());
            }).toList();
            assertThat(rows).hasSizeGreaterThan(200).doesNotHaveDuplicates();
            return rows.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void itAnswers(Row row) {
        Map<String, ZdbClient> clients = new HashMap<>();
        Reply last = Reply.NIL;
        try (ZdbServer server = ZdbServer.start(options(row.options()).config())) {
            for (String command : row.commands().split(";")) {
                String words = command.strip();
                String name = words.matches("[B-Z]: .*") ? words.substring(0, 1) : "A";
                ZdbClient client = clients.computeIfAbsent(name, absent -> ZdbClient.connect(server.addresses().getFirst()));
                last = client.send(arguments(words.replaceFirst("^[B-Z]: ", ""), last));
            }
        } finally {
            clients.values().forEach(ZdbClient::close);
        }
        if (row.expected().startsWith("~")) {
            assertThat(shown(last)).matches("(?s)" + row.expected().substring(1));
        } else {
            assertThat(shown(last)).isEqualTo(row.expected());
        }
    }

    private Options options(String line) {
        Stream<String> given = line.isEmpty() ? Stream.of() : Stream.of(line.split(" "));
        return Options.of(Stream.concat(Stream.of("--data", data.toString(), "--port", "0"), given).toArray(String[]::new));
    }

    private static byte[][] arguments(String command, Reply last) {
        return Stream.of(command.split(" ")).map(word -> argument(word, last)).toArray(byte[][]::new);
    }

    private static byte[] argument(String word, Reply last) {
        if (word.equals("''")) {
            return new byte[0];
        }
        if (word.matches(".\\*[0-9]+")) {
            return word.substring(0, 1).repeat(Integer.parseInt(word.substring(2))).getBytes(StandardCharsets.UTF_8);
        }
        if (word.matches("#[0-9]+")) {
            return ZdbClient.key(Long.parseLong(word.substring(1)));
        }
        if (word.startsWith("@sha1:")) {
            return sha1(new String(bytes(last), StandardCharsets.UTF_8) + ":" + word.substring(6)).getBytes(StandardCharsets.US_ASCII);
        }
        if (word.matches("@[0-9.]*")) {
            return bytes(item(last, word.substring(1)));
        }
        return unescaped(word);
    }

    private static Reply item(Reply reply, String path) {
        Reply at = reply;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            at = ((Reply.Array) at).items().get(Integer.parseInt(step));
        }
        return at;
    }

    private static byte[] bytes(Reply reply) {
        return switch (reply) {
            case Reply.Bulk bulk -> bulk.bytes();
            case Reply.Simple simple -> simple.text().getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("the reply before is not text: " + shown(reply));
        };
    }

    private static byte[] unescaped(String word) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < word.length(); i++) {
            if (word.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(word.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.writeBytes(word.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As the table shows replies: bytes that are no printable ASCII as {@code \xNN}. */
    static String shown(Reply reply) {
        return switch (reply) {
            case Reply.Simple simple -> "+" + simple.text();
            case Reply.Failure failure -> "-" + failure.text();
            case Reply.Number number -> ":" + number.value();
            case Reply.Bulk bulk -> "$" + printable(bulk.bytes());
            case Reply.Nil nil -> "nil";
            case Reply.Array array -> "[" + String.join(" ", array.items().stream().map(ConformanceTest::shown).toList()) + "]";
        };
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            if (each >= ' ' && each < 127 || each == '\n') {
                text.append((char) each);
            } else {
                text.append(String.format("\\x%02x", each));
            }
        }
        return text.toString();
    }
}
