package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.Drawings;
import org.zosgrid.bpmn.model.Finding;
import org.zosgrid.bpmn.model.ModelCheck;
import org.zosgrid.bpmn.model.Mutation;
import org.zosgrid.bpmn.model.RefusedModelException;

/**
 * No model, however drawn, makes the engine seal without a quorum: models are changed at random; each is refused, or every run of it on the engine, with
 * people, nodes and time that do what they like, is in order.
 */
class AnyModelTest {
    private static final int MODELS = 20;
    private static final int RUNS = 2;
    private static final List<String> CALLS = List.of("verify", "seal", "open routes", "send compute-1", "webhook chat", "ticket service-desk", "window night");
    private static final List<Duration> TIMES = List.of(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(3));

    private final Random random = new Random(20);
    private Ports ports;
    private ChangeProcesses processes;
    private String instance;

    @AfterEach
    void clock() {
        ClockUtil.reset();
    }

    @Test
    void whateverIsAcceptedRunsInOrder() {
        ModelCheck check = ModelCheck.ofCustomers(Drawings.SURROUNDINGS);
        List<String> drawn = List.of(Drawings.deployment("any").xml(), Drawings.removal("any").xml(), Drawings.everything("any").xml());
        Mutation mutation = new Mutation(random);
        Set<String> rules = new TreeSet<>();
        int accepted = 0;
        int sealed = 0;
        int tried = 0;
        while (accepted < MODELS) {
            if (++tried > 100 * MODELS) {
                fail("only " + accepted + " models of " + tried + " were accepted");
            }
            String xml = mutation.of(drawn.get(random.nextInt(drawn.size())));
            try {
                CheckedModel model = check.checked(xml.getBytes(StandardCharsets.UTF_8));
                accepted++;
                sealed += runs(model, xml);
            } catch (RefusedModelException refused) {
                refused.findings().stream().map(Finding::rule).forEach(rule -> rules.add(rule.toString()));
            }
        }
        assertThat(rules).as("the changes break the order of steps").contains("quorum", "verify-first", "seal-first", "healthy-first", "undo", "outcome", "uncaught", "twice", "ends");
        assertThat(sealed).as("runs that came to seal, of " + MODELS * RUNS).isGreaterThan(MODELS / 2);
    }

    private int runs(CheckedModel model, String xml) {
        Deployment deployment = Engine.engine().getRepositoryService().createDeployment().addInputStream("any.bpmn", new ByteArrayInputStream(model.forTheEngine())).deploy();
        try {
            assertThat(ModelCheck.ofTheEngine().check(model.forTheEngine())).as(xml).filteredOn(finding -> !finding.rule().toString().equals("complex")).isEmpty();
            int sealed = 0;
            for (int i = 0; i < RUNS; i++) {
                sealed += run(model, xml) ? 1 : 0;
            }
            return sealed;
        } finally {
            Engine.engine().getRepositoryService().deleteDeployment(deployment.getId(), true);
        }
    }

    /** Whether the change was sealed. */
    private boolean run(CheckedModel model, String xml) {
        ClockUtil.setCurrentTime(new Date());
        ports = new Ports();
        ports.facts = new ChangeFacts(model.removes() ? "decommission" : "deployment", random.nextBoolean() ? "production" : "staging", random.nextBoolean(), random.nextInt(30), 64);
        ports.floor = 1;
        Engine.use(ports);
        ((StandaloneProcessEngineConfiguration) Engine.engine().getProcessEngineConfiguration()).getBeans().putAll(new SidePorts(ports).steps());
        processes = new ChangeProcesses(Engine.engine().getRuntimeService(), Engine.engine().getTaskService(), Engine.engine().getHistoryService(), Play.TIMING);
        for (String call : CALLS) {
            if (random.nextInt(8) == 0) {
                ports.calls.add("refuse " + call);
                ports.refusals.put(call, random.nextBoolean() || call.startsWith("webhook") || call.startsWith("window") || call.startsWith("send")
                        ? call.startsWith("send") ? new UnavailableException("away") : new InvalidChangeException("invalid") : call.equals("seal") ? new InvalidChangeException("invalid") : new UnavailableException("away"));
            }
        }
        instance = processes.start(model.id(), 7, "shop", 3);
        Engine.runDueJobs(instance);
        for (int i = 0; i < 60 && !Engine.hasEnded(instance); i++) {
            somethingHappens(model);
            Engine.runDueJobs(instance);
        }
        Trace trace = new Trace(ports.calls.stream().filter(call -> !call.startsWith("tell") && !call.startsWith("webhook") && !call.startsWith("ticket") && !call.startsWith("window") && !call.equals("remind")).toList(), ports.nodes);
        try {
            trace.isInOrder(Engine.hasEnded(instance));
        } catch (AssertionError broken) {
            throw new AssertionError(xml, broken);
        }
        return trace.sealed;
    }

    private void somethingHappens(CheckedModel model) {
        String node = ports.nodes.get(random.nextInt(ports.nodes.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> {
                String person = ports.people.get(random.nextInt(ports.people.size()));
                boolean enough = random.nextInt(5) > 0;
                noted("approved " + person + " " + enough, processes.openSeats(instance).contains(person), () -> processes.approved(instance, person, enough ? List.of() : List.of("too few")));
            }
            case 4 -> noted("rejected", random.nextInt(6) == 0, () -> processes.rejected(instance, "carol", "no"));
            case 5 -> noted("withdrawn", random.nextInt(6) == 0, () -> processes.withdrawn(instance, "no"));
            case 6, 7, 8 -> {
                NodeAnswer well = model.removes() || ports.calls.contains("withdraw " + node) ? NodeAnswer.REMOVED : NodeAnswer.RUNNING;
                noted("answer " + node + " " + well, true, () -> processes.nodeAnswered(instance, node, well, ""));
            }
            case 9 -> {
                if (random.nextInt(3) == 0) {
                    processes.nodeAnswered(instance, node, random.nextBoolean() ? NodeAnswer.REFUSED : NodeAnswer.FAILED, "no");
                }
            }
            default -> Engine.pass(TIMES.get(random.nextInt(TIMES.size())));
        }
    }

    /** What is told stands before what it leads to; and does not stand there if nobody listened. */
    private void noted(String event, boolean now, java.util.function.BooleanSupplier told) {
        if (!now) {
            return;
        }
        int at = ports.calls.size();
        ports.calls.add(event);
        if (!told.getAsBoolean()) {
            ports.calls.remove(at);
        }
    }

    /** Whatever bytes stand in a file, it has findings or none: nothing else happens. */
    @Test
    void anyFileIsReadToAnEnd() {
        ModelCheck customers = ModelCheck.ofCustomers(Drawings.SURROUNDINGS);
        byte[] good = Drawings.everything("any").bytes();
        for (int i = 0; i < 3000; i++) {
            byte[] file = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(file.length);
                int from = random.nextInt(file.length);
                int length = random.nextInt(Math.min(60, file.length - Math.max(at, from)) + 1);
                System.arraycopy(good, from, file, at, length);
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            assertThat(customers.check(file)).isNotNull();
            assertThat(ModelCheck.ofTheEngine().check(file)).isNotNull();
        }
    }
}
