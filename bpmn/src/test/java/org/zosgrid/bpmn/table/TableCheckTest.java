package org.zosgrid.bpmn.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.bpmn.ChangeFacts;

class TableCheckTest {
    static final TableCheck CHECK = new TableCheck(Set.of("quorum"), Set.of("security", "operations"), Floor.of(1));

    static final String EXAMPLES = """
            - {when: {environment: production, machines: 3}, people: 2, groups: [security]}
            - {when: {environment: production, machines: 20}, people: 3, groups: [operations, security]}
            - {when: {environment: staging, machines: 20}, people: 1}
            """;

    static String table(String rows) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Own" namespace="http://example.org">
                <decision id="own" name="Own"><decisionTable id="table" hitPolicy="UNIQUE">
                <input id="in-1" label="Environment"><inputExpression id="e-1" typeRef="string"><text>environment</text></inputExpression></input>
                <input id="in-2"><inputExpression id="e-2" typeRef="integer"><text>machines</text></inputExpression></input>
                <output id="out-1" name="people" typeRef="integer"/><output id="out-2" name="groups" typeRef="string"/>
                """ + rows + "</decisionTable></decision></definitions>";
    }

    static String row(String id, String environment, String machines, String people, String groups) {
        return "<rule id=\"" + id + "\"><inputEntry id=\"" + id + "-1\"><text>" + environment + "</text></inputEntry><inputEntry id=\"" + id + "-2\"><text>" + machines.replace("<", "&lt;")
                + "</text></inputEntry><outputEntry id=\"" + id + "-3\"><text>" + people + "</text></outputEntry><outputEntry id=\"" + id + "-4\"><text>" + groups + "</text></outputEntry></rule>\n";
    }

    static final String GOOD = table(row("few", "\"production\"", "[0..16]", "2", "\"security\"") + row("many", "\"production\"", "> 16", "3", "\"security, operations\"")
            + row("else", "\"development\",\"staging\"", "", "1", "\"\""));

    private static List<String> check(String xml, String examples) {
        return CHECK.check(xml.getBytes(StandardCharsets.UTF_8), examples.getBytes(StandardCharsets.UTF_8)).stream().map(TableFinding::toString).toList();
    }

    @Test
    void aTableInOrderSaysWhatItsRowsSay() throws RefusedTableException {
        Table table = CHECK.checked(GOOD.getBytes(StandardCharsets.UTF_8), EXAMPLES.getBytes(StandardCharsets.UTF_8));
        assertThat(table.id()).isEqualTo("own");
        assertThat(table.demand(new ChangeFacts("deployment", "production", true, 17, 0))).contains(new Demand(3, Set.of("security", "operations")));
        assertThat(table.demand(new ChangeFacts("deployment", "staging", true, 17, 0))).contains(new Demand(1, Set.of()));
    }

    @Test
    void theBuiltInTableStandsUpToItsExamples() throws IOException {
        try (InputStream dmn = TableCheckTest.class.getResourceAsStream("/quorum.dmn"); InputStream examples = TableCheckTest.class.getResourceAsStream("/quorum.examples.yaml")) {
            assertThat(new TableCheck(Set.of(), Set.of(), Floor.of(1)).check(dmn.readAllBytes(), examples.readAllBytes())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<definitions                  | <!DOCTYPE d><definitions                 | a document type (DOCTYPE) is not read",
        "<decision id=\"own\"          | <decision id=\"quorum\"                  | quorum: the decision's id is quorum; it must be small letters, digits and -, at most 63, and none of quorum",
        "hitPolicy=\"UNIQUE\"          | hitPolicy=\"RULE ORDER\"                 | table: the hit policy is RULE ORDER",
        "hitPolicy=\"UNIQUE\"          | hitPolicy=\"COLLECT\" aggregation=\"MAX\" | table: the largest number is taken and there are groups",
        "<text>environment</text>      | <text>environment.bytes</text>           | in-1: the input is environment.bytes; it must be one of kind, environment, exposed, machines, memoryMiB",
        "<text>environment</text>      | <text>name</text>                        | in-1: the input is name",
        "<text>machines</text>         | <text>environment</text>                 | table: an input stands there twice",
        "<inputEntry id=\"few-1\"      | <inputEntry expressionLanguage=\"javascript\" id=\"few-1\" | few-1: it is written in javascript; cells are written in feel",
        "<inputExpression id=\"e-1\"   | <inputExpression expressionLanguage=\"groovy\" id=\"e-1\" | e-1: it is written in groovy",
        "<input id=\"in-1\"            | <input xmlns:c=\"http://camunda.org/schema/1.0/dmn\" c:inputVariable=\"x\" id=\"in-1\" | in-1: input has the attribute inputVariable",
        "<decisionTable id=\"table\"   | <informationRequirement id=\"r\"/><decisionTable id=\"table\" | r: decision has informationRequirement in it",
        "</definitions>                | <businessKnowledgeModel id=\"b\"/></definitions> | b: definitions has businessKnowledgeModel in it",
        "[0..16]                       | [0..count(x)]                            | few-2: the cell under machines is [0..count(x)]",
        "[0..16]                       | ? > 3                                    | few-2: the cell under machines is ? > 3",
        "[0..16]                       | not(17)                                  | few-2: the cell under machines is not(17)",
        "[0..16]                       | 1,                                       | few-2: the cell under machines is 1,",
        "\"production\"                | \"prod\"                                 | few-1: environment is never prod; it is one of development, staging, production",
        "\"production\"                | production                               | few-1: the cell under environment is production",
        "\"production\"                | ${x}                                     | few-1: the cell under environment is ${x}",
        "<text>2</text>                | <text>1 + 1</text>                       | few-3: people are 1 + 1; a whole number, 1 to 100, must stand there",
        "<text>2</text>                | <text>0</text>                           | few-3: people are 0",
        "\"security\"                  | \"friends\"                              | few-4: there is no group friends; it must be one of operations, security",
        "\"security\"                  | if x then y                              | few-4: groups are if x then y",
        "name=\"groups\"               | name=\"assignee\"                        | table: its outputs are people, assignee",
        "[0..16]                       | [1..16]                                  | own: no row accepts a change of the kind deployment in production, not open to the internet, with 0 machines",
        "[0..16]                       | [0..17]                                  | many: it accepts a change of the kind deployment in production, not open to the internet, with 17 machines"})
    void whatIsWrongInATableIsNamed(String from, String to, String finding) {
        assertThat(GOOD).contains(from);
        String broken = GOOD.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
        assertThat(check(broken, EXAMPLES)).anyMatch(each -> each.contains(finding));
        assertThatThrownBy(() -> CHECK.checked(broken.getBytes(StandardCharsets.UTF_8), EXAMPLES.getBytes(StandardCharsets.UTF_8))).isInstanceOf(RefusedTableException.class).hasMessageContaining(finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                                                                                        | examples: there are 0; 1 to 500 must stand beside the table",
        "[]                                                                                        | examples: there are 0",
        "[~]                                                                                       | examples[0]: it is nothing",
        "~                                                                                         | examples: there are 0",
        "[{when: {environment: staging, machines: 1}, people: 1, groups: [~]}]                     | examples[0]: a group is nothing",
        "{a: 1}                                                                                    | examples: they cannot be read",
        "[{when: {environment: staging, machines: 1}, people: 1, person: x}]                       | examples: they cannot be read",
        "[{when: {environment: staging, machines: 1}, people: 2}]                                  | examples[0]: the table says 1 people; the example says 2 people",
        "[{when: {environment: production, machines: 1}, people: 2}]                               | examples[0]: the table says 2 people of security; the example says 2 people",
        "[{when: {environment: staging}, people: 1}]                                               | examples[0]: when lacks machines; it must say everything that the table asks",
        "[{when: {environment: prod, machines: 1}, people: 1}]                                     | examples[0]: when lacks environment (one of development, staging, production)",
        "[{when: {environment: staging, machines: '1'}, people: 1}]                                | examples: they cannot be read",
        "[{people: 1}]                                                                             | examples[0]: when is missing",
        "[{when: {environment: staging, machines: 1}, people: 1}]                                  | many: no example meets the row; each row must be met by an example"})
    void whatIsWrongInExamplesIsNamed(String examples, String finding) {
        assertThat(check(GOOD, examples)).anyMatch(each -> each.startsWith(finding));
    }

    @Test
    void aTableBelowTheFloorIsRefusedWithTheChangeThatWouldGetThrough() {
        TableCheck two = new TableCheck(Set.of(), Set.of("security", "operations"), Floor.of(2));
        assertThat(two.check(GOOD.getBytes(StandardCharsets.UTF_8), EXAMPLES.getBytes(StandardCharsets.UTF_8))).map(TableFinding::toString)
                .contains("else: it demands 1 for a change of the kind deployment in development, not open to the internet, with 0 machines and 0 MiB of memory; it must demand at least 2");
    }

    /** The built-in processes ask it for a number: said when it is checked, and not only when it is submitted. */
    @Test
    void theTableThatTakesTheBuiltInOnesPlaceDemandsNoGroups() {
        TableCheck anyName = new TableCheck(Set.of(), Set.of("security", "operations"), Floor.of(1));
        assertThat(anyName.check(GOOD.replace("decision id=\"own\"", "decision id=\"quorum\"").getBytes(StandardCharsets.UTF_8), EXAMPLES.getBytes(StandardCharsets.UTF_8))).map(TableFinding::toString)
                .containsExactly("quorum: it demands groups, and the built-in processes ask it for a number alone; groups are demanded by a table of another name, which a model of yours asks");
    }

    static final String BY_COST_DATA_AND_HOUR = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Own" namespace="http://example.org">
            <decision id="own" name="Own"><decisionTable id="table" hitPolicy="FIRST">
            <input id="in-1"><inputExpression id="e-1" typeRef="string"><text>dataClass</text></inputExpression></input>
            <input id="in-2"><inputExpression id="e-2" typeRef="long"><text>cost</text></inputExpression></input>
            <input id="in-3"><inputExpression id="e-3" typeRef="integer"><text>hour</text></inputExpression></input>
            <output id="out-1" name="people" typeRef="integer"/>
            <rule id="secret"><inputEntry id="a1"><text>"confidential","restricted"</text></inputEntry><inputEntry id="a2"><text></text></inputEntry><inputEntry id="a3"><text></text></inputEntry><outputEntry id="a4"><text>3</text></outputEntry></rule>
            <rule id="dear"><inputEntry id="b1"><text></text></inputEntry><inputEntry id="b2"><text>&gt; 1000.50</text></inputEntry><inputEntry id="b3"><text></text></inputEntry><outputEntry id="b4"><text>2</text></outputEntry></rule>
            <rule id="night"><inputEntry id="c1"><text></text></inputEntry><inputEntry id="c2"><text></text></inputEntry><inputEntry id="c3"><text>[0..5], >= 22</text></inputEntry><outputEntry id="c4"><text>2</text></outputEntry></rule>
            <rule id="rest"><inputEntry id="d1"><text></text></inputEntry><inputEntry id="d2"><text></text></inputEntry><inputEntry id="d3"><text></text></inputEntry><outputEntry id="d4"><text>1</text></outputEntry></rule>
            </decisionTable></decision></definitions>
            """;

