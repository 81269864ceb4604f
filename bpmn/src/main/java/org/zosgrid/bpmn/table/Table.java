package org.zosgrid.bpmn.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;

/** A decision table as it was understood. */
public final class Table {
    /** What a table may ask. */
    static final Set<Variable> INPUTS = Set.of(Variable.KIND, Variable.ENVIRONMENT, Variable.EXPOSED, Variable.MACHINES, Variable.MEMORY_MIB, Variable.DATA_CLASS, Variable.COST, Variable.HOUR);

    enum HitPolicy { UNIQUE, FIRST, MAX }

    /** A row: it counts if all its cells accept. */
    record Row(String id, List<Cell> cells, Demand demand) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    private final String id;
    private final String name;
    private final HitPolicy hitPolicy;
    private final List<Variable> inputs;
    private final boolean hasGroups;
    private final List<Row> rows;

    Table(String id, String name, HitPolicy hitPolicy, List<Variable> inputs, boolean hasGroups, List<Row> rows) {
        this.id = id;
        this.name = name;
        this.hitPolicy = hitPolicy;
        this.inputs = List.copyOf(inputs);
        this.hasGroups = hasGroups;
        this.rows = List.copyOf(rows);
    }

    /** Id of the decision, by which models name it. */
    public String id() {
        return id;
    }

    /** Whether it demands groups as well as people. */
    public boolean hasGroups() {
        return hasGroups;
    }

    List<Variable> inputs() {
        return inputs;
    }

    List<Row> rows() {
        return rows;
    }

    HitPolicy hitPolicy() {
        return hitPolicy;
    }

    /** A change in words, with whatever this table tells changes apart by. */
    String inWords(ChangeFacts facts) {
        return facts.inWords() + (inputs.contains(Variable.DATA_CLASS) ? ", with " + facts.dataClass() + " data" : "") + (inputs.contains(Variable.COST) ? ", at a cost of " + facts.cost() + " a month" : "")
                + (inputs.contains(Variable.HOUR) ? ", asked at " + facts.hour() + " o'clock (UTC)" : "");
    }

    /** Rows that accept a change, in their order. */
    List<Row> hits(ChangeFacts facts) {
        List<Object> values = inputs.stream().map(input -> value(input, facts)).toList();
        List<Row> hits = new ArrayList<>();
        for (Row row : rows) {
            if (accepts(row, values)) {
                hits.add(row);
            }
        }
        return hits;
    }

    /** Asked for every row, of every sort of change that a table can tell apart. */
    private static boolean accepts(Row row, List<Object> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!row.cells().get(i).accepts(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Ids of the rows that accept a change, in their order. */
    public List<String> accepting(ChangeFacts facts) {
        return hits(facts).stream().map(Row::id).toList();
    }

    private static Object value(Variable input, ChangeFacts facts) {
        return switch (input) {
            case KIND -> facts.kind();
            case ENVIRONMENT -> facts.environment();
            case EXPOSED -> facts.exposed();
            case MACHINES -> BigDecimal.valueOf(facts.machines());
            case MEMORY_MIB -> BigDecimal.valueOf(facts.memoryMiB());
            case DATA_CLASS -> facts.dataClass();
            case COST -> BigDecimal.valueOf(facts.cost());
            case HOUR -> BigDecimal.valueOf(facts.hour());
            case NAME, VERSION, AGE -> throw new IllegalArgumentException("no table asks " + input);
        };
    }

    /** What it says of a change; empty if no row accepts it. */
    public Optional<Demand> demand(ChangeFacts facts) {
        return demand(hits(facts));
    }

    /** What it says of a change that these rows accept. */
    Optional<Demand> demand(List<Row> hits) {
        return switch (hitPolicy) {
            case UNIQUE, FIRST -> hits.stream().findFirst().map(Row::demand);
            case MAX -> hits.stream().map(Row::demand).max(java.util.Comparator.comparingInt(Demand::people));
        };
    }

    Map<Variable, List<BigDecimal>> thresholds() {
        Map<Variable, List<BigDecimal>> all = new EnumMap<>(Variable.class);
        for (int i = 0; i < inputs.size(); i++) {
            List<BigDecimal> of = new ArrayList<>();
            for (Row row : rows) {
                of.addAll(row.cells().get(i).thresholds());
            }
            all.merge(inputs.get(i), of, (one, other) -> {
                one.addAll(other);
                return one;
            });
        }
        return all;
    }

    /** The table as a {@code .dmn} file, written from what was understood, with nothing else in it. */
    public byte[] forTheEngine() {
        StringBuilder out = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="compiled-definitions" name="compiled" namespace="https://zosgrid.org/bpmn/compiled">
                """);
        out.append("<decision id=\"").append(id).append("\" name=\"").append(escaped(name)).append("\"><decisionTable id=\"compiled-table\" hitPolicy=\"")
                .append(hitPolicy == HitPolicy.MAX ? "COLLECT\" aggregation=\"MAX" : hitPolicy).append("\">\n");
        for (int i = 0; i < inputs.size(); i++) {
            out.append("<input id=\"input-").append(i).append("\"><inputExpression id=\"expression-").append(i).append("\" typeRef=\"").append(type(inputs.get(i)))
                    .append("\" expressionLanguage=\"feel\"><text>").append(inputs.get(i).word()).append("</text></inputExpression></input>\n");
        }
        out.append("<output id=\"output-people\" name=\"people\" typeRef=\"integer\"/>\n").append(hasGroups ? "<output id=\"output-groups\" name=\"groups\" typeRef=\"string\"/>\n" : "");
        for (int r = 0; r < rows.size(); r++) {
            row(rows.get(r), r, out);
        }
        return out.append("</decisionTable></decision></definitions>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(Row row, int r, StringBuilder out) {
        out.append("<rule id=\"row-").append(r).append("\">");
        for (int i = 0; i < inputs.size(); i++) {
            out.append("<inputEntry id=\"cell-").append(r).append('-').append(i).append("\" expressionLanguage=\"feel\"><text>").append(escaped(row.cells().get(i).feel())).append("</text></inputEntry>");
        }
        out.append("<outputEntry id=\"people-").append(r).append("\" expressionLanguage=\"feel\"><text>").append(row.demand().people()).append("</text></outputEntry>");
        if (hasGroups) {
            out.append("<outputEntry id=\"groups-").append(r).append("\" expressionLanguage=\"feel\"><text>\"").append(String.join(", ", new TreeSet<>(row.demand().groups()))).append("\"</text></outputEntry>");
        }
        out.append("</rule>\n");
    }

    private static String type(Variable input) {
        return switch (input.type()) {
            case TEXT -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> "long";
            case DURATION -> throw new IllegalArgumentException("no table asks " + input);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
