package org.zosgrid.model;

import org.zosgrid.contract.organisation.Organisation;

/**
 * For whom this thread works. Everything that the entity manager reads and writes is that organisation's, because its connections look at that organisation's tables alone
 * ({@link OrganisationConnections}): there is no query that could forget to ask.
 *
 * <p>While one organisation is all there is, whoever does not say for whom works for it. Where there are several, that fails.
 */
public final class CurrentOrganisation {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static volatile boolean demanded;

    private CurrentOrganisation() {}

    /** From now on everybody must say for whom they work. Called once, when the tables of several organisations are there. */
    public static void demand() {
        demanded = true;
    }

    /** Does something for an organisation. What has begun for one cannot go on for another: the transaction that may be open has its connection already. */
    public static <T, X extends Throwable> T in(String organisation, ScopedValue.CallableOp<? extends T, X> work) throws X {
        if (CURRENT.isBound() && !CURRENT.get().equals(organisation)) {
            throw new IllegalStateException("this works for the organisation " + CURRENT.get() + " and cannot go on for " + organisation);
        }
        return ScopedValue.where(CURRENT, organisation).call(work);
    }

    /** {@link #in} without a result. */
    public static void run(String organisation, Runnable work) {
        in(organisation, () -> {
            work.run();
            return organisation;
        });
    }

    /** @throws IllegalStateException if nobody said so, and there are several */
    public static String name() {
        if (CURRENT.isBound()) {
            return CURRENT.get();
        }
        if (demanded) {
            throw new IllegalStateException("this thread does not say for which organisation it works");
        }
        return Organisation.DEFAULT;
    }

    /** Whether it is the one to which the installation's own settings belong. */
    public static boolean isDefault() {
        return name().equals(Organisation.DEFAULT);
    }
}
