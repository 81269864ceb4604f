package org.zosgrid.workloads.engine;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs something in a transaction of its own, which the container begins and ends. Begun at the transaction manager instead, a thread's connections would
 * not take part: the server asks the component that runs there, and only the container tells it.
 */
@Stateless
public class OwnTransaction {
    @Resource private SessionContext context;

    /** What came of it. Public, since the container hands it through a proxy of another class loader. */
    public record Result<T>(@Nullable T value, @Nullable RuntimeException failure) {}

    /** Commits, unless the work throws: then nothing of it remains, and the failure is handed back, since thrown through the container it would be wrapped and logged. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public <T> Result<T> call(Supplier<@Nullable T> work) {
        try {
            return new Result<>(work.get(), null);
        } catch (RuntimeException failure) {
            context.setRollbackOnly();
            return new Result<>(null, failure);
        }
    }
}
