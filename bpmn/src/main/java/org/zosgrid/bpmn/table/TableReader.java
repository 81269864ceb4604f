package org.zosgrid.bpmn.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.condition.Type;
import org.zosgrid.bpmn.condition.Variable;
import org.zosgrid.bpmn.xml.BoundedXml;
import org.zosgrid.bpmn.xml.Element;
import org.zosgrid.bpmn.xml.XmlException;

/** Reads a DMN file into a {@link Table}, by a list of what may stand in it. */
final class TableReader {
    static final int MOST_ROWS = 200;
    private static final Set<String> DMN = Set.of("https://www.omg.org/spec/DMN/20191111/MODEL/", "http://www.omg.org/spec/DMN/20180521/MODEL/", "http://www.omg.org/spec/DMN/20151101/dmn.xsd");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PEOPLE = Pattern.compile("[1-9][0-9]?|100");
    private static final Pattern GROUPS = Pattern.compile("\"(|[a-z][a-z0-9-]*(?: *, *[a-z][a-z0-9-]*)*)\"");

    /** Elements, their attributes, {@code >}, and what may stand in them. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("definitions", Set.of("id", "name", "namespace", "exporter", "exporterVersion", "executionPlatform", "executionPlatformVersion")),
            Map.entry("decision", Set.of("id", "name", "historyTimeToLive", "versionTag")), Map.entry("decisionTable", Set.of("id", "hitPolicy", "aggregation", "preferredOrientation")),
            Map.entry("input", Set.of("id", "label", "width")), Map.entry("inputExpression", Set.of("id", "typeRef", "expressionLanguage")), Map.entry("inputValues", Set.of("id")),
            Map.entry("output", Set.of("id", "label", "name", "typeRef", "width")), Map.entry("outputValues", Set.of("id")), Map.entry("rule", Set.of("id")),
            Map.entry("inputEntry", Set.of("id", "expressionLanguage")), Map.entry("outputEntry", Set.of("id", "expressionLanguage")), Map.entry("text", Set.of()), Map.entry("description", Set.of()));
    private static final Map<String, Set<String>> CHILDREN = Map.ofEntries(
            Map.entry("definitions", Set.of("decision", "description")), Map.entry("decision", Set.of("decisionTable", "description")), Map.entry("decisionTable", Set.of("input", "output", "rule")),
            Map.entry("input", Set.of("inputExpression", "inputValues")), Map.entry("inputExpression", Set.of("text")), Map.entry("inputValues", Set.of("text")), Map.entry("output", Set.of("outputValues")),
            Map.entry("outputValues", Set.of("text")), Map.entry("rule", Set.of("description", "inputEntry", "outputEntry")), Map.entry("inputEntry", Set.of("text")), Map.entry("outputEntry", Set.of("text")),
            Map.entry("text", Set.of()), Map.entry("description", Set.of()));

    private final Set<String> reserved;
    private final Set<String> groups;
    private final List<TableFinding> findings;

    TableReader(Set<String> reserved, Set<String> groups, List<TableFinding> findings) {
        this.reserved = reserved;
        this.groups = groups;
        this.findings = findings;
    }

    Optional<Table> read(byte[] file) {
        Element root;
        try {
            root = BoundedXml.read(file);
        } catch (XmlException broken) {
            fault("", String.valueOf(broken.getMessage()), "the file must be DMN in UTF-8, without a document type");
            return Optional.empty();
        }
        if (!root.name().getLocalPart().equals("definitions") || !DMN.contains(root.name().getNamespaceURI())) {
            fault("", "the file's root is " + root.name(), "it must be definitions of DMN 1.1, 1.2 or 1.3");
            return Optional.empty();
        }
        allowed(root, root.name().getNamespaceURI());
        if (!findings.isEmpty()) {
            return Optional.empty();
        }
        List<Element> decisions = of(root, "decision");
        if (decisions.size() != 1 || of(decisions.getFirst(), "decisionTable").size() != 1) {
            fault("", "there are " + decisions.size() + " decisions in the file", "there must be one, with one decision table");
            return Optional.empty();
        }
        Table table = table(decisions.getFirst());
        return findings.isEmpty() ? Optional.of(table) : Optional.empty();
    }

    private void allowed(Element element, String namespace) {
        String name = element.name().getLocalPart();
        for (QName attribute : element.attributes().keySet()) {
            if (!ATTRIBUTES.get(name).contains(attribute.getLocalPart())) {
                fault(element.id(), name + " has the attribute " + attribute.getLocalPart(), "allowed there: " + shown(ATTRIBUTES.get(name)));
            }
        }
        element.attribute("expressionLanguage").filter(language -> !language.equals("feel")).ifPresent(language -> fault(element.id(), "it is written in " + language, "cells are written in feel"));
        for (Element child : element.children()) {
            boolean picture = child.name().getLocalPart().equals("DMNDI") && name.equals("definitions") && !child.name().getNamespaceURI().equals(namespace);
            if (picture) {
                // Where things are drawn: not looked into, and not kept.
                continue;
            }
            if (!child.name().getNamespaceURI().equals(namespace) || !CHILDREN.get(name).contains(child.name().getLocalPart())) {
                fault(child.id().isEmpty() ? element.id() : child.id(), name + " has " + child.name().getLocalPart() + " in it", "allowed there: " + shown(CHILDREN.get(name)) + "; a table runs no code and asks no other decision");
            } else {
                allowed(child, namespace);
            }
        }
    }

    private static String shown(Set<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(names));
    }

    private Table table(Element decision) {
        if (!ID.matcher(decision.id()).matches() || reserved.contains(decision.id())) {
            fault(decision.id(), "the decision's id is " + decision.id(), "it must be small letters, digits and -, at most 63, and none of " + shown(reserved));
        }
        Element table = of(decision, "decisionTable").getFirst();
        List<Variable> inputs = new ArrayList<>();
        for (Element input : of(table, "input")) {
            inputs.add(input(input));
        }
        if (new HashSet<>(inputs).size() < inputs.size()) {
            fault(table.id(), "an input stands there twice", "each must stand there once");
        }
        List<String> outputs = of(table, "output").stream().map(this::output).toList();
        boolean hasGroups = outputs.equals(List.of("people", "groups"));
        if (!hasGroups && !outputs.equals(List.of("people"))) {
            fault(table.id(), "its outputs are " + String.join(", ", outputs), "they must be people, or people and then groups");
        }
        Table.HitPolicy hitPolicy = hitPolicy(table, hasGroups);
        List<Element> rules = of(table, "rule");
        if (rules.isEmpty() || rules.size() > MOST_ROWS) {
            fault(table.id(), "it has " + rules.size() + " rows", "it must have 1 to " + MOST_ROWS);
        }
        List<Table.Row> rows = rules.stream().limit(MOST_ROWS).map(rule -> row(rule, inputs, outputs.size())).toList();
        return new Table(decision.id(), decision.attribute("name").orElse(decision.id()), hitPolicy, inputs, hasGroups, rows);
    }

    private Table.HitPolicy hitPolicy(Element table, boolean hasGroups) {
        String policy = table.attribute("hitPolicy").orElse("UNIQUE") + table.attribute("aggregation").map(with -> " " + with).orElse("");
        return switch (policy) {
            case "UNIQUE" -> Table.HitPolicy.UNIQUE;
            case "FIRST" -> Table.HitPolicy.FIRST;
            case "COLLECT MAX" -> {
                if (hasGroups) {
                    fault(table.id(), "the largest number is taken and there are groups", "with groups the hit policy must be UNIQUE or FIRST");
                }
                yield Table.HitPolicy.MAX;
            }
            default -> {
                fault(table.id(), "the hit policy is " + policy, "it must be UNIQUE, FIRST or COLLECT with MAX");
                yield Table.HitPolicy.UNIQUE;
            }
        };
    }

    private Variable input(Element input) {
        String name = of(input, "inputExpression").stream().findFirst().map(TableReader::text).orElse("");
        Optional<Variable> variable = Variable.named(name).filter(Table.INPUTS::contains);
        if (variable.isEmpty()) {
            fault(input.id(), "the input is " + name, "it must be one of " + Table.INPUTS.stream().sorted().map(Variable::word).collect(Collectors.joining(", ")));
        }
        return variable.orElse(Variable.KIND);
    }

    private String output(Element output) {
        String name = output.attribute("name").orElse("");
        String type = name.equals("groups") ? "string" : "integer";
        if (!output.attribute("typeRef").orElse(type).equals(type)) {
            fault(output.id(), "the output " + name + " is of type " + output.attribute("typeRef").orElse(""), "it must be " + type);
        }
        return name;
    }

    private Table.Row row(Element rule, List<Variable> inputs, int outputs) {
        List<Element> cells = of(rule, "inputEntry");
        List<Element> results = of(rule, "outputEntry");
        if (cells.size() != inputs.size() || results.size() != outputs) {
            fault(rule.id(), "the row has " + cells.size() + " and " + results.size() + " cells", "it must have one for each input and output");
            return new Table.Row(rule.id(), inputs.stream().map(input -> new Cell(List.of())).toList(), new Demand(1, Set.of()));
        }
        List<Cell> read = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            read.add(cell(cells.get(i), inputs.get(i)));
        }
        String people = text(results.getFirst());
        if (!PEOPLE.matcher(people).matches()) {
            fault(results.getFirst().id(), "people are " + people, "a whole number, 1 to 100, must stand there");
        }
        Set<String> of = outputs > 1 ? groups(results.get(1)) : Set.of();
        return new Table.Row(rule.id(), read, new Demand(PEOPLE.matcher(people).matches() ? Integer.parseInt(people) : 1, of));
    }

    private Cell cell(Element entry, Variable input) {
        Type type = input.type();
        Optional<Cell> cell = Cell.parse(text(entry), type);
        if (cell.isEmpty()) {
            fault(entry.id(), "the cell under " + input.word() + " is " + text(entry), Cell.right(type) + " must stand there");
        }
        cell.stream().flatMap(each -> each.texts().stream()).filter(text -> !input.choices().isEmpty() && !input.choices().contains(text)).forEach(text ->
                fault(entry.id(), input.word() + " is never " + text, "it is one of " + String.join(", ", input.choices())));
        return cell.orElse(new Cell(List.of()));
    }

    private Set<String> groups(Element entry) {
        String text = text(entry);
        if (text.length() > Cell.LONGEST || !GROUPS.matcher(text).matches()) {
            fault(entry.id(), "groups are " + text, "a text with names of groups must stand there, such as \"security, operations\", or \"\"");
            return Set.of();
        }
        Set<String> named = Arrays.stream(text.replace("\"", "").split(",")).map(String::strip).filter(each -> !each.isEmpty()).collect(Collectors.toSet());
        named.stream().filter(group -> !groups.contains(group)).forEach(group -> fault(entry.id(), "there is no group " + group, "it must be one of " + shown(groups)));
        return named;
    }

    private static List<Element> of(Element element, String name) {
        return element.children().stream().filter(child -> child.name().getLocalPart().equals(name) && child.name().getNamespaceURI().equals(element.name().getNamespaceURI())).toList();
    }

    private static String text(@Nullable Element entry) {
        return entry == null ? "" : of(entry, "text").stream().findFirst().map(Element::text).orElse("");
    }

    private void fault(String element, String wrong, String right) {
        findings.add(new TableFinding(element, wrong.length() > 200 ? wrong.substring(0, 200) + "…" : wrong, right));
    }
}
