package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** To which organisation a key belongs. The one table that all organisations share; it says no more than that. Every method works in the caller's transaction. */
@ApplicationScoped
public class KeyOwners {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected KeyOwners() {}

    KeyOwners(EntityManager entities) {
        this.entities = entities;
    }

    public Optional<String> of(String key) {
        List<?> found = entities.createNativeQuery("select organisation from public.key_owner where key_id = :key", String.class).setParameter("key", key).getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }

    /** Takes keys for the organisation that this thread works for; returns the first that is another's, if there is one: then nothing may be committed. */
    public Optional<String> take(Collection<String> keys) {
        String organisation = CurrentOrganisation.name();
        for (String key : new TreeSet<>(keys)) { // in order, so that two who take the same ones wait for each other and do not deadlock
            entities.createNativeQuery("insert into public.key_owner (key_id, organisation) values (:key, :organisation) on conflict do nothing")
                    .setParameter("key", key).setParameter("organisation", organisation).executeUpdate();
            if (!of(key).orElseThrow().equals(organisation)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
