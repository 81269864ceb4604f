package org.zosgrid.bpmn.table;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;

/**
 * Examples that are kept beside a table, in YAML or JSON, and run whenever it is saved:
 * {@snippet lang = "yaml":
 * - when: {kind: deployment, environment: production, exposed: true, machines: 17, memoryMiB: 512}
 *   people: 3
 *   groups: [security]
 * }
 */
final class Examples {
    static final int MOST_BYTES = 1 << 16;
    static final int MOST = 500;

    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

    /** What of a change an example says. */
    record When(@Nullable String kind, @Nullable String environment, @Nullable Boolean exposed, @Nullable Integer machines, @Nullable Long memoryMiB, @Nullable String dataClass, @Nullable Long cost, @Nullable Integer hour) {}

    record Example(@Nullable When when, @Nullable Integer people, @Nullable Set<String> groups) {}

    private final Table table;
    private final List<TableFinding> findings;

    Examples(Table table, List<TableFinding> findings) {
        this.table = table;
        this.findings = findings;
    }

    void run(byte[] file) {
        if (file.length > MOST_BYTES) {
            fault("examples", "they have " + file.length + " bytes", "they may have " + MOST_BYTES);
            return;
        }
        List<Example> examples;
        try {
            examples = new String(file, StandardCharsets.UTF_8).isBlank() ? List.of() : Optional.ofNullable(YAML.readValue(file, Example[].class)).map(Arrays::asList).orElse(List.of());
        } catch (IOException broken) {
            fault("examples", "they cannot be read: " + String.valueOf(broken.getMessage()).lines().findFirst().orElse(""), "a list must stand there, of when: {…}, people: and, if the table has them, groups:");
            return;
        }
        if (examples.isEmpty() || examples.size() > MOST) {
            fault("examples", "there are " + examples.size(), "1 to " + MOST + " must stand beside the table");
            return;
        }
        Set<Table.Row> met = new HashSet<>();
        for (int i = 0; i < examples.size(); i++) {
            run("examples[" + i + "]", examples.get(i), met);
        }
        table.rows().stream().filter(row -> !met.contains(row)).forEach(row -> fault(row.id(), "no example meets the row", "each row must be met by an example"));
    }

    private void run(String place, @Nullable Example example, Set<Table.Row> met) {
        if (example == null) {
            fault(place, "it is nothing", "an example says when, and how many people");
            return;
        }
        When when = example.when();
        if (when == null || example.people() == null) {
            fault(place, (when == null ? "when" : "people") + " is missing", "an example says when, and how many people");
            return;
        }
        Set<String> groups = Optional.ofNullable(example.groups()).orElse(Set.of());
        if (groups.stream().anyMatch(Objects::isNull)) {
            fault(place, "a group is nothing", "names of groups must stand in groups");
            return;
        }
        List<String> missing = missing(when);
        if (!missing.isEmpty()) {
            fault(place, "when lacks " + String.join(", ", missing), "it must say everything that the table asks");
            return;
        }
        ChangeFacts facts = facts(when);
        met.addAll(table.hits(facts));
        Optional<Demand> demand = table.demand(facts);
        Demand expected = new Demand(example.people(), groups);
        if (!demand.equals(Optional.of(expected))) {
            fault(place, "the table says " + demand.map(Examples::shown).orElse("nothing"), "the example says " + shown(expected));
        }
    }

    private List<String> missing(When when) {
        List<String> missing = new ArrayList<>();
        for (Variable input : table.inputs()) {
            Object value = switch (input) {
                case KIND -> when.kind();
                case ENVIRONMENT -> when.environment();
                case EXPOSED -> when.exposed();
                case MACHINES -> when.machines();
                case DATA_CLASS -> when.dataClass();
                case COST -> when.cost();
                case HOUR -> when.hour();
                default -> when.memoryMiB();
            };
            if (value == null) {
                missing.add(input.word());
            } else if (value instanceof String text && !input.choices().contains(text)) {
                missing.add(input.word() + " (one of " + String.join(", ", input.choices()) + ")");
            } else if (input == Variable.HOUR && value instanceof Integer hour && (hour < 0 || hour > ChangeFacts.LAST_HOUR)) {
                missing.add(input.word() + " (0 to " + ChangeFacts.LAST_HOUR + ")");
            }
        }
        return missing;
    }

    private static ChangeFacts facts(When when) {
        return new ChangeFacts(Optional.ofNullable(when.kind()).orElse("deployment"), Optional.ofNullable(when.environment()).orElse("production"), Boolean.TRUE.equals(when.exposed()),
                Optional.ofNullable(when.machines()).orElse(0), Optional.ofNullable(when.memoryMiB()).orElse(0L), Optional.ofNullable(when.dataClass()).orElse(ChangeFacts.RESTRICTED), Optional.ofNullable(when.cost()).orElse(0L),
                Optional.ofNullable(when.hour()).orElse(0));
    }

    private static String shown(Demand demand) {
        return demand.people() + " people" + (demand.groups().isEmpty() ? "" : " of " + String.join(", ", new TreeSet<>(demand.groups())));
    }

    private void fault(String element, String wrong, String right) {
        findings.add(new TableFinding(element, wrong, right));
    }
}
