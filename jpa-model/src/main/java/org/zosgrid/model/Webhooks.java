package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Subscriptions, and the outbox: what is still to be sent to each. Every method works in the caller's transaction.
 *
 * <p>Within a subject, decisions reach a subscriber in the order of the ledger, since only the oldest that is not dead is ever due. A dead letter no longer
 * holds the ones behind it.
 */
@ApplicationScoped
public class Webhooks {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Webhooks() {}

    Webhooks(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Webhook webhook) {
        entities.persist(webhook);
        entities.flush(); // the id, and a broken rule, are known now
    }

    public Optional<Webhook> find(long id) {
        return Optional.ofNullable(entities.find(Webhook.class, id));
    }

    public Optional<Webhook> byUrl(String url) {
        return entities.createQuery("from Webhook where url = :url", Webhook.class).setParameter("url", url).getResultStream().findFirst();
    }

    /** The one that models name so. */
    public Optional<Webhook> byName(String name) {
        return entities.createQuery("from Webhook where name = :name", Webhook.class).setParameter("name", name).getResultStream().findFirst();
    }

    /** Names that models may say. */
    public Set<String> names() {
        return new TreeSet<>(entities.createQuery("select name from Webhook where name is not null", String.class).getResultList());
    }

    /** Puts an entry of the ledger into the outbox of one that has not asked for this type. */
    public void tellAlso(Webhook webhook, long index, String subject, String type, Instant now) {
        if (!webhook.wants(type)) {
            entities.persist(new WebhookDelivery(webhook.id(), index, subject, now));
        }
    }

    /** At most {@code limit} with a higher id. */
    public List<Webhook> after(long id, int limit) {
        return entities.createQuery("from Webhook where id > :id order by id", Webhook.class).setParameter("id", id).setMaxResults(limit).getResultList();
    }

    public long count() {
        return entities.createQuery("select count(*) from Webhook", Long.class).getSingleResult();
    }

    /** Nothing is sent to it any more, and what was to be sent is forgotten. */
    public void remove(Webhook webhook) {
        entities.createQuery("delete from WebhookDelivery where webhook = :id").setParameter("id", webhook.id()).executeUpdate();
        entities.remove(webhook);
        entities.flush();
    }

    /**
     * Puts an entry of the ledger into the outbox of everybody who wants to know. Until this transaction ends no subscription ends, or its rows here would be
     * those of nobody, and the decision would fail for it.
     */
    public void tell(long index, String subject, String type, Instant now) {
        List<?> there = entities.createNativeQuery("select id from webhook order by id for key share", Long.class).getResultList();
        for (Object id : there) {
            Webhook webhook = entities.find(Webhook.class, id);
            if (webhook.wants(type)) {
                entities.persist(new WebhookDelivery(webhook.id(), index, subject, now));
            }
        }
        entities.flush();
    }

    /** Subscriptions that somebody should send to now: something is due, and nobody else does. */
    public List<Long> due(Instant now) {
        return entities.createQuery("select w.id from Webhook w where w.leasedUntil <= :now and exists"
                        + " (select 1 from WebhookDelivery d where d.webhook = w.id and d.deadAt is null and d.dueAt <= :now) order by w.id", Long.class)
                .setParameter("now", now).getResultList();
    }

    /** Takes a subscription until then, so that no other server sends to it; false if one does. */
    public boolean lease(long id, Instant now, Instant until) {
        return entities.createQuery("update Webhook set leasedUntil = :until where id = :id and leasedUntil <= :now")
                .setParameter("until", until).setParameter("id", id).setParameter("now", now).executeUpdate() == 1;
    }

    /** Holds a leased subscription for longer, or with a time that has passed gives it back. */
    public void hold(long id, Instant until) {
        entities.createQuery("update Webhook set leasedUntil = :until where id = :id").setParameter("until", until).setParameter("id", id).executeUpdate();
    }

    /** What is due of a subscription: of each subject the oldest that is not dead, if its time has come. */
    public Optional<WebhookDelivery> next(long id, Instant now) {
        return entities.createQuery("from WebhookDelivery d where d.webhook = :id and d.deadAt is null and d.dueAt <= :now and not exists"
                        + " (select 1 from WebhookDelivery e where e.webhook = d.webhook and e.subject = d.subject and e.deadAt is null and e.index < d.index)"
                        + " order by d.dueAt, d.index", WebhookDelivery.class)
                .setParameter("id", id).setParameter("now", now).setMaxResults(1).getResultStream().findFirst();
    }

    public Optional<WebhookDelivery> delivery(long webhook, long index) {
        return Optional.ofNullable(entities.find(WebhookDelivery.class, new WebhookDelivery.Key(webhook, index)));
    }

    /** It has arrived. */
    public void delivered(WebhookDelivery delivery) {
        entities.remove(delivery);
    }

    /** How many are still tried, of one subscription. */
    public long waiting(long webhook) {
        return entities.createQuery("select count(*) from WebhookDelivery where webhook = :id and deadAt is null", Long.class).setParameter("id", webhook).getSingleResult();
    }

    /** How many are still tried at all. */
    public long waiting() {
        return entities.createQuery("select count(*) from WebhookDelivery where deadAt is null", Long.class).getSingleResult();
    }

    /** How many dead letters there are, of one subscription. */
    public long dead(long webhook) {
        return entities.createQuery("select count(*) from WebhookDelivery where webhook = :id and deadAt is not null", Long.class).setParameter("id", webhook).getSingleResult();
    }

    /** How many dead letters there are at all. */
    public long dead() {
        return entities.createQuery("select count(*) from WebhookDelivery where deadAt is not null", Long.class).getSingleResult();
    }

    /** Dead letters by subscription and index, after one of them; at most {@code limit}. */
    public List<WebhookDelivery> deadAfter(long webhook, long index, int limit) {
        return entities.createQuery("from WebhookDelivery where deadAt is not null and (webhook > :webhook or webhook = :webhook and index > :index) order by webhook, index", WebhookDelivery.class)
                .setParameter("webhook", webhook).setParameter("index", index).setMaxResults(limit).getResultList();
    }

    /** Tries a dead letter again from the beginning; false if there is none. */
    public boolean retry(long webhook, long index, Instant now) {
        Optional<WebhookDelivery> dead = deadLetter(webhook, index);
        dead.ifPresent(each -> each.revive(now));
        return dead.isPresent();
    }

    /** Forgets a dead letter; false if there is none. */
    public boolean drop(long webhook, long index) {
        Optional<WebhookDelivery> dead = deadLetter(webhook, index);
        dead.ifPresent(entities::remove);
        return dead.isPresent();
    }

    private Optional<WebhookDelivery> deadLetter(long webhook, long index) {
        return delivery(webhook, index).filter(each -> each.deadAt().isPresent());
    }
}
