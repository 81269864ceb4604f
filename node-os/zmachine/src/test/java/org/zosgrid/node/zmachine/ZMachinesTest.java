package org.zosgrid.node.zmachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.Mounts;

/** Runs real containers: needs root and runc. */
class ZMachinesTest {
    private static final String NAME = "zmtest-" + ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private Path root;
    private ZMachines machines;

    @BeforeEach
    void makeRoot() throws IOException {
        root = directory.resolve("root");
        for (String each : List.of("bin", "proc", "sys", "dev", "tmp")) {
            Files.createDirectories(root.resolve(each));
        }
        Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
        Command.run("ip", "netns", "add", NAME);
        machines = new ZMachines(directory.resolve("machines"));
    }

    @AfterEach
    void removeAll() {
        machines.list().forEach(machines::delete);
        Command.attempt("ip", "netns", "delete", NAME);
        assertThat(Mounts.below(directory)).isEmpty();
        assertThat(Path.of("/sys/fs/cgroup/memory", NAME)).doesNotExist();
    }

    @Test
    void itRunsAndItsOutputCanBeRead() {
        machines.start(spec("echo hello; id -u; exec sleep 1000", 64 << 20));
        assertThat(machines.state(NAME)).isEqualTo(ZMachines.State.RUNNING);
        await(() -> machines.logs(NAME, 1000).equals("hello\n0\n"));
        assertThat(machines.logs(NAME, 2)).isEqualTo("0\n");
    }

    @Test
    void itTellsWhatItTakes() {
        assertThat(machines.usage(NAME)).isEmpty();
        machines.start(spec("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo counted; exec sleep 1000", 64 << 20));
        await(() -> machines.logs(NAME, 1000).equals("counted\n"));
        Usage usage = machines.usage(NAME).orElseThrow();
        assertThat(usage.cpuNanos()).isPositive();
        assertThat(usage.memoryBytes()).isBetween(1L, 64L << 20);
        assertThat(usage.processes()).isEqualTo(1);
        assertThat(usage.receivedBytes()).isZero();
        machines.stop(NAME, Duration.ofMillis(100));
        assertThat(machines.usage(NAME)).isEmpty();
    }

    @Test
    void anotherProcessFindsItRunningAndStartingItAgainDoesNothing() {
        machines.start(spec("echo started; exec sleep 1000", 64 << 20));
        ZMachines later = new ZMachines(directory.resolve("machines"));
        assertThat(later.list()).containsExactly(NAME);
        assertThat(later.state(NAME)).isEqualTo(ZMachines.State.RUNNING);
        later.start(spec("echo started; exec sleep 1000", 64 << 20));
        await(() -> !later.logs(NAME, 1000).isEmpty());
        assertThat(later.logs(NAME, 1000)).isEqualTo("started\n");
    }

    @Test
    void itIsEndedAtItsMemoryLimit() {
        machines.start(spec("x=a; while true; do x=$x$x; done", 16 << 20));
        await(() -> machines.state(NAME) == ZMachines.State.STOPPED);
    }

    @Test
    void whatItWroteStaysThroughAStopAndIsGoneAfterDeletion() {
        machines.start(spec("echo kept > /file; exec sleep 1000", 64 << 20));
        await(() -> Files.exists(directory.resolve("machines").resolve(NAME).resolve("upper/file")));
        machines.stop(NAME, Duration.ofMillis(100));
        assertThat(machines.state(NAME)).isEqualTo(ZMachines.State.ABSENT);
        assertThat(root.resolve("file")).doesNotExist();
        machines.start(spec("cat /file; exec sleep 1000", 64 << 20));
        await(() -> machines.logs(NAME, 1000).endsWith("kept\n"));
        machines.delete(NAME);
        assertThat(directory.resolve("machines").resolve(NAME)).doesNotExist();
    }

