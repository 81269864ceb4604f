package org.zosgrid.bpmn.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * An element as it was read.
 *
 * @param name with its namespace
 * @param attributes without namespace declarations
 * @param children elements in their order
 * @param text of the element itself, all of it together
 * @param line where it begins, from 1
 */
public record Element(QName name, Map<QName, String> attributes, List<Element> children, String text, int line) {
    public Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** An attribute without a namespace. */
    public Optional<String> attribute(String local) {
        return attribute(new QName(local));
    }

    public Optional<String> attribute(QName attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The attribute {@code id}; empty text without one. */
    public String id() {
        return attribute("id").orElse("");
    }

    public Stream<Element> children(QName wanted) {
        return children.stream().filter(child -> child.name.equals(wanted));
    }

    public Optional<Element> child(QName wanted) {
        return children(wanted).findFirst();
    }

    /** This element and all below it, in document order. */
    public Stream<Element> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Element::all));
    }

    public boolean is(QName wanted) {
        return name.equals(wanted);
    }
}
