package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;

/** Tickets about changes in another system. Every method works in the caller's transaction. */
@ApplicationScoped
public class ChangeTickets {
    /** Hibernate's way to say "skip locked". */
    private static final int SKIP_LOCKED = -2;

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected ChangeTickets() {}

    ChangeTickets(EntityManager entities) {
        this.entities = entities;
    }

    public void add(ChangeTicket ticket) {
        entities.persist(ticket);
    }

    public Optional<ChangeTicket> find(long change) {
        return Optional.ofNullable(entities.find(ChangeTicket.class, change));
    }

    /** The one that is due for longest; nobody else gets it before then. */
    public Optional<ChangeTicket> take(Instant now, Instant until) {
        Optional<ChangeTicket> due = entities.createQuery("from ChangeTicket where endedAt is null and dueAt <= :now order by dueAt, change", ChangeTicket.class)
                .setParameter("now", now).setMaxResults(1).setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultStream().findFirst();
        due.ifPresent(each -> each.hold(until));
        return due;
    }
}
