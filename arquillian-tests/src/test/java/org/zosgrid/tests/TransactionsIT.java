package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a use case stores and what it starts is one transaction: both or neither; and a job is done by one server, also if the connection drops. */
@ArquillianTest
class TransactionsIT {
    private static final String WAITING = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="tests">
          <process id="waiting" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
            <startEvent id="start"/><sequenceFlow id="in" sourceRef="start" targetRef="wait"/><userTask id="wait"/>
          </process>
        </definitions>
        """;

    /** Its job writes something and then fails: nobody is called what it asks for. */
    private static final String FAILING = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="tests">
          <process id="failing" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
            <startEvent id="start"/><sequenceFlow id="in" sourceRef="start" targetRef="write"/>
            <serviceTask id="write" camunda:asyncBefore="true" camunda:expression="${execution.setVariable('written', true)}"/>
            <sequenceFlow id="on" sourceRef="write" targetRef="fail"/>
            <serviceTask id="fail" camunda:expression="${nobody.there()}"/>
          </process>
        </definitions>
        """;

    /** Its job writes something, for which the database looks at the row of the execution before it touches the job's own, and waits then. */
    private static final String WRITING = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="tests">
          <process id="writing" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
            <startEvent id="start"/><sequenceFlow id="in" sourceRef="start" targetRef="write"/>
            <serviceTask id="write" camunda:asyncBefore="true" camunda:expression="${execution.setVariable('written', true)}"/>
            <sequenceFlow id="on" sourceRef="write" targetRef="wait"/><userTask id="wait"/>
          </process>
        </definitions>
        """;

    /** Three of the looks that a server has at its locks, and some time more. */
    private static final Duration LOOKS = Duration.ofSeconds(11);

    @Resource(lookup = "jdbc/zos") private DataSource database;
    @Resource private UserTransaction transaction;
    @Inject private RuntimeService runtime;
    @Inject private RepositoryService repository;
    @Inject private HistoryService history;
    @Inject private ManagementService management;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    void rollingBackUndoesRowAndProcess() throws Exception {
        String key = begin();
        assertThat(rows(key)).as("rows within the transaction").isEqualTo(1);
        assertThat(instances(key)).as("instances within the transaction").isEqualTo(1);
        transaction.rollback();
        assertThat(rows(key)).as("rows").isZero();
        assertThat(instances(key)).as("instances").isZero();
        assertThat(history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(key).count()).as("history").isZero();
    }

    @Test
    void committingKeepsRowAndProcess() throws Exception {
        String key = begin();
        transaction.commit();
        assertThat(rows(key)).as("rows").isEqualTo(1);
        assertThat(instances(key)).as("instances").isEqualTo(1);
        runtime.deleteProcessInstance(runtime.createProcessInstanceQuery().processInstanceBusinessKey(key).singleResult().getId(), "done");
    }

    @Test
    void whatAFailedJobHasWrittenIsUndoneAndTheJobIsGivenBack() throws Exception {
        repository.createDeployment().name("tests").enableDuplicateFiltering(true).addString("failing.bpmn", FAILING).deploy();
        String instance = runtime.startProcessInstanceByKey("failing").getId();
        try {
            await(() -> management.createJobQuery().processInstanceId(instance).withException().count() > 0);
            Job job = management.createJobQuery().processInstanceId(instance).singleResult();
            assertThat(job.getExceptionMessage()).as("what the job failed of").contains("nobody");
            assertThat(runtime.getVariable(instance, "written")).as("what it had written before").isNull();
            assertThat(lock(job.getId())).as("who holds the job").isNull();
        } finally {
            runtime.deleteProcessInstance(instance, "done");
        }
    }

    /** As if the connection had dropped at the moment in which the database committed that the job is this server's. */
    @Test
    void aJobThatIsLockedForThisServerWithoutItsKnowledgeGoesOn() throws Exception {
        String instance = startLocked("(SELECT owner FROM server WHERE seen_at > clock_timestamp() - interval '10 s')");
        awaitWritten(instance);
    }

    /** The job runs for as long as somebody else holds the row of its execution. */
    @Test
    void aJobThatRunsForLongStaysWithItsServer() throws Exception {
        String instance = startLocked("'a test'");
        String job = management.createJobQuery().processInstanceId(instance).singleResult().getId();
        try (Connection holder = database.getConnection(); PreparedStatement hold = holder.prepareStatement("SELECT 1 FROM act_ru_execution WHERE id_ = ? FOR UPDATE")) {
            holder.setAutoCommit(false);
            hold.setString(1, instance);
            hold.executeQuery().close();
            update("UPDATE act_ru_job SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE id_ = ?", job);
            await(() -> lock(job) != null);
            Instant end = Instant.now().plus(LOOKS);
            while (Instant.now().isBefore(end)) {
                assertThat(lock(job)).as("who holds the job").startsWith("zos:");
                Thread.sleep(100);
            }
            holder.rollback();
        }
        awaitWritten(instance);
    }

    /** Begins a process whose job is, when it is committed, locked by a name given as SQL; returns the id of its instance. */
    private String startLocked(String owner) throws Exception {
        repository.createDeployment().name("tests").enableDuplicateFiltering(true).addString("writing.bpmn", WRITING).deploy();
        transaction.begin();
        String instance = runtime.startProcessInstanceByKey("writing").getId();
        update("UPDATE act_ru_job SET lock_owner_ = " + owner + ", lock_exp_time_ = clock_timestamp() + interval '1 h' WHERE process_instance_id_ = ?", instance);
        transaction.commit();
        return instance;
    }

    private void update(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).as("jobs").isOne();
        }
    }

    private void awaitWritten(String instance) throws Exception {
        await(() -> runtime.getVariable(instance, "written") != null);
        runtime.deleteProcessInstance(instance, "done");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.call()) {
            assertThat(Instant.now()).as("time until what is waited for").isBefore(end);
            Thread.sleep(100);
        }
    }

    private @Nullable String lock(String job) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement owner = connection.prepareStatement("SELECT lock_owner_ FROM act_ru_job WHERE id_ = ?")) {
            owner.setString(1, job);
            try (ResultSet row = owner.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private String begin() throws Exception {
        repository.createDeployment().name("tests").enableDuplicateFiltering(true).addString("waiting.bpmn", WAITING).deploy();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS transactions_test (key text PRIMARY KEY)");
        }
        String key = UUID.randomUUID().toString();
        transaction.begin();
        try (Connection connection = database.getConnection();
             PreparedStatement insert = connection.prepareStatement("INSERT INTO transactions_test VALUES (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        }
        runtime.startProcessInstanceByKey("waiting", key);
        return key;
    }

    private long rows(String key) throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM transactions_test WHERE key = ?")) {
            count.setString(1, key);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long instances(String key) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(key).count();
    }
}
