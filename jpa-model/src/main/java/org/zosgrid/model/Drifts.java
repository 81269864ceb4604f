package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Everything that drifted. Every method works in the caller's transaction, which holds the lock of the change. */
@ApplicationScoped
public class Drifts {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Drifts() {}

    Drifts(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Drift drift) {
        entities.persist(drift);
        entities.flush(); // the id is known now
    }

    public Drift get(long id) {
        return Optional.ofNullable(entities.find(Drift.class, id)).orElseThrow(() -> new NoSuchElementException("drift " + id));
    }

    /** As it is after whoever held the locks before has ended. */
    public Drift again(long id) {
        Drift drift = get(id);
        entities.refresh(drift);
        return drift;
    }

    /** The one that has not ended, of a version on a node. */
    public Optional<Drift> open(long change, String node) {
        return entities.createQuery("from Drift where changeId = :change and node = :node and endedAt is null", Drift.class)
                .setParameter("change", change).setParameter("node", node).getResultStream().findFirst();
    }

    /** What has not ended of a version, by node. */
    public List<Drift> open(long change) {
        return entities.createQuery("from Drift where changeId = :change and endedAt is null order by node", Drift.class).setParameter("change", change).getResultList();
    }

    /** Everything that has not ended, oldest first. */
    public List<Drift> open() {
        return entities.createQuery("from Drift where endedAt is null order by id", Drift.class).getResultList();
    }
}