    @Test
    void byAnotherDefinitionItBeginsWithAnEmptyLayer() {
        machines.start(spec("echo kept > /file; exec sleep 1000", 64 << 20));
        await(() -> Files.exists(directory.resolve("machines").resolve(NAME).resolve("upper/file")));
        machines.stop(NAME, Duration.ofMillis(100));
        ContainerSpec same = spec("exec sleep 1000", 64 << 20);
        machines.start(new ContainerSpec(NAME, "web 2", root, same.command(), same.environment(), "/", "", 500, 64 << 20, same.networkNamespace()));
        assertThat(directory.resolve("machines").resolve(NAME).resolve("upper/file")).doesNotExist();
    }

    @Test
    void whatCannotBeStartedSaysWhyAndLeavesNothing() {
        ContainerSpec broken = new ContainerSpec(NAME, "broken", root, List.of("/no/such/program"), Map.of(), "/", "", 500, 64 << 20, Path.of("/run/netns", NAME));
        assertThatThrownBy(() -> machines.start(broken)).isInstanceOf(ZMachineException.class).hasMessageContaining("/no/such/program");
        assertThat(machines.state(NAME)).isEqualTo(ZMachines.State.ABSENT);
    }

    @Test
    void whatSomebodyElseDidToItsFilesIsFound() throws IOException {
        machines.start(spec("exec sleep 1000", 64 << 20));
        Path bundle = directory.resolve("machines").resolve(NAME);
        assertThat(machines.damage(NAME, "web")).isEmpty();
        byte[] configuration = Files.readAllBytes(bundle.resolve("config.json"));
        Files.writeString(bundle.resolve("config.json"), "{}");
        assertThat(machines.damage(NAME, "web")).contains(ZMachines.Damage.ALTERED);
        Files.write(bundle.resolve("config.json"), configuration);
        assertThat(machines.damage(NAME, "web")).isEmpty();
        Files.writeString(bundle.resolve("definition"), "another");
        assertThat(machines.damage(NAME, "web")).contains(ZMachines.Damage.ALTERED);
        Files.writeString(bundle.resolve("definition"), "web");
        Files.move(bundle.resolve("upper"), bundle.resolve("elsewhere"));
        assertThat(machines.damage(NAME, "web")).contains(ZMachines.Damage.GONE);
    }

    @Test
    void aShellInItIsTypedIntoAndEndsWithIt() {
        machines.start(spec("exec sleep 1000", 64 << 20));
        Terminal terminal = machines.terminal(NAME);
        terminal.resize(40, 120);
        // The shell begins before runc has told its terminal how large ours is.
        terminal.write("until [ \"$(busybox stty size 2>&1)\" = \"40 120\" ]; do busybox sleep 0.05; done; echo $((6*7)) $(busybox stty size) $(busybox hostname)\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(readUntil(terminal, "42 40 120 ")).contains("42 40 120 ");
        machines.stop(NAME, Duration.ofMillis(100));
        readUntil(terminal, "nothing more comes");
        terminal.close();
        assertThat(terminal.exit()).isNotZero();
    }

    @Test
    void whatRunsInATerminalEndsWhenItIsClosed() throws IOException {
        machines.start(spec("exec sleep 1000", 64 << 20));
        Terminal terminal = machines.terminal(NAME);
        terminal.write("trap '' HUP; echo my'self'\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        readUntil(terminal, "myself");
        assertThat(machines.usage(NAME).orElseThrow().processes()).isEqualTo(2);
        terminal.close();
        await(() -> machines.usage(NAME).orElseThrow().processes() == 1);
        try (var files = Files.list(directory.resolve("machines").resolve(NAME))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("terminal-"))).isEmpty();
        }
    }

    @Test
    void thereIsNoShellInWhatDoesNotRun() {
        assertThatThrownBy(() -> machines.terminal(NAME)).isInstanceOf(ZMachineException.class).hasMessageContaining("does not run");
    }

