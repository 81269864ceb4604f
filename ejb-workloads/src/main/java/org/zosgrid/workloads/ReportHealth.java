package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.zosgrid.connector.zdb.ZdbConnection;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;
import org.zosgrid.workloads.health.Probes;
import org.zosgrid.workloads.view.Health;

/** Asks the parts of the control plane whether they answer. In no transaction: one that hangs with them would not end. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReportHealth {
    private static final int SECONDS = 2;

    @Resource(lookup = "jdbc/zos")
    private DataSource database;

    @Resource(lookup = "zos/zdb")
    private ZdbConnectionFactory stores;

    @Inject private ManagementService engine;
    @Inject private Probes probes;

    public Health health() {
        Map<String, Supplier<Health.Part>> parts = new LinkedHashMap<>();
        parts.put("database", this::database);
        parts.put("workflow engine", this::engine);
        parts.put("ledger store", this::ledgerStore);
        return new Health(probes.ask(parts));
    }

    private Health.Part database() {
        try (Connection connection = database.getConnection()) {
            return new Health.Part("database", connection.isValid(SECONDS), "");
        } catch (SQLException away) {
            return new Health.Part("database", false, "it does not answer");
        }
    }

    /** Without it decisions are still made; what needs a proof waits. */
    private Health.Part ledgerStore() {
        try (ZdbConnection store = stores.getLedgerConnection()) {
            store.size("ledger");
            return new Health.Part("ledger store", true, "");
        } catch (ResourceException away) {
            return new Health.Part("ledger store", false, "it does not answer");
        }
    }

    private Health.Part engine() {
        try {
            long stuck = engine.createJobQuery().noRetriesLeft().count();
            return new Health.Part("workflow engine", true, stuck == 0 ? "" : stuck + " steps have given up and wait for an operator");
        } catch (ProcessEngineException broken) {
            return new Health.Part("workflow engine", false, "it does not answer");
        }
    }
}
