package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mail that is to be sent, or was. Every method works in the caller's transaction. */
@ApplicationScoped
public class Mails {
    /** Hibernate's way to say "skip locked": whoever takes the next one does not wait for who took the one before. */
    private static final int SKIP_LOCKED = -2;

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Mails() {}

    Mails(EntityManager entities) {
        this.entities = entities;
    }

    /** Puts a message in, unless this person was told this of this change before; what models say is told once in the same words. */
    public void add(Mail mail) {
        boolean before = !entities.createQuery("select 1 from Mail where change = :change and kind = :kind and person = :person and (kind <> 'notice' or body = :body)", Integer.class)
                .setParameter("change", mail.change()).setParameter("kind", mail.kind()).setParameter("person", mail.person()).setParameter("body", mail.body()).getResultList().isEmpty();
        if (!before) {
            entities.persist(mail);
        }
    }

    /** The oldest message that is due; nobody else gets it before then. */
    public Optional<Mail> take(Instant now, Instant until) {
        Optional<Mail> due = entities.createQuery("from Mail where endedAt is null and dueAt <= :now order by dueAt, id", Mail.class)
                .setParameter("now", now).setMaxResults(1).setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultStream().findFirst();
        due.ifPresent(each -> each.hold(until));
        return due;
    }

    public Optional<Mail> find(long id) {
        return Optional.ofNullable(entities.find(Mail.class, id));
    }

    public long waiting() {
        return entities.createQuery("select count(*) from Mail where endedAt is null", Long.class).getSingleResult();
    }

    public long givenUp() {
        return entities.createQuery("select count(*) from Mail where endedAt is not null and failure <> ''", Long.class).getSingleResult();
    }

    /** Changes that wait for approvals, and of whose time a quarter or less is left. */
    public List<Change> late(Instant now) {
        return entities.createQuery("from Change where state = 'approval' and approvalDueAt is not null", Change.class).getResultStream()
                .filter(change -> change.escalatesAt().filter(at -> !at.isAfter(now)).isPresent()).toList();
    }
}