    /** Everything up to a text, or up to the end. */
    private static String readUntil(Terminal terminal, String text) {
        StringBuilder all = new StringBuilder();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (all.indexOf(text) < 0 && System.nanoTime() < end) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocateDirect(4096);
            if (terminal.read(buffer, 200) < 0) {
                break;
            }
            all.append(java.nio.charset.StandardCharsets.UTF_8.decode(buffer.flip()));
        }
        return all.toString();
    }

    @Test
    void afterAStopItsFilesAreAsTheyWereLeft() {
        machines.start(spec("exec sleep 1000", 64 << 20));
        machines.stop(NAME, Duration.ofMillis(100));
        assertThat(machines.damage(NAME, "web")).isEmpty();
    }

    @Test
    void allAreAskedToEndBeforeTheFirstIsKilled() {
        List<String> stubborn = IntStream.range(0, 10).mapToObj(number -> NAME + "-" + number).toList();
        String life = "trap 'read t rest < /proc/uptime; echo asked $t' TERM; while true; do read t rest < /proc/uptime; echo alive $t; busybox sleep 0.05; done";
        stubborn.forEach(id -> machines.start(spec(id, life, 64 << 20)));
        String polite = NAME + "-polite";
        machines.start(spec(polite, "trap 'echo ended; exit 0' TERM; echo alive; while true; do busybox sleep 0.05; done", 64 << 20));
        List<String> all = Stream.concat(stubborn.stream(), Stream.of(polite)).toList();
        await(() -> all.stream().allMatch(id -> machines.logs(id, 1000).contains("alive")));

        machines.stop(all, Duration.ofSeconds(2));

        assertThat(all).allSatisfy(id -> assertThat(machines.state(id)).isEqualTo(ZMachines.State.ABSENT));
        assertThat(machines.logs(polite, 1000)).endsWith("ended\n");
        double lastAsked = stubborn.stream().mapToDouble(id -> moments(id, "asked").getFirst()).max().orElseThrow();
        double firstKilled = stubborn.stream().mapToDouble(id -> moments(id, "alive").getLast()).min().orElseThrow();
        assertThat(lastAsked).as("the last was asked, in seconds after the boot").isLessThan(firstKilled);
    }

    @Test
    void oneThatCannotBeStoppedKeepsNoneOfTheOthers() throws IOException {
        String broken = NAME + "-0";
        machines.start(spec("echo alive; exec sleep 1000", 64 << 20));
        machines.start(spec(broken, "echo alive; exec sleep 1000", 64 << 20));
        Path state = directory.resolve("machines/runc").resolve(broken).resolve("state.json");
        byte[] asItWas = Files.readAllBytes(state);
        Files.writeString(state, "{}");
        assertThatThrownBy(() -> machines.stop(List.of(broken, NAME), Duration.ofMillis(100))).isInstanceOf(ZMachineException.class).hasMessageContaining(broken);
        Files.write(state, asItWas);
        assertThat(machines.state(NAME)).isEqualTo(ZMachines.State.ABSENT);
        assertThat(machines.state(broken)).isEqualTo(ZMachines.State.RUNNING);
    }

    /** When a container wrote a word, in seconds after the boot. */
    private List<Double> moments(String id, String word) {
        return machines.logs(id, 1 << 16).lines().filter(line -> line.startsWith(word + " ")).map(line -> Double.valueOf(line.substring(word.length() + 1))).toList();
    }

    private ContainerSpec spec(String script, long memory) {
        return spec(NAME, script, memory);
    }

    private ContainerSpec spec(String id, String script, long memory) {
        return new ContainerSpec(id, "web", root, List.of("/bin/sh", "-c", script.replace("exec sleep", "exec busybox sleep").replace("id -u", "busybox id -u").replace("cat /", "busybox cat /")),
                Map.of(), "/", "", 500, memory, Path.of("/run/netns", NAME));
    }

    private static void await(BooleanSupplier condition) {
        org.assertj.core.api.Assertions.assertThat(java.util.concurrent.CompletableFuture.runAsync(() -> {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        })).succeedsWithin(Duration.ofSeconds(10));
    }
}
