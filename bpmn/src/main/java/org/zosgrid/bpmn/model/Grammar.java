package org.zosgrid.bpmn.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.zosgrid.bpmn.xml.Element;

/**
 * The list of what may stand in a model; whatever is not on it is refused. A line says: an element, its attributes ({@code @name=kind}), {@code #} if it
 * has text, and after {@code >} the elements that may stand in it. {@code $name} stands for a list of elements.
 */
final class Grammar {
    private static final Map<String, Pattern> KINDS = Map.of(
            "id", Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,59}"),
            "ref", Pattern.compile("([A-Za-z_][A-Za-z0-9]*:)?[A-Za-z_][A-Za-z0-9._-]{0,120}"),
            // Names of several lines, as modellers write them, are names.
            "text", Pattern.compile("[\\n\\t\\P{Cntrl}]{0,300}"),
            "yes", Pattern.compile("true"),
            "bool", Pattern.compile("true|false"),
            "number", Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,20})?"),
            "formal", Pattern.compile("([A-Za-z_][A-Za-z0-9]*:)?tFormalExpression"),
            "word", Pattern.compile("[A-Za-z0-9#./-]{1,60}"),
            "code", Pattern.compile("[a-z][a-z-]{0,30}"),
            "zos", Pattern.compile("zos"));

    record Shape(Map<QName, String> attributes, boolean text, Set<QName> children) {}

    private final Map<QName, Shape> shapes = new HashMap<>();

    private Grammar() {}

    static Grammar of(String lines) {
        Grammar grammar = new Grammar();
        Map<String, String> lists = new HashMap<>();
        for (String line : lines.lines().map(String::strip).filter(each -> !each.isEmpty()).toList()) {
            String[] halves = line.split(">", 2);
            String[] words = halves[0].strip().split(" +");
            String children = halves.length > 1 ? halves[1] : "";
            for (Map.Entry<String, String> list : lists.entrySet()) {
                children = children.replace(list.getKey(), list.getValue());
            }
            if (words[0].startsWith("$")) {
                lists.put(words[0], children);
            } else {
                grammar.add(words, children);
            }
        }
        grammar.shapes.values().stream().flatMap(shape -> shape.children().stream()).filter(child -> !grammar.shapes.containsKey(child)).findFirst().ifPresent(child -> {
            throw new IllegalArgumentException("the list lets " + Names.shown(child) + " stand in a model and does not say how");
        });
        return grammar;
    }

    private void add(String[] words, String children) {
        Map<QName, String> attributes = new LinkedHashMap<>();
        boolean text = false;
        for (String word : words) {
            if (word.equals("#")) {
                text = true;
            } else if (word.startsWith("@")) {
                String[] parts = word.substring(1).split("=");
                attributes.put(Names.named(parts[0]), parts[1]);
            }
        }
        Set<QName> inside = Arrays.stream(children.strip().split(" +")).filter(each -> !each.isEmpty()).map(Names::named).collect(Collectors.toCollection(LinkedHashSet::new));
        shapes.put(Names.named(words[0]), new Shape(attributes, text, inside));
    }

    /** Adds a finding for everything in the document that is not on the list. */
    void check(Element root, Findings findings) {
        if (!root.is(Names.bpmn("definitions"))) {
            findings.add(Rule.ALLOWED, "", "", "the file's root is " + Names.shown(root.name()), "bpmn:definitions must be");
            return;
        }
        check(root, root, findings);
    }

    private void check(Element element, Element owner, Findings findings) {
        Shape shape = shapes.get(element.name());
        Element named = element.id().isEmpty() ? owner : element;
        if (shape == null) {
            throw new IllegalStateException("only what is on the list is looked into: " + element.name());
        }
        element.attributes().forEach((attribute, value) -> {
            String kind = shape.attributes().get(attribute);
            if (kind == null) {
                found(named, element, "has the attribute " + Names.shown(attribute), Refused.insteadOf(attribute, shown(shape.attributes().keySet())), findings);
            } else if (!KINDS.get(kind).matcher(value).matches()) {
                found(named, element, "has " + Names.shown(attribute) + " = " + shortened(value), right(kind), findings);
            }
        });
        if (!shape.text() && !element.text().isEmpty()) {
            found(named, element, "has text in it: " + shortened(element.text()), "no text belongs there", findings);
        }
        for (Element child : element.children()) {
            if (shape.children().contains(child.name())) {
                check(child, named, findings);
            } else {
                found(child.id().isEmpty() ? named : child, element, "has " + Names.shown(child.name()) + " in it", Refused.insteadOf(child.name(), shown(shape.children())), findings);
            }
        }
    }

    private static void found(Element named, Element where, String wrong, String right, Findings findings) {
        findings.add(Rule.ALLOWED, shortened(named.id()), shortened(named.attribute("name").orElse("")), Names.shown(where.name()) + " " + wrong, right);
    }

    private static String right(String kind) {
        return switch (kind) {
            case "id" -> "an id is letters, digits, - and _, begins with a letter or _, and has at most 60 characters";
            case "ref" -> "the id of another element must stand there";
            case "bool", "yes" -> kind.equals("yes") ? "it must be true" : "it is true or false";
            case "number" -> "it is a number";
            case "formal" -> "it must be tFormalExpression";
            case "code" -> "an error's code is small letters and -, at most 31";
            case "zos" -> "conditions are written in the language zos";
            case "text" -> "at most 300 characters must stand there, and no control characters";
            default -> "a short word must stand there";
        };
    }

    private static String shown(Set<QName> names) {
        return names.isEmpty() ? "nothing" : names.stream().map(Names::shown).collect(Collectors.joining(", "));
    }

    /** A stranger's text in a message: not all of it. */
    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
