package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What deployments hold while they stand, which is from their provisioning until they are gone: processors, memory, names of hosts. Kept beside the documents, so that a
 * question about all of them reads none. Every method works in the caller's transaction.
 */
@ApplicationScoped
public class Holdings {
    private static final String STANDING = "c.kind = 'deployment' and c.state in ('running', 'drifted', 'paused', 'provisioning', 'exposing')";

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Holdings() {}

    Holdings(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * What all of some deployments hold together.
     *
     * @param deployments names, each counted once
     * @param cpuMillis thousandths of a processor
     * @param memoryBytes of main memory
     */
    public record Sum(long deployments, long cpuMillis, long memoryBytes) {}

    /**
     * Notes what a deployment holds once it stands. Noted before, it stays as it is: a document does not change.
     *
     * @param cpuMillis thousandths of a processor, of all machines
     * @param memoryBytes of main memory, of all machines
     * @param hosts of its routes
     */
    public void keep(long change, long cpuMillis, long memoryBytes, Collection<String> hosts) {
        entities.createNativeQuery("insert into holding (change_id, cpu_millis, memory_bytes) values (:change, :cpu, :memory) on conflict do nothing")
                .setParameter("change", change).setParameter("cpu", cpuMillis).setParameter("memory", memoryBytes).executeUpdate();
        for (String host : new TreeSet<>(hosts)) { // in one order: two that note the same wait for each other, and not both
            entities.createNativeQuery("insert into held_host (change_id, host) values (:change, :host) on conflict do nothing").setParameter("change", change).setParameter("host", host).executeUpdate();
        }
    }

    /** Standing deployments of which nothing is noted yet. */
    public List<Change> missing() {
        List<?> found = entities.createNativeQuery("select c.* from change c left join holding h on h.change_id = c.id where h.change_id is null and " + STANDING + " order by c.id", Change.class).getResultList();
        return found.stream().map(Change.class::cast).toList();
    }

    /** What all standing deployments of other names hold, as far as it is noted. */
    public Sum others(String name) {
        Object[] sums = (Object[]) entities.createNativeQuery("select count(distinct c.name), cast(coalesce(sum(h.cpu_millis), 0) as bigint), cast(coalesce(sum(h.memory_bytes), 0) as bigint)"
                + " from change c join holding h on h.change_id = c.id where c.name <> :name and " + STANDING).setParameter("name", name).getSingleResult();
        return new Sum(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue(), ((Number) sums[2]).longValue());
    }

    /** Which of these hosts standing deployments of other names hold, as far as it is noted. */
    public Set<String> heldByOthers(String name, Collection<String> hosts) {
        if (hosts.isEmpty()) {
            return Set.of();
        }
        List<?> held = entities.createNativeQuery("select h.host from held_host h join change c on c.id = h.change_id where h.host in (:hosts) and c.name <> :name and " + STANDING, String.class)
                .setParameter("hosts", hosts).setParameter("name", name).getResultList();
        return held.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}
