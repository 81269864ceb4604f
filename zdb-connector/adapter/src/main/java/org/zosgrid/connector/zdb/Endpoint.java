package org.zosgrid.connector.zdb;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The application's listener as the container hands it out, from one failure to the next.
 *
 * <p>A delivery whose transaction fails at the very end need not throw: Payara only logs it. So the transaction itself is asked how it ended: a record
 * counts as delivered only if it was committed. (An XAResource of our own would learn that too, but make every commit of the database a two-phase one.)
 */
final class Endpoint implements AutoCloseable {
    private static final Method APPENDED = appendedMethod();

    private final MessageEndpoint endpoint;
    private final RecordListener listener;
    private final Optional<TransactionSynchronizationRegistry> transactions;

    private Endpoint(MessageEndpoint endpoint, Optional<TransactionSynchronizationRegistry> transactions) {
        this.endpoint = endpoint;
        this.listener = (RecordListener) endpoint;
        this.transactions = transactions;
    }

    private static Method appendedMethod() {
        try {
            return RecordListener.class.getMethod("appended", String.class, long.class, byte[].class);
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Asks the container for a listener.
     *
     * @param transactions the container's; empty if it has none
     */
    static Endpoint of(MessageEndpointFactory factory, Optional<TransactionSynchronizationRegistry> transactions) throws DeliveryException {
        try {
            return new Endpoint(factory.createEndpoint(null), factory.isDeliveryTransacted(APPENDED) ? transactions : Optional.empty());
        } catch (UnavailableException | NoSuchMethodException notYet) {
            throw new DeliveryException("the application has no listener", notYet);
        }
    }

    /** Where the listener wants to go on; outside of a delivery, so that the container treats it by the method's own attributes. */
    long next(String node) throws DeliveryException {
        try {
            return listener.next(node);
        } catch (Throwable thrown) { // whatever an application throws, an Error too: this reader must not end
            throw new DeliveryException("asking where to go on with " + node, thrown);
        }
    }

    /** Delivers one record; returns when it is committed. */
    void appended(String node, long sequence, byte[] record) throws DeliveryException {
        Ending ending = new Ending();
        try {
            endpoint.beforeDelivery(APPENDED);
            try (AutoCloseable delivery = endpoint::afterDelivery) {
                transactions.ifPresent(registry -> registry.registerInterposedSynchronization(ending));
                listener.appended(node, sequence, record);
            }
        } catch (Throwable thrown) { // as above
            throw new DeliveryException("record " + sequence + " of " + node, thrown);
        }
        if (transactions.isPresent() && ending.status != Status.STATUS_COMMITTED) {
            throw new DeliveryException("record " + sequence + " of " + node + ": its transaction was rolled back");
        }
    }

    @Override
    public void close() {
        endpoint.release();
    }

    /** Remembers how a transaction ended. */
    private static final class Ending implements Synchronization {
        private int status = Status.STATUS_UNKNOWN;

        @Override
        public void beforeCompletion() {
            // nothing to add to it
        }

        @Override
        public void afterCompletion(int how) {
            status = how;
        }
    }
}
