package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What requests were answered that may come again. Every method works in the caller's transaction. */
@ApplicationScoped
public class RequestAnswers {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected RequestAnswers() {}

    RequestAnswers(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * An answer.
     *
     * @param digest of what was asked
     * @param contentType empty if there is no body
     * @param location where what was made is found; empty if nothing was
     */
    public record Answer(String digest, int status, String contentType, String location, byte[] body) {}

    /** What was answered under this key; waits for whoever is answering under it now. */
    public Optional<Answer> lock(String person, String key) {
        entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))", Integer.class).setParameter("name", "answer:" + person + "\n" + key).getSingleResult();
        List<?> found = entities.createNativeQuery("select digest, status, content_type, location, body from request_answer where person = :person and key = :key", Object[].class)
                .setParameter("person", person).setParameter("key", key).getResultList();
        return found.stream().map(Object[].class::cast).findFirst()
                .map(row -> new Answer((String) row[0], ((Number) row[1]).intValue(), (String) row[2], (String) row[3], (byte[]) row[4]));
    }

    public void keep(String person, String key, Answer answer, Instant now) {
        entities.createNativeQuery("insert into request_answer (person, key, digest, status, content_type, location, body, at) values (:person, :key, :digest, :status, :type, :location, :body, :at)")
                .setParameter("person", person).setParameter("key", key).setParameter("digest", answer.digest()).setParameter("status", answer.status())
                .setParameter("type", answer.contentType()).setParameter("location", answer.location()).setParameter("body", answer.body()).setParameter("at", now).executeUpdate();
    }

    public void forgetBefore(Instant time) {
        entities.createNativeQuery("delete from request_answer where at < :time").setParameter("time", time).executeUpdate();
    }
}
