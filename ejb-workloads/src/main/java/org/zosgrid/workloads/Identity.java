package org.zosgrid.workloads;

import org.zosgrid.model.CurrentOrganisation;

/**
 * Who asks. There are two ways to prove it, and they are two types: what needs a person's signature takes a {@link Caller} and cannot be called with anything
 * else, so a login can never stand for one.
 */
public sealed interface Identity permits Caller, TokenHolder {
    /** Names this identity apart from every other one of either kind; for records, not for decisions. */
    String account();

    /** For which organisation it asks: the one whose trust root has its key, or that its token names. */
    String organisation();

    /** Answers what it asks: everything that is read and written meanwhile is its organisation's. */
    default <T, X extends Throwable> T answered(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return CurrentOrganisation.in(organisation(), work);
    }
}
