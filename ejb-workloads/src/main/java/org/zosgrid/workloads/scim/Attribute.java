package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.StrictJson;

/**
 * What may be said of a resource, RFC 7643, section 7.
 *
 * @param many  whether it is a list
 * @param parts of which a complex one consists
 */
record Attribute(String name, String description, Type type, boolean many, Mutability mutability, boolean required, boolean exact, boolean unique, List<Attribute> parts) {
    enum Type { STRING, BOOLEAN, COMPLEX, REFERENCE }

    enum Mutability {
        READ_WRITE("readWrite"), READ_ONLY("readOnly"), WRITE_ONLY("writeOnly"), IMMUTABLE("immutable");

        private final String word;

        Mutability(String word) {
            this.word = word;
        }
    }

    static Attribute text(String name, String description) {
        return new Attribute(name, description, Type.STRING, false, Mutability.READ_WRITE, false, false, false, List.of());
    }

    static Attribute key(String name, String description) {
        return new Attribute(name, description, Type.STRING, false, Mutability.READ_WRITE, true, false, true, List.of());
    }

    static Attribute truth(String name, String description) {
        return new Attribute(name, description, Type.BOOLEAN, false, Mutability.READ_WRITE, false, false, false, List.of());
    }

    static Attribute parts(String name, String description, Attribute... parts) {
        return new Attribute(name, description, Type.COMPLEX, false, Mutability.READ_WRITE, false, false, false, List.of(parts));
    }

    static Attribute reference(String name, String description) {
        return new Attribute(name, description, Type.REFERENCE, false, Mutability.READ_ONLY, false, true, false, List.of());
    }

    Attribute list() {
        return new Attribute(name, description, type, true, mutability, required, exact, unique, parts);
    }

    Attribute exactly() {
        return new Attribute(name, description, type, many, mutability, required, true, unique, parts);
    }

    Attribute with(Mutability other) {
        return new Attribute(name, description, type, many, other, required, exact, unique, parts);
    }

    boolean mayBeWritten() {
        return mutability != Mutability.READ_ONLY;
    }

    /** Names are compared in any case. */
    static Optional<Attribute> named(List<Attribute> attributes, String name) {
        return attributes.stream().filter(each -> each.name.equalsIgnoreCase(name)).findFirst();
    }

    ObjectNode json() {
        ObjectNode json = StrictJson.object().put("name", name).put("type", type.name().toLowerCase(java.util.Locale.ROOT)).put("multiValued", many).put("description", description).put("required", required)
                .put("caseExact", exact).put("mutability", mutability.word).put("returned", mutability == Mutability.WRITE_ONLY ? "never" : "default").put("uniqueness", unique ? "server" : "none");
        if (type == Type.REFERENCE) {
            json.putArray("referenceTypes").add(name.equals("$ref") ? "User" : "uri");
        }
        if (!parts.isEmpty()) {
            json.putArray("subAttributes").addAll(parts.stream().map(Attribute::json).toList());
        }
        return json;
    }
}