    static final String EXAMPLES_OF_COST_DATA_AND_HOUR = """
            - {when: {dataClass: restricted, cost: 0, hour: 12}, people: 3}
            - {when: {dataClass: internal, cost: 1001, hour: 12}, people: 2}
            - {when: {dataClass: public, cost: 1000, hour: 22}, people: 2}
            - {when: {dataClass: public, cost: 1000, hour: 12}, people: 1}
            """;

    @Test
    void aTableMayAskForCostDataAndTimeOfDay() throws RefusedTableException {
        Table table = CHECK.checked(BY_COST_DATA_AND_HOUR.getBytes(StandardCharsets.UTF_8), EXAMPLES_OF_COST_DATA_AND_HOUR.getBytes(StandardCharsets.UTF_8));
        assertThat(table.demand(new ChangeFacts("deployment", "staging", false, 1, 64, "public", 10, 6))).contains(new Demand(1, Set.of()));
        assertThat(table.demand(new ChangeFacts("deployment", "staging", false, 1, 64, "public", 10, 5))).contains(new Demand(2, Set.of()));
        assertThat(table.demand(new ChangeFacts("deployment", "staging", false, 1, 64, "public", ChangeFacts.UNKNOWN_COST, 6))).as("without prices").contains(new Demand(2, Set.of()));
        assertThat(table.demand(new ChangeFacts("deployment", "staging", false, 1, 64))).as("of which nothing is said").contains(new Demand(3, Set.of()));
    }

