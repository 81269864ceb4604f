package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** As much of an application server as the adapter sees: a pool, threads, and transactions that are committed or not when a delivery ends. */
final class TestContainer implements BootstrapContext, ConnectionManager, ConnectionEventListener, WorkManager, TransactionSynchronizationRegistry {
    private static final long serialVersionUID = 1;

    final Set<ManagedConnection> free = new HashSet<>();
    final List<ManagedConnection> made = new ArrayList<>();
    final List<ManagedConnection> dropped = new ArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadLocal<List<Synchronization>> transaction = new ThreadLocal<>();

    // the pool

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, @Nullable ConnectionRequestInfo request) throws ResourceException {
        ManagedConnection found = factory.matchManagedConnections(Set.copyOf(free), null, request);
        if (found == null) {
            found = factory.createManagedConnection(null, request);
            found.addConnectionEventListener(this);
            made.add(found);
        }
        free.remove(found);
        return found.getConnection(null, request);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection managed = (ManagedConnection) event.getSource();
        cleaned(managed);
        free.add(managed);
    }

    private static void cleaned(ManagedConnection managed) {
        try {
            managed.cleanup();
        } catch (ResourceException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        ManagedConnection managed = (ManagedConnection) event.getSource();
        dropped.add(managed);
        try {
            managed.destroy();
        } catch (ResourceException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }

    // threads

    @Override
    public void scheduleWork(Work work) {
        threads.add(Thread.ofPlatform().daemon().name("work").start(work));
    }

    @Override
    public void scheduleWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        scheduleWork(work);
    }

    @Override
    public void doWork(Work work) {
        throw new AssertionError("would block the activation");
    }

    @Override
    public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        doWork(work);
    }

    @Override
    public long startWork(Work work) {
        scheduleWork(work);
        return 0;
    }

    @Override
    public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        return startWork(work);
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    // transactions, one for each thread

    void begin() {
        transaction.set(new ArrayList<>());
    }

    void end(boolean commit) {
        List<Synchronization> told = transaction.get();
        transaction.remove();
        told.forEach(each -> each.afterCompletion(commit ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK));
    }

    boolean active() {
        return transaction.get() != null;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (!active()) {
            throw new IllegalStateException("no transaction");
        }
        transaction.get().add(synchronization);
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        return this;
    }

    @Override
    public int getTransactionStatus() {
        return active() ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public @Nullable Object getTransactionKey() {
        return transaction.get();
    }

    @Override
    public void setRollbackOnly() {
        throw new AssertionError("the adapter must not");
    }

    @Override
    public boolean getRollbackOnly() {
        return false;
    }

    @Override
    public void putResource(Object key, Object value) {
        resources.put(key, value);
    }

    @Override
    public @Nullable Object getResource(Object key) {
        return resources.get(key);
    }

    private final Map<Object, Object> resources = new ConcurrentHashMap<>();

    // not used

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return false;
    }

    @Override
    public Timer createTimer() {
        return new Timer(true);
    }

    @Override
    public XATerminator getXATerminator() {
        throw new AssertionError("nothing is imported");
    }
}
