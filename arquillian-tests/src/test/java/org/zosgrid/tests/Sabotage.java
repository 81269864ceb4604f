package org.zosgrid.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.envelope.Envelope;

/** What somebody with every right on the compute node does there to the machine {@code web} of one deployment, behind the back of the node's program. */
final class Sabotage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final String deployment;

    Sabotage(Stage stage, String deployment) {
        this.stage = stage;
        this.deployment = deployment;
    }

    /** Where the machine's files lie. */
    Path bundle() throws IOException {
        try (Stream<Path> all = Files.list(machines())) {
            return all.filter(each -> each.getFileName().toString().endsWith("-" + deployment + ".web")).findFirst().orElseThrow();
        }
    }

    /** As if the machine had written a file, which is where this says. */
    Path write(String name) throws IOException {
        Shell.run("runc", "--root", runtime(), "exec", bundle().getFileName().toString(), "/bin/busybox", "touch", "/" + name);
        return bundle().resolve("upper").resolve(name);
    }

    void kill() throws IOException {
        Shell.run("kill", "-KILL", process());
    }

    /** The container, its mount and everything that it wrote. */
    void takeAway() throws IOException {
        Path bundle = bundle();
        Shell.run("runc", "--root", runtime(), "delete", "--force", bundle.getFileName().toString());
        Shell.run("umount", "--lazy", bundle.resolve("merged").toString());
        Shell.run("rm", "-r", bundle.toString());
    }

    /** The machine's address goes from its interface: it runs, and nobody reaches it. */
    Undo makeUnreachable() throws IOException {
        String[] inside = {"nsenter", "--target", process(), "--net", "--"};
        String address = Arrays.stream(Shell.run(with(inside, "ip", "-6", "-oneline", "address", "show", "dev", "eth0", "scope", "global")).split("\\s+"))
                .filter(word -> word.endsWith("/128")).findFirst().orElseThrow();
        Shell.run(with(inside, "ip", "-6", "address", "delete", address, "dev", "eth0"));
        return () -> Shell.run(with(inside, "ip", "-6", "address", "add", address, "dev", "eth0", "nodad"));
    }

    /** One letter of the contract as it stands last in the node's own log is another. */
    Undo alterContract(Envelope sealed) throws IOException {
        byte[] sought = recorded(sealed).getBytes(StandardCharsets.ISO_8859_1);
        for (Path file : logFiles()) {
            int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lastIndexOf(new String(sought, StandardCharsets.ISO_8859_1));
            if (at >= 0) {
                write(file, at, (byte) (sought[0] ^ 1));
                return () -> write(file, at, sought[0]);
            }
        }
        throw new AssertionError("the contract is in no file below " + log());
    }

    /** The node was started again and may give away less memory than any machine needs. */
    Undo shrink() throws IOException {
        Path file = stage.home().resolve(Stage.COMPUTE).resolve("node.json");
        byte[] before = Files.readAllBytes(file);
        ObjectNode config = (ObjectNode) JSON.readTree(before);
        config.putObject("capacity").put("cpuMillis", 8000).put("memory", "16MiB");
        restartWith(file, JSON.writeValueAsBytes(config));
        return () -> restartWith(file, before);
    }

    private void restartWith(Path file, byte[] config) throws IOException {
        stage.process(Stage.COMPUTE).kill();
        Files.write(file, config);
        stage.startNode(Stage.COMPUTE);
        stage.await(Stage.COMPUTE, () -> stage.answers(stage.store(Stage.COMPUTE)));
    }

    /**
     * What a record of the log says of an envelope whatever signatures it carries: its JSON up to them, in base64 as it stands in the record. Whole groups of
     * three bytes only, since the last letter of a broken one depends on what follows.
     */
    private static String recorded(Envelope sealed) {
        byte[] json = new Envelope(sealed.payloadType(), sealed.payload(), List.of()).toJson();
        int unsigned = new String(json, StandardCharsets.ISO_8859_1).indexOf("\"signatures\"");
        return Base64.getEncoder().encodeToString(Arrays.copyOf(json, unsigned / 3 * 3));
    }

    private List<Path> logFiles() throws IOException {
        try (Stream<Path> all = Files.walk(log())) {
            return all.filter(Files::isRegularFile).filter(each -> each.toString().contains("contracts")).sorted().toList().reversed();
        }
    }

    private Path log() {
        return stage.home().resolve(Stage.COMPUTE).resolve("state/zdb");
    }

    private static void write(Path file, int at, byte value) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(value);
        }
    }

    private String process() throws IOException {
        JsonNode state = JSON.readTree(Shell.run("runc", "--root", runtime(), "state", bundle().getFileName().toString()));
        return state.path("pid").asText();
    }

    private Path machines() {
        return stage.home().resolve(Stage.COMPUTE).resolve("state/machines");
    }

    private String runtime() {
        return machines().resolve("runc").toString();
    }

    private static String[] with(String[] inside, String... command) {
        return Stream.concat(Arrays.stream(inside), Arrays.stream(command)).toArray(String[]::new);
    }

    /** Puts it back as it was. */
    interface Undo extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
