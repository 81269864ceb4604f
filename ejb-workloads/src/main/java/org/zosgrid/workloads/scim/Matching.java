package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.Filter.Literal.Type;

/** Whether an element of a list is as a filter says: ids, kinds and truths, all of which are short texts. */
final class Matching {
    private Matching() {}

    static boolean holds(Filter filter, JsonNode element) {
        return switch (filter) {
            case Filter.And and -> holds(and.left(), element) && holds(and.right(), element);
            case Filter.Or or -> holds(or.left(), element) || holds(or.right(), element);
            case Filter.Not not -> !holds(not.of(), element);
            case Filter.Present present -> !part(present.attribute(), element).asText().isEmpty();
            case Filter.Compare compare -> compared(part(compare.attribute(), element), compare);
            case Filter.Within within -> false; // the parser lets none through here
        };
    }

    private static boolean compared(JsonNode part, Filter.Compare compare) {
        boolean nothing = compare.value().type() == Type.NULL;
        String is = part.asText().toLowerCase(Locale.ROOT);
        String wanted = nothing ? "" : compare.value().text().toLowerCase(Locale.ROOT);
        return switch (compare.operator()) {
            case EQ -> is.equals(wanted);
            case NE -> !is.equals(wanted);
            case CO -> is.contains(wanted);
            case SW -> is.startsWith(wanted);
            case EW -> is.endsWith(wanted);
            case GT -> is.compareTo(wanted) > 0;
            case GE -> is.compareTo(wanted) >= 0;
            case LT -> is.compareTo(wanted) < 0;
            case LE -> is.compareTo(wanted) <= 0;
        };
    }

    private static JsonNode part(AttributePath path, JsonNode element) {
        return element.properties().stream().filter(each -> each.getKey().equalsIgnoreCase(path.name())).map(Map.Entry::getValue).findFirst().orElse(element.path(path.name()));
    }

    /** The element that a choice such as {@code type eq "work"} describes, for a service that sets its parts before it is there; empty where the choice says no such thing. */
    static Optional<ObjectNode> made(Optional<Filter> which) {
        if (which.isEmpty()) {
            return Optional.of(StrictJson.object());
        }
        return which.get() instanceof Filter.Compare compare && compare.operator() == Filter.Operator.EQ && compare.value().type() == Type.STRING && compare.attribute().name().equalsIgnoreCase("type")
                ? Optional.of(StrictJson.object().put("type", compare.value().text())) : Optional.empty();
    }
}
