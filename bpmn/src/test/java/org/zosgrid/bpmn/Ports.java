package org.zosgrid.bpmn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** All that a process asks of the application: writes down every call, and can be told to say no. */
final class Ports implements Verification, Approval, Sealing, Delivery, Exposure, Outcome, Models, Skips, NodeLife {
    static final Duration APPROVAL_TIME = Duration.ofHours(2);

    /** Calls in their order, such as {@code send compute-1}; stages in capitals with their reason. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    /** What a call, named as in {@link #calls}, throws until it is taken out again. */
    final Map<String, RuntimeException> refusals = new ConcurrentHashMap<>();
    /** Nodes that have nothing to undo. */
    final Set<String> knowNothing = new HashSet<>();

    ChangeFacts facts = new ChangeFacts("deployment", "production", true, 2, 512);
    /** What a model that is put in or out of force comes to. */
    boolean inForce = true;
    List<String> people = List.of("bob", "carol", "dave");
    int floor = 1;
    /** How long it is until all time windows are open; empty if they never are. */
    Optional<Duration> window = Optional.of(Duration.ZERO);
    List<String> nodes = List.of("compute-1", "gateway-1");

    @Override
    public void verify(long change) {
        call("verify");
    }

    @Override
    public ChangeFacts facts(long change) {
        return facts;
    }

    @Override
    public Seats open(long change, int demanded) {
        call("open approval " + demanded);
        Instant now = ClockUtil.getCurrentTime().toInstant();
        return new Seats(people, Math.max(demanded, floor), now.plus(APPROVAL_TIME.dividedBy(2)), now.plus(APPROVAL_TIME));
    }

    @Override
    public Optional<Instant> opensAt(long change, Instant now) {
        return window.map(now::plus);
    }

    @Override
    public void remind(long change) {
        call("remind");
    }

    @Override
    public List<String> seal(long change) {
        call("seal");
        return nodes;
    }

    @Override
    public boolean putInForce(long change) {
        call("put in force");
        return inForce;
    }

    @Override
    public void skip(long change) {
        call("skip");
    }

    @Override
    public void send(long change, String node) {
        call("send " + node);
    }

    @Override
    public boolean withdraw(long change, String node) {
        call("withdraw " + node);
        return !knowNothing.contains(node);
    }

    @Override
    public void open(long change) {
        call("open routes");
    }

    @Override
    public void close(long change) {
        call("close routes");
    }

    @Override
    public void tellWhatIsLeft(long change) {
        call("tell what is left");
    }

    @Override
    public void enter(long change, Stage stage, String why) {
        call(why.isEmpty() ? stage.toString() : stage + ": " + why);
    }

    void away(String call, String message) {
        refusals.put(call, new UnavailableException(message));
    }

    void back(String call) {
        refusals.remove(call);
    }

    private void call(String name) {
        calls.add(name);
        RuntimeException refusal = refusals.get(name);
        if (refusal != null) {
            throw refusal;
        }
    }
}
