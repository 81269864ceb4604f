package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Versions that were sealed as emergencies. Every method works in the caller's transaction. */
@ApplicationScoped
public class Emergencies {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Emergencies() {}

    Emergencies(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Emergency emergency) {
        entities.persist(emergency);
    }

    /** That of a change; empty if it was none. */
    public Optional<Emergency> of(long change) {
        return Optional.ofNullable(entities.find(Emergency.class, change));
    }

    /** Ids of changes of which something is still owed, oldest first. */
    public List<Long> open() {
        return entities.createQuery("select change from Emergency where endedAt is null or reviewedAt is null order by sealedAt", Long.class).getResultList();
    }

    /** Those of a deployment that nobody has reviewed, oldest first. */
    public List<Emergency> unreviewed(String name) {
        return entities.createQuery("from Emergency where name = :name and reviewedAt is null order by sealedAt", Emergency.class).setParameter("name", name).getResultList();
    }

    /** All of them, those first that nobody has reviewed, then the youngest first; at most {@code limit}. */
    public List<Emergency> all(int limit) {
        return entities.createQuery("from Emergency order by case when reviewedAt is null then 0 else 1 end, sealedAt desc", Emergency.class).setMaxResults(limit).getResultList();
    }
}
