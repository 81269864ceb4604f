package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Logins that have not expired, each under the digest of its token. Every method works in the caller's transaction. */
@ApplicationScoped
public class Logins {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Logins() {}

    Logins(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Somebody who is logged in.
     *
     * @param account of an account here; empty for somebody whom a directory knows
     * @param groups  that the directory said when they logged in
     */
    public record Login(String name, Optional<UUID> account, Set<String> groups, Instant expiresAt) {}

    public void add(String digest, Login login) {
        entities.createNativeQuery("insert into login (digest, name, account_id, groups, expires_at) values (:digest, :name, cast(nullif(:account, '') as uuid), :groups, :expires)")
                .setParameter("digest", digest).setParameter("name", login.name()).setParameter("account", login.account().map(UUID::toString).orElse(""))
                .setParameter("groups", String.join("\n", new TreeSet<>(login.groups()))).setParameter("expires", login.expiresAt()).executeUpdate();
    }

    public Optional<Login> find(String digest, Instant now) {
        List<?> found = entities.createNativeQuery("select name, account_id, groups, expires_at from login where digest = :digest and expires_at > :now", Object[].class)
                .setParameter("digest", digest).setParameter("now", now).getResultList();
        return found.stream().map(Object[].class::cast).findFirst().map(row -> new Login((String) row[0], Optional.ofNullable((UUID) row[1]),
                ((String) row[2]).isEmpty() ? Set.of() : Set.of(((String) row[2]).split("\n")), (Instant) row[3]));
    }

    public void end(String digest) {
        entities.createNativeQuery("delete from login where digest = :digest").setParameter("digest", digest).executeUpdate();
    }

    public void forgetBefore(Instant time) {
        entities.createNativeQuery("delete from login where expires_at < :time").setParameter("time", time).executeUpdate();
    }
}
