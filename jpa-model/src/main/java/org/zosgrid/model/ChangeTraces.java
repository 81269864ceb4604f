package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Of which trace the request was that submitted a change. Every method works in the caller's transaction. */
@ApplicationScoped
public class ChangeTraces {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected ChangeTraces() {}

    ChangeTraces(EntityManager entities) {
        this.entities = entities;
    }

    /** Keeps the trace of a submission, instead of the one of an earlier submission of the same version. */
    public void keep(String name, long version, String traceparent) {
        entities.createNativeQuery("insert into change_trace (name, version, traceparent) values (:name, :version, :trace) on conflict (name, version) do update set traceparent = :trace")
                .setParameter("name", name).setParameter("version", version).setParameter("trace", traceparent).executeUpdate();
    }

    /** Empty if nobody traced it. */
    public Optional<String> find(String name, long version) {
        List<?> found = entities.createNativeQuery("select traceparent from change_trace where name = :name and version = :version", String.class)
                .setParameter("name", name).setParameter("version", version).getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }
}
