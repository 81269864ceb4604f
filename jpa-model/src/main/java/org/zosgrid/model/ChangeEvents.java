package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to changes, in an order in which nothing is passed over: by transaction, and none that is not older than every one still under way. The database
 * writes it ({@code V100__change_events.sql}).
 */
@ApplicationScoped
public class ChangeEvents {
    private static final String SETTLED = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected ChangeEvents() {}

    ChangeEvents(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * How far somebody has read.
     *
     * @param transaction the database's number of it
     * @param id orders events of one transaction
     */
    public record Position(long transaction, long id) {}

    /** An event, with the change as it is now. */
    public record Told(Position position, Change change) {}

    /** Before everything that has not settled yet. */
    public Position now() {
        Number settled = (Number) entities.createNativeQuery("select " + SETTLED, Long.class).getSingleResult();
        return new Position(settled.longValue() - 1, Long.MAX_VALUE);
    }

    /** Whether everything after a position is still here, and it is none that is yet to come, as after a restore of the database. */
    public boolean knows(Position position) {
        return (boolean) entities.createNativeQuery("select :transaction < " + SETTLED + " and :transaction >= coalesce((select min(transaction) from change_event), " + SETTLED + " - 1)", Boolean.class)
                .setParameter("transaction", position.transaction()).getSingleResult();
    }

    /** At most {@code limit} events after a position, in order. */
    public List<Told> after(Position position, int limit) {
        @SuppressWarnings("unchecked") // each row is an array
        List<Object[]> rows = entities.createNativeQuery("select e.transaction, e.id, e.change_id from change_event e where (e.transaction, e.id) > (:transaction, :id) and e.transaction < " + SETTLED
                        + " order by e.transaction, e.id", Object[].class)
                .setParameter("transaction", position.transaction()).setParameter("id", position.id()).setMaxResults(limit).getResultList();
        return rows.stream().map(row -> new Told(new Position(((Number) row[0]).longValue(), ((Number) row[1]).longValue()),
                Optional.ofNullable(entities.find(Change.class, ((Number) row[2]).longValue())).orElseThrow())).toList();
    }

    /** With what positions are told so that they tell nothing: the organisation's own, and the same at every server. */
    public String key() {
        return (String) entities.createNativeQuery("select key from event_position_key", String.class).getSingleResult();
    }

    public void forgetBefore(Instant time) {
        entities.createNativeQuery("delete from change_event where at < :time").setParameter("time", time).executeUpdate();
    }
}
