package org.zosgrid.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.zosgrid.bpmn.Approval;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.Delivery;
import org.zosgrid.bpmn.Exposure;
import org.zosgrid.bpmn.Models;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.Sealing;
import org.zosgrid.bpmn.Seats;
import org.zosgrid.bpmn.Skips;
import org.zosgrid.bpmn.Steps;
import org.zosgrid.bpmn.Verification;

/**
 * Whatever a process asks for is said to have been done.
 *
 * @param opened hears of a change whose seats are about to be open
 * @param sent hears of a change and a node that is about to be waited for
 */
record EmptySteps(LongConsumer opened, BiConsumer<Long, String> sent) implements Verification, Approval, Sealing, Delivery, Exposure, Outcome, Models, Skips {
    static final List<String> NODES = List.of("compute-1", "gateway-1");
    private static final Duration APPROVAL_TIME = Duration.ofHours(24);
    private static final long MEBIBYTES = 64;

    Map<Object, Object> beans() {
        return new TreeMap<>(Steps.of(this, this, this, this, this, this, this, this));
    }

    @Override
    public void verify(long change) {
    }

    @Override
    public ChangeFacts facts(long change) {
        return new ChangeFacts("deployment", "production", true, 1, MEBIBYTES);
    }

    @Override
    public Seats open(long change, int demanded) {
        opened.accept(change);
        Instant now = Instant.now();
        return new Seats(List.of("bob", "carol", "dave"), 2, now.plus(APPROVAL_TIME.dividedBy(2)), now.plus(APPROVAL_TIME));
    }

    @Override
    public Optional<Instant> opensAt(long change, Instant now) {
        return Optional.of(now);
    }

    @Override
    public void remind(long change) {
    }

    @Override
    public List<String> seal(long change) {
        return NODES;
    }

    @Override
    public void send(long change, String node) {
        sent.accept(change, node);
    }

    @Override
    public boolean withdraw(long change, String node) {
        return false;
    }

    @Override
    public void open(long change) {
    }

    @Override
    public void close(long change) {
    }

    @Override
    public void enter(long change, Stage stage, String why) {
    }

    @Override
    public boolean putInForce(long change) {
        return true;
    }

    @Override
    public void skip(long change) {
    }
}
