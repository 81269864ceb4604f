package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Logger;
import org.zosgrid.bpmn.model.Migration;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.model.Migrations;
import org.zosgrid.workloads.view.MigratingInstance;

/** Moves changes that are under way by an older version of a customer's model to the one in force. Those that nobody moves stay with the version they began with. */
@Stateless
public class MigrateInstances {
    private static final Logger LOG = Logger.getLogger(MigrateInstances.class.getName());

    @Inject private Administrators administrators;
    @Inject private Migrations migrations;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;

    /**
     * What is under way by a version, and what of it could be moved.
     *
     * @throws RefusedException NOT_FOUND or CONFLICT
     */
    public List<MigratingInstance> preview(String model, long from) {
        return shown(migrations.of(model, from));
    }

    /**
     * Moves these instances, all of them or none.
     *
     * @throws RefusedException FORBIDDEN, NOT_FOUND, or CONFLICT if one cannot be moved now
     */
    public List<MigratingInstance> move(Caller caller, String model, long from, List<String> instances) {
        administrators.check(caller);
        Migration migration = migrations.of(model, from);
        List<MigratingInstance> moved = shown(migration).stream().filter(each -> instances.contains(each.instance())).toList();
        try {
            migration.move(instances);
        } catch (IllegalArgumentException refused) {
            throw new RefusedException(Kind.CONFLICT, "An instance cannot be moved", new Fault("instances", String.valueOf(refused.getMessage()), ""));
        }
        moved.forEach(each -> tell(caller, model, from, each));
        LOG.info(caller.person() + " moved " + instances.size() + " instances of " + model + " from version " + from);
        return moved;
    }

    /** In the ledger, under the name of the change: how it goes on was decided by somebody. */
    private void tell(Caller caller, String model, long from, MigratingInstance moved) {
        String[] subject = moved.change().split(":", 2);
        changes.find(subject[0], Long.parseLong(subject[1])).ifPresent(change -> decisions.append(LedgerEntry.MIGRATED, change,
                caller.person() + ": from version " + from + " of " + model + " to version " + changes.inForce(model).orElseThrow().version()));
    }

    private static List<MigratingInstance> shown(Migration migration) {
        return migration.preview().stream().map(each -> new MigratingInstance(each.instance(), each.businessKey(), each.at(), each.obstacles())).toList();
    }
}
