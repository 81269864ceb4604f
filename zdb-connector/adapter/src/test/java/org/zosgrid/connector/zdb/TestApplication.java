package org.zosgrid.connector.zdb;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/** An application with a listener which stores what it is told in the transaction of the delivery, and can be made to fail. */
final class TestApplication implements MessageEndpointFactory {
    /** How the next deliveries go. */
    enum Mishap { LISTENER_THROWS, COMMIT_FAILS_SILENTLY, AFTER_DELIVERY_THROWS, NEXT_THROWS, LISTENER_THROWS_AN_ERROR, NO_LISTENER }

    final AtomicInteger endpoints = new AtomicInteger();
    private final TestContainer container;
    private final Map<String, List<String>> stored = new ConcurrentHashMap<>();
    private final Deque<Mishap> mishaps = new ArrayDeque<>();
    private final Map<String, Integer> deliveries = new HashMap<>();

    TestApplication(TestContainer container) {
        this.container = container;
    }

    synchronized void let(Mishap... next) {
        mishaps.addAll(List.of(next));
    }

    private synchronized boolean happens(Mishap which) {
        return mishaps.peek() == which && mishaps.poll() != null;
    }

    synchronized boolean mishapsAreOver() {
        return mishaps.isEmpty();
    }

    /** What was committed, in this order. */
    synchronized List<String> stored(String node) {
        return List.copyOf(stored.getOrDefault(node, List.of()));
    }

    /** How often a record was delivered, committed or not. */
    synchronized int deliveries(String record) {
        return deliveries.getOrDefault(record, 0);
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (happens(Mishap.NO_LISTENER)) {
            throw new UnavailableException("the application is being deployed");
        }
        endpoints.incrementAndGet();
        return new ListenerProxy();
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return method.getName().equals("appended");
    }

    @Override
    public String getActivationName() {
        return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
        return RecordListener.class;
    }

    /** The proxy around the bean; it insists on the order of calls that the specification demands. */
    private final class ListenerProxy implements MessageEndpoint, RecordListener {
        private boolean delivering;
        private boolean released;
        private Runnable store = () -> {};
        private boolean failed;

        @Override
        public void beforeDelivery(Method method) {
            check(!delivering && !released && method.getName().equals("appended"), "beforeDelivery");
            delivering = true;
            failed = false;
            store = () -> {};
            container.begin();
        }

        @Override
        public void afterDelivery() throws jakarta.resource.ResourceException {
            check(delivering, "afterDelivery");
            delivering = false;
            boolean silent = happens(Mishap.COMMIT_FAILS_SILENTLY);
            boolean loud = happens(Mishap.AFTER_DELIVERY_THROWS);
            boolean commit = !failed && !silent && !loud;
            if (commit) {
                store.run();
            }
            container.end(commit);
            if (loud) {
                throw new jakarta.resource.ResourceException("the database is away");
            }
        }

        @Override
        public long next(String node) {
            check(!delivering && !released, "next");
            if (happens(Mishap.NEXT_THROWS)) {
                throw new IllegalStateException("the database is away");
            }
            return stored(node).size();
        }

        @Override
        public void appended(String node, long sequence, byte[] record) {
            check(delivering && !released && container.active(), "appended");
            String text = new String(record, StandardCharsets.UTF_8);
            synchronized (TestApplication.this) {
                deliveries.merge(text, 1, Integer::sum);
            }
            if (happens(Mishap.LISTENER_THROWS)) {
                failed = true;
                throw new IllegalStateException("not now");
            }
            if (happens(Mishap.LISTENER_THROWS_AN_ERROR)) {
                failed = true;
                throw new AssertionError("not now");
            }
            store = () -> {
                synchronized (TestApplication.this) {
                    List<String> log = stored.computeIfAbsent(node, first -> new ArrayList<>());
                    check(log.size() == sequence, "sequence " + sequence + " after " + log.size());
                    log.add(text);
                }
            };
        }

        @Override
        public void release() {
            check(!delivering, "release");
            released = true;
        }

        private void check(boolean right, String call) {
            if (!right) {
                throw new AssertionError(call + " must not be called now");
            }
        }
    }
}
