package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All changes, with what was said of them and sent because of them. Every method works in the caller's transaction. */
@ApplicationScoped
public class Changes {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Changes() {}

    Changes(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Change change) {
        entities.persist(change);
        entities.flush(); // the id, and a broken rule, are known now
    }

    public Change get(long id) {
        return Optional.ofNullable(entities.find(Change.class, id)).orElseThrow(() -> new NoSuchElementException("change " + id));
    }

    /** Until this transaction ends, nobody else appends to a node's log or takes one of its receipts. Lock a node before a change. */
    public void lockNode(String node) {
        entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:node, 0))", Integer.class).setParameter("node", "node:" + node).getSingleResult();
    }

    /** Sizes of the ledger at which contracts were sealed that a node has in its log and has not decided on, as far as its receipts are here. */
    public List<Long> undecidedSizes(String node) {
        return entities.createQuery("select d.ledgerSize from Dispatch d where d.node = :node and d.sequence is not null and not exists"
                        + " (select 1 from NodeReceipt r where r.node = d.node and r.digest = d.digest)", Long.class)
                .setParameter("node", node).getResultList();
    }

    /** The change, which nobody else may lock before this transaction ends; as it is after everybody before has ended theirs. */
    public Change lock(long id) {
        Change change = get(id);
        entities.flush(); // what this transaction has changed already is not to be read away
        entities.refresh(change, LockModeType.PESSIMISTIC_WRITE);
        return change;
    }

    /** How many changes are in each state; states without any are left out. */
    public Map<String, Long> countByState() {
        return entities.createQuery("select state, count(*) from Change group by state", Object[].class).getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }

    /** The newest submission of a version. */
    public Optional<Change> find(String name, long version) {
        return entities.createQuery("from Change where name = :name and version = :version order by id desc", Change.class)
                .setParameter("name", name).setParameter("version", version).setMaxResults(1).getResultStream().findFirst();
    }

    /** The newest submission under a name. */
    public Optional<Change> newest(String name) {
        return entities.createQuery("from Change where name = :name order by id desc", Change.class)
                .setParameter("name", name).setMaxResults(1).getResultStream().findFirst();
    }

    /** The version that was sealed last under a name. */
    public Optional<Change> lastSealed(String name) {
        return entities.createQuery("from Change where name = :name and sealed is not null order by version desc", Change.class)
                .setParameter("name", name).setMaxResults(1).getResultStream().findFirst();
    }

    /** What makes a name be as it is: the deployment that runs or stands still, and the pause or resumption that came last. */
    public List<Change> standing(String name) {
        return entities.createQuery("from Change where name = :name and state in ('running', 'drifted', 'paused') order by id", Change.class)
                .setParameter("name", name).getResultList();
    }

    /** The deployment that runs or stands still under a name, if any. */
    public Optional<Change> current(String name) {
        return standing(name).stream().filter(change -> change.kind() == ChangeKind.DEPLOYMENT).reduce((one, next) -> next);
    }

    /**
     * Places in a node's {@code contracts} log of which nobody knows here what stands there, from a place on: gaps that attempts have left which were rolled back, and
     * what is behind the last that is known. In order, never empty; the last one is open.
     */
    public List<Places> unknownPlaces(String node, long from) {
        List<Places> unknown = new ArrayList<>();
        long next = from;
        for (long known : entities.createQuery("select sequence from Dispatch where node = :node and sequence >= :from order by sequence", Long.class)
                .setParameter("node", node).setParameter("from", from).getResultList()) {
            if (known > next) {
                unknown.add(new Places(next, known));
            }
            next = Math.max(next, known + 1);
        }
        unknown.add(new Places(next, Long.MAX_VALUE));
        return unknown;
    }

    /**
     * Places in a node's log that follow each other.
     *
     * @param first of them
     * @param end the one behind the last
     */
    public record Places(long first, long end) {}

    /** The place before which nothing can stand in a node's log that this change has sent there. */
    public long notBefore(long change, String node) {
        return entities.createQuery("select coalesce(min(notBefore), 0) from Dispatch where changeId = :change and node = :node", Long.class)
                .setParameter("change", change).setParameter("node", node).getSingleResult();
    }

    /** The version that the workflow works on, if any. */
    public Optional<Change> open(String name) {
        return newest(name).filter(change -> change.state().open());
    }

    /** Ids of changes that nodes may have to answer for. */
    public List<Long> waitingForNodes() {
        return entities.createQuery("select id from Change where state in ('provisioning', 'pausing', 'removing', 'compensating') order by id", Long.class).getResultList();
    }

    public Optional<Change> byIdempotencyKey(String requester, String key) {
        return entities.createQuery("from Change where requester = :requester and idempotencyKey = :key", Change.class)
                .setParameter("requester", requester).setParameter("key", key).getResultStream().findFirst();
    }

    /** Names in order with their newest submission, if that fits: at most {@code limit} after {@code cursor}. */
    public List<Change> newestByName(String cursor, int limit, Wanted wanted) {
        return entities.createQuery("from Change c where c.kind not in ('model', 'admission', 'retirement', 'skip', 'promotion', 'review') and c.name > :cursor and c.id = (select max(o.id) from Change o where o.name = c.name)"
                        + " and (:part = '' or locate(:part, c.name) > 0) and (:state = '' or c.state = :state) and (:everybody = true or c.processInstance in :instances) order by c.name", Change.class)
                .setParameter("cursor", cursor).setParameter("part", wanted.part()).setParameter("state", wanted.state().map(ChangeState::toString).orElse(""))
                .setParameter("everybody", wanted.instances().isEmpty()).setParameter("instances", wanted.instances().orElse(List.of())).setMaxResults(limit).getResultList();
    }

    /** Changes of every kind that wait for approvals, in the order they came: at most {@code limit} after the id {@code after}; those of these process instances, or all. */
    public List<Change> waitingForApproval(long after, int limit, Optional<List<String>> instances) {
        return entities.createQuery("from Change c where c.state = 'approval' and c.id > :after and (:everybody = true or c.processInstance in :instances) order by c.id", Change.class)
                .setParameter("after", after).setParameter("everybody", instances.isEmpty()).setParameter("instances", instances.orElse(List.of())).setMaxResults(limit).getResultList();
    }

    /**
     * What is looked for in a list.
     *
     * @param part stands in the name; empty for every name
     * @param instances those of these process instances; empty for all
     */
    public record Wanted(String part, Optional<ChangeState> state, Optional<List<String>> instances) {
        public static final Wanted ALL = new Wanted("", Optional.empty(), Optional.empty());
    }

    /** Models in order with their newest submission: at most {@code limit} after {@code cursor}. */
    public List<Change> newestModels(String cursor, int limit) {
        return entities.createQuery("from Change c where c.kind = 'model' and c.name > :cursor and c.id = (select max(o.id) from Change o where o.name = c.name) order by c.name", Change.class)
                .setParameter("cursor", cursor).setMaxResults(limit).getResultList();
    }

    /** The version of a model that is in force. */
    public Optional<Change> inForce(String model) {
        return entities.createQuery("from Change where name = :name and kind = 'model' and state = 'in_force' order by version desc", Change.class)
                .setParameter("name", model).setMaxResults(1).getResultStream().findFirst();
    }

    /** All models in force, by name. */
    public List<Change> inForce() {
        return entities.createQuery("from Change where kind = 'model' and state = 'in_force' order by name", Change.class).getResultList();
    }

    /** Promotions in order with their newest submission: at most {@code limit} after {@code cursor}. */
    public List<Change> newestPromotions(String cursor, int limit) {
        return entities.createQuery("from Change c where c.kind = 'promotion' and c.name > :cursor and c.id = (select max(o.id) from Change o where o.name = c.name) order by c.name", Change.class)
                .setParameter("cursor", cursor).setMaxResults(limit).getResultList();
    }

    /** The promotion of a name that counts, or counted until its time was over. */
    public Optional<Change> promoted(String name) {
        return entities.createQuery("from Change where name = :name and kind = 'promotion' and state = 'promoted' order by version desc", Change.class)
                .setParameter("name", name).setMaxResults(1).getResultStream().findFirst();
    }

    /**
     * Ids of revocations that a node has not been sent, or could not take for want of a proof.
     *
     * @param lacks reasons of refusals that a new proof heals
     */
    public List<Long> revocationsFor(String node, Set<String> lacks) {
        return entities.createQuery("select c.id from Change c where c.kind = 'promotion' and c.state = 'revoked' and not exists"
                        + " (from Dispatch d where d.changeId = c.id and d.node = :node and d.sequence is not null and not exists (from NodeReceipt r where r.node = d.node and r.digest = d.digest and r.reason in :lacks))"
                        + " order by c.id", Long.class)
                .setParameter("node", node).setParameter("lacks", lacks).setMaxResults(100).getResultList();
    }

    /** Admissions and retirements that were sealed, by name, the newest of each name last. */
    public List<Change> ofNodes() {
        return entities.createQuery("from Change where kind in ('admission', 'retirement') and sealed is not null order by name, version", Change.class).getResultList();
    }

    /** Every deployment of which something is on nodes, or is about to be, or is being taken away. */
    public List<Change> onNodes() {
        return entities.createQuery("from Change where kind = 'deployment' and state in ('running', 'drifted', 'paused', 'provisioning', 'exposing', 'compensating')", Change.class).getResultList();
    }

    /** Admissions and retirements that wait for something to happen to their node. */
    public List<Long> waitingOfNodes() {
        return entities.createQuery("select id from Change where state in ('admitting', 'retiring') order by id", Long.class).getResultList();
    }

    /** The retirement of a node that is under way. */
    public Optional<Change> retirement(String node) {
        return entities.createQuery("from Change where name = :name and kind = 'retirement' and state = 'retiring'", Change.class)
                .setParameter("name", node).getResultStream().findFirst();
    }

    /** Sealed versions of a name, newest first. */
    public List<Change> sealed(String name) {
        return entities.createQuery("from Change where name = :name and sealed is not null order by version desc", Change.class)
                .setParameter("name", name).getResultList();
    }

    public void add(Approval approval) {
        entities.persist(approval);
    }

    public void add(Rejection rejection) {
        entities.persist(rejection);
    }

    /** In the order they came. */
    public List<Approval> approvals(long change) {
        return entities.createQuery("from Approval where changeId = :change order by at, person", Approval.class).setParameter("change", change).getResultList();
    }

    /** Who approved each of these changes, in the order they did; without those that nobody approved. */
    public Map<Long, List<String>> approvers(Collection<Long> changes) {
        return entities.createQuery("from Approval where changeId in :changes order by at, person", Approval.class).setParameter("changes", changes).getResultStream()
                .collect(Collectors.groupingBy(Approval::changeId, Collectors.mapping(Approval::person, Collectors.toList())));
    }

    public List<Rejection> rejections(long change) {
        return entities.createQuery("from Rejection where changeId = :change order by at, person", Rejection.class).setParameter("change", change).getResultList();
    }

    /** What was sent, or is to be sent. */
    public Dispatch dispatch(long id) {
        return Optional.ofNullable(entities.find(Dispatch.class, id)).orElseThrow(() -> new NoSuchElementException("dispatch " + id));
    }

    public void add(Dispatch dispatch) {
        dispatch.notBefore(entities.createQuery("select coalesce(max(sequence), -1) + 1 from Dispatch where node = :node", Long.class).setParameter("node", dispatch.node()).getSingleResult());
        entities.persist(dispatch);
    }

    public Optional<Dispatch> dispatch(long change, String node, String purpose) {
        return entities.createQuery("from Dispatch where changeId = :change and node = :node and purpose = :purpose", Dispatch.class)
                .setParameter("change", change).setParameter("node", node).setParameter("purpose", purpose).getResultStream().findFirst();
    }

    /** What was sent to a node with these bytes. */
    public Optional<Dispatch> dispatch(String node, String digest) {
        return entities.createQuery("from Dispatch where node = :node and digest = :digest order by id", Dispatch.class)
                .setParameter("node", node).setParameter("digest", digest).setMaxResults(1).getResultStream().findFirst();
    }

    /** By node. */
    public List<Dispatch> dispatches(long change) {
        return entities.createQuery("from Dispatch where changeId = :change order by node, id", Dispatch.class).setParameter("change", change).getResultList();
    }
}
