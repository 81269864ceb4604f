package org.zosgrid.workloads.engine;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Puts each of the engine's commands into a transaction of the container: the one that is there, or a new one. */
final class ContainerTransactionInterceptor extends CommandInterceptor {
    private final TransactionManager manager;
    private final OwnTransaction own;
    private final boolean alwaysNew;

    ContainerTransactionInterceptor(TransactionManager manager, OwnTransaction own, boolean alwaysNew) {
        this.manager = manager;
        this.own = own;
        this.alwaysNew = alwaysNew;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (alwaysNew || status() == Status.STATUS_NO_TRANSACTION) {
            OwnTransaction.Result<T> result = own.call(() -> next.execute(command));
            if (result.failure() != null) {
                throw result.failure();
            }
            return result.value();
        }
        try {
            return next.execute(command);
        } catch (RuntimeException failure) {
            giveUp(failure);
            throw failure;
        }
    }

    private int status() {
        try {
            return manager.getStatus();
        } catch (SystemException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Whoever began the transaction ends it; it must not commit what a failed command has done in part. */
    private void giveUp(RuntimeException failure) {
        try {
            manager.setRollbackOnly();
        } catch (SystemException broken) {
            failure.addSuppressed(broken);
        }
    }
}