    /** Every class, both sides of each cost and each hour are tried. */
    @Test
    void aTableThatForgetsAClassACostOrAnHourIsRefused() {
        String rest = BY_COST_DATA_AND_HOUR.substring(BY_COST_DATA_AND_HOUR.indexOf("<rule id=\"rest\">"), BY_COST_DATA_AND_HOUR.indexOf("</decisionTable>"));
        assertThat(check(BY_COST_DATA_AND_HOUR.replace(rest, rest.replace("<inputEntry id=\"d1\"><text>", "<inputEntry id=\"d1\"><text>\"internal\"")), EXAMPLES_OF_COST_DATA_AND_HOUR))
                .anyMatch(each -> each.startsWith("own: no row accepts ") && each.contains(", with public data, at a cost of 0 a month, asked at 6 o'clock (UTC); "));
        assertThat(check(BY_COST_DATA_AND_HOUR.replace(rest, rest.replace("<inputEntry id=\"d2\"><text>", "<inputEntry id=\"d2\"><text>&lt; 1000")), EXAMPLES_OF_COST_DATA_AND_HOUR)).anyMatch(each -> each.contains("at a cost of 1000 a month"));
        assertThat(check(BY_COST_DATA_AND_HOUR.replace(rest, rest.replace("<inputEntry id=\"d3\"><text>", "<inputEntry id=\"d3\"><text>&lt; 21")), EXAMPLES_OF_COST_DATA_AND_HOUR)).anyMatch(each -> each.contains("asked at 21 o'clock (UTC)"));
        assertThat(check(BY_COST_DATA_AND_HOUR, "[{when: {dataClass: secret, cost: 1, hour: 24}, people: 3}]"))
                .contains("examples[0]: when lacks dataClass (one of public, internal, confidential, restricted), hour (0 to 23); it must say everything that the table asks");
    }

