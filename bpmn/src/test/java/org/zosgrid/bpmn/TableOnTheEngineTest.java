package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.table.Demand;
import org.zosgrid.bpmn.table.Floor;
import org.zosgrid.bpmn.table.RefusedTableException;
import org.zosgrid.bpmn.table.Table;
import org.zosgrid.bpmn.table.TableCheck;

/** What a table was understood to say is what the engine's FEEL says of it. */
class TableOnTheEngineTest {
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");
    private static final List<String> TEXTS = List.of("", "-", "\"production\"", "\"development\",\"staging\"", "\"staging\" , \"production\"");
    private static final List<String> NUMBERS = List.of("", "-", "16", "&lt; 16", "&lt;= 16", "> 3", ">=3", "[3..16]", "(3..16)", "]3..16[", "[3..16)", "1, 3, [7..9]", "0");
    private static final List<String> GROUPS = List.of("\"\"", "\"security\"", "\"security,operations\"");

    private final Random random = new Random(3);

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String dmn() {
        StringBuilder rows = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            rows.append(row("r" + i, any(TEXTS), any(List.of("", "true", "false", "true, false")), any(NUMBERS)));
        }
        rows.append(row("rest", "", "", ""));
        return table("FIRST", rows.toString());
    }

    private static String table(String hitPolicy, String rows) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="any" namespace="x"><decision id="any" name="any"><decisionTable id="t" hitPolicy="%s">
                <input id="i1"><inputExpression id="e1"><text>environment</text></inputExpression></input><input id="i2"><inputExpression id="e2"><text>exposed</text></inputExpression></input>
                <input id="i3"><inputExpression id="e3"><text>machines</text></inputExpression></input><output id="o1" name="people"/><output id="o2" name="groups"/>
                """.formatted(hitPolicy) + rows + "</decisionTable></decision></definitions>";
    }

    private String row(String id, String environment, String exposed, String machines) {
        StringBuilder row = new StringBuilder("<rule id=\"" + id + "\">");
        List.of(environment, exposed, machines).forEach(cell -> row.append("<inputEntry><text>").append(cell).append("</text></inputEntry>"));
        return row.append("<outputEntry><text>").append(1 + random.nextInt(9)).append("</text></outputEntry><outputEntry><text>").append(any(GROUPS)).append("</text></outputEntry></rule>").toString();
    }

    @Test
    void theEngineAnswersTheSame() throws RefusedTableException {
        for (int i = 0; i < 25; i++) {
            Table table = read(dmn());
            Deployment deployment = Engine.engine().getRepositoryService().createDeployment().addInputStream("any.dmn", new ByteArrayInputStream(table.forTheEngine())).deploy();
            Function<ChangeFacts, Optional<Demand>> draft = new DraftTable(Engine.engine()).of(table);
            for (int j = 0; j < 40; j++) {
                var facts = new ChangeFacts("deployment", any(ENVIRONMENTS), random.nextBoolean(), any(List.of(0, 1, 2, 3, 4, 7, 8, 9, 10, 15, 16, 17)), 64);
                DmnDecisionRuleResult said = Engine.engine().getDecisionService().evaluateDecisionTableByKey("any", Map.of(Variables.ENVIRONMENT, facts.environment(), Variables.EXPOSED, facts.exposed(),
                        Variables.MACHINES, facts.machines())).getSingleResult();
                String groups = said.getEntry("groups");
                var demand = new Demand(((Number) said.getEntry("people")).intValue(), groups.isEmpty() ? Set.of() : new TreeSet<>(List.of(groups.split(", "))));
                assertThat(draft.apply(facts)).as("asked before it is in force").contains(demand);
                assertThat(table.demand(facts)).as(facts + " in " + new String(table.forTheEngine(), StandardCharsets.UTF_8)).contains(demand);
            }
            Engine.engine().getRepositoryService().deleteDeployment(deployment.getId(), true);
        }
    }

    @Test
    void aTableThatIsTriedSaysNothingWhereNoRowOrMoreThanOneAcceptsAChange() throws RefusedTableException {
        DraftTable draft = new DraftTable(Engine.engine());
        Table two = read(table("UNIQUE", row("large", "", "", "> 3") + row("open", "", "true", "")));
        assertThat(draft.demand(two, facts(true, 4))).isEmpty();
        assertThat(draft.demand(two, facts(false, 3))).isEmpty();
        assertThat(draft.demand(two, facts(false, 4))).isEqualTo(two.demand(facts(false, 4))).isPresent();
        assertThat(two.accepting(facts(true, 4))).containsExactly("large", "open");
    }

    @Test
    void theLargestNumberIsTakenOfATableThatCollects() throws RefusedTableException {
        Table table = read(table("COLLECT\" aggregation=\"MAX", row("large", "", "", "> 3") + row("open", "", "true", "")).replaceAll("<output id=\"o2\"[^>]*>|<outputEntry><text>\"[^<]*</text></outputEntry>", ""));
        assertThat(new DraftTable(Engine.engine()).demand(table, facts(true, 4))).isEqualTo(table.demand(facts(true, 4))).isPresent();
    }

    @Test
    void costDataAndHourAreAskedByTheEngineToo() throws RefusedTableException {
        Table table = read(table("FIRST", row("any", "\"restricted\",\"internal\"", "true", "> 16") + row("rest", "", "", "")).replace("<text>environment</text>", "<text>dataClass</text>")
                .replace("<text>exposed</text>", "<text>cost</text>").replace("<text>true</text>", "<text>> 1000</text>").replace("<text>machines</text>", "<text>hour</text>"));
        Function<ChangeFacts, Optional<Demand>> draft = new DraftTable(Engine.engine()).of(table);
        for (int i = 0; i < 60; i++) {
            var facts = new ChangeFacts("deployment", "staging", false, 1, 64, any(List.of("public", "internal", "restricted")), any(List.of(0L, 1000L, 1001L, ChangeFacts.UNKNOWN_COST)), any(List.of(0, 16, 17, 23)));
            assertThat(draft.apply(facts)).as(facts.toString()).isEqualTo(table.demand(facts)).isPresent();
        }
    }

    @Test
    void triedTablesAreNotDeployed() throws RefusedTableException {
        long before = Engine.engine().getRepositoryService().createDecisionDefinitionQuery().count();
        new DraftTable(Engine.engine()).demand(read(dmn()), facts(true, 4));
        assertThat(Engine.engine().getRepositoryService().createDecisionDefinitionQuery().count()).isEqualTo(before);
    }

    private static ChangeFacts facts(boolean exposed, int machines) {
        return new ChangeFacts("deployment", "staging", exposed, machines, 64);
    }

    private static Table read(String dmn) throws RefusedTableException {
        return new TableCheck(Set.of(), Set.of("security", "operations"), Floor.of(1)).understood(dmn.getBytes(StandardCharsets.UTF_8));
    }
}
