package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/** Which signed requests were seen already. */
@ApplicationScoped
public class RequestNonces {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected RequestNonces() {}

    RequestNonces(EntityManager entities) {
        this.entities = entities;
    }

    /** Remembers a nonce; false if it was there before. */
    public boolean firstUse(String keyId, String nonce, Instant now) {
        return entities.createNativeQuery("insert into request_nonce (key_id, nonce, at) values (:key, :nonce, :at) on conflict do nothing")
                .setParameter("key", keyId).setParameter("nonce", nonce).setParameter("at", now).executeUpdate() == 1;
    }

    /** Forgets nonces whose signatures are too old to be accepted anyway. */
    public void forgetBefore(Instant time) {
        entities.createNativeQuery("delete from request_nonce where at < :time").setParameter("time", time).executeUpdate();
    }
}
