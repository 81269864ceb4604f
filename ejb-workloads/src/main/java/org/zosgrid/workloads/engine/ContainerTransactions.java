package org.zosgrid.workloads.engine;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;

/**
 * The container's transactions as the engine wants them. Where the engine begins one itself, it begins it as an application does: only then does the
 * server tell the component that runs on this thread, by which it decides whether a connection takes part. Begun at the manager, connections
 * were seen to join a transaction that had ended.
 */
final class ContainerTransactions implements TransactionManager {
    private final TransactionManager manager;
    private final UserTransaction own;

    ContainerTransactions(TransactionManager manager, UserTransaction own) {
        this.manager = manager;
        this.own = own;
    }

    @Override
    public void begin() throws NotSupportedException, SystemException {
        own.begin();
    }

    @Override
    public void commit() throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        own.commit();
    }

    @Override
    public void rollback() throws SystemException {
        own.rollback();
    }

    @Override
    public int getStatus() throws SystemException {
        return manager.getStatus();
    }

    @Override
    public Transaction getTransaction() throws SystemException {
        return manager.getTransaction();
    }

    @Override
    public void setRollbackOnly() throws SystemException {
        manager.setRollbackOnly();
    }

    @Override
    public void setTransactionTimeout(int seconds) throws SystemException {
        manager.setTransactionTimeout(seconds);
    }

    @Override
    public Transaction suspend() throws SystemException {
        return manager.suspend();
    }

    @Override
    public void resume(Transaction suspended) throws InvalidTransactionException, SystemException {
        manager.resume(suspended);
    }
}