    /** The floor has a threshold that the table does not know of: both of its sides are tried. */
    @Test
    void aFloorWithThresholdsOfItsOwnIsHeldToo() throws RefusedTableException {
        String floor = table(row("a", "", "< 9", "1", "\"\"") + row("b", "", ">= 9", "2", "\"\""));
        Table least = CHECK.checked(floor.getBytes(StandardCharsets.UTF_8), "[{when: {environment: staging, machines: 8}, people: 1}, {when: {environment: staging, machines: 9}, people: 2}]".getBytes(StandardCharsets.UTF_8));
        assertThat(new TableCheck(Set.of(), Set.of("security", "operations"), Floor.of(least)).check(GOOD.getBytes(StandardCharsets.UTF_8), EXAMPLES.getBytes(StandardCharsets.UTF_8)))
                .map(TableFinding::toString).first().asString().startsWith("else: it demands 1 for a change of the kind deployment in development, not open to the internet, with 9 machines and ");
    }

    @Test
    void aTableThatTellsTooMuchApartIsRefused() {
        StringBuilder rows = new StringBuilder(row("rest", "", "< 0", "1", "\"\""));
        for (int i = 0; i < 201; i++) {
            rows.append(row("r" + i, "", String.valueOf(i * 10), "1", "\"\""));
        }
        assertThat(check(table(rows.toString()), EXAMPLES)).anyMatch(each -> each.contains("it has 202 rows; it must have 1 to 200"));
    }

    /** Whatever bytes stand in a file, it has findings or none: nothing else happens. */
    @Test
    void anyFileIsReadToAnEnd() {
        Random random = new Random(5);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        byte[] examples = EXAMPLES.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3000; i++) {
            byte[] file = changed(good, random);
            assertThat(CHECK.check(file, examples)).isNotNull();
            assertThat(CHECK.check(good, changed(examples, random))).isNotNull();
        }
        assertThat(check(GOOD.replace("\"security\"", "\"" + "a,".repeat(50_000) + "\""), EXAMPLES)).anyMatch(each -> each.startsWith("few-4: groups are"));
        assertThat(check(GOOD.replace("[0..16]", "1,".repeat(50_000)), EXAMPLES)).anyMatch(each -> each.startsWith("few-2: the cell under machines is"));
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] file = good.clone();
        int at = random.nextInt(file.length);
        int from = random.nextInt(file.length);
        System.arraycopy(good, from, file, at, random.nextInt(Math.min(40, file.length - Math.max(at, from)) + 1));
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        return file;
    }
}
