package org.zosgrid.cli.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.DataSize;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;

/** Deployments of one small machine each, moved along by several clients at once through the door that everybody uses. */
final class ManyDeployments {
    private static final int CLIENTS = 8;
    /** From 10.64.0.0 on, a network of 256 addresses for each. */
    static final int MOST = 49_000;
    private static final int MILLIS = 10;
    private static final DataSize MEMORY = DataSize.parse("8MiB");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** And so much more for each of them. */
    private static final Duration PATIENCE_EACH = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Stage stage;
    private final String image;
    private final String prefix;
    private final int count;
    private final URI door;

    /**
     * @param image pinned
     * @param prefix of their names
     */
    ManyDeployments(Stage stage, String image, String prefix, int count) {
        this(stage, image, prefix, count, stage.controlPlaneAddress());
    }

    /** @param door the control plane that is called */
    ManyDeployments(Stage stage, String image, String prefix, int count, URI door) {
        if (count > MOST) {
            throw new CliException("there are private networks for " + MOST + " deployments (is: " + count + ")");
        }
        this.stage = stage;
        this.image = image;
        this.prefix = prefix;
        this.count = count;
        this.door = door;
    }

    /** The same ones, through another control plane. */
    ManyDeployments through(URI other) {
        return new ManyDeployments(stage, image, prefix, count, other);
    }

    /** Names are numbered from 0. */
    String name(int number) {
        return "%s-%05d".formatted(prefix, number);
    }

    /** Hands all of them in. */
    void submit(Steps.Progress progress) {
        ControlPlane alice = as(Cast.REQUESTER);
        together(IntStream.range(0, count).<Runnable>mapToObj(number -> () -> alice.submit(
                Envelope.sign(PayloadType.DEPLOYMENT, document(number).toJson(), stage.cast().key(Cast.REQUESTER)))).toList(), progress);
    }

    /** Approves each, by two people, as soon as it may be; returns when all are approved. */
    void approve() {
        Set<String> approved = new HashSet<>();
        Instant end = Instant.now().plus(patience());
        while (approved.size() < count) {
            List<String> open = names("approval").stream().filter(approved::add).toList();
            together(open.stream().<Runnable>map(name -> () -> {
                for (String person : List.of("bob", "carol")) {
                    ControlPlane approver = as(person);
                    Approval.of(approver, name, 1).give(approver, stage.cast().key(person));
                }
            }).toList(), (done, all) -> {});
            rest(open.isEmpty(), end, "only " + approved.size() + " of " + count + " could be approved");
        }
    }

    /** Returns when all of them are in this state. */
    void await(String state) {
        Instant end = Instant.now().plus(patience());
        for (int there = names(state).size(); there < count; there = names(state).size()) {
            rest(true, end, "only " + there + " of " + count + " are " + state);
        }
    }

    private Deployment document(int number) {
        String name = name(number);
        Deployment drawn = Documents.deployment(name, 1, image, name + ".example", "10.%d.%d.0/24".formatted(64 + number / 256, number % 256));
        Machine machine = drawn.machines().getFirst();
        return drawn.withMachines(List.of(new Machine(machine.name(), machine.node(), machine.image(), machine.command(), machine.environment(), MILLIS, MEMORY, machine.ports(), machine.terminal())));
    }

    private List<String> names(String state) {
        return as(Cast.REQUESTER).list(prefix + "-", state).stream().map(each -> each.path("name").asText()).toList();
    }

    private ControlPlane as(String person) {
        return new ControlPlane(door, stage.cast().key(person));
    }

    private static void together(List<Runnable> work, Steps.Progress progress) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> answers = new ArrayList<>();
            work.forEach(each -> answers.add(clients.submit(each)));
            for (int i = 0; i < answers.size(); i++) {
                answers.get(i).get();
                progress.at(i + 1L, answers.size());
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new CliException("a client failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    private Duration patience() {
        return PATIENCE.plus(PATIENCE_EACH.multipliedBy(count));
    }

    private void rest(boolean needed, Instant end, String otherwise) {
        if (Instant.now().isAfter(end)) {
            throw new CliException(otherwise + " after " + patience().toMinutes() + " minutes");
        }
        try {
            Thread.sleep(needed ? PAUSE : Duration.ZERO);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
