package org.zosgrid.workloads.scim;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.model.Condition;
import org.zosgrid.model.Condition.Column;
import org.zosgrid.model.Condition.Comparison;
import org.zosgrid.workloads.scim.Filter.Literal.Type;
import org.zosgrid.workloads.scim.Filter.Operator;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Filters and orders as conditions of the database. */
final class Wanted {
    private static final Map<String, Column> COMMON = Map.of("id", Column.ID, "externalid", Column.EXTERNAL_ID, "meta.created", Column.CREATED, "meta.lastmodified", Column.MODIFIED);
    private static final Map<String, Column> OF_USERS = Map.of("username", Column.NAME, "displayname", Column.DISPLAY_NAME, "name.givenname", Column.GIVEN_NAME, "name.familyname", Column.FAMILY_NAME,
            "emails", Column.EMAIL, "emails.value", Column.EMAIL);
    private static final Map<String, Column> OF_GROUPS = Map.of("displayname", Column.NAME);
    /** What every address that is kept says of itself. */
    private static final Map<String, String> CONSTANTS = Map.of("emails.type", "work", "emails.primary", "true");

    private final Schema schema;

    Wanted(Schema schema) {
        this.schema = schema;
    }

    /** @throws ScimException INVALID_FILTER */
    Condition condition(Filter filter) {
        return condition(filter, "");
    }

    /** @throws ScimException INVALID_VALUE */
    Condition.Order order(String sortBy, boolean descending) {
        return column(sortBy.toLowerCase(Locale.ROOT)).map(column -> new Condition.Order(column, descending))
                .orElseThrow(() -> new ScimException(Kind.INVALID_VALUE, "sortBy", "must be an attribute that resources can be put in order by, such as " + schema.attributes().getFirst().name(), sortBy));
    }

    private Condition condition(Filter filter, String within) {
        return switch (filter) {
            case Filter.And and -> new Condition.And(condition(and.left(), within), condition(and.right(), within));
            case Filter.Or or -> new Condition.Or(condition(or.left(), within), condition(or.right(), within));
            case Filter.Not not -> new Condition.Not(condition(not.of(), within));
            case Filter.Within inner -> condition(inner.within(), name(inner.attribute(), within) + ".");
            case Filter.Present present -> present(present.attribute(), within);
            case Filter.Compare compare -> compared(compare, name(compare.attribute(), within));
        };
    }

    private String name(AttributePath path, String within) {
        if (!path.schema().isEmpty() && !path.schema().equalsIgnoreCase(schema.id())) {
            throw unknown(path.toString());
        }
        return within + (path.name() + path.sub().map(sub -> "." + sub).orElse("")).toLowerCase(Locale.ROOT);
    }

    private Condition present(AttributePath attribute, String within) {
        String name = name(attribute, within);
        if (name.equals("active") && schema == Schema.USER) {
            return Condition.ALL;
        }
        return new Condition.Present(column(CONSTANTS.containsKey(name) ? "emails" : name).orElseThrow(() -> unknown(name)));
    }

    private Condition compared(Filter.Compare compare, String name) {
        if (schema == Schema.GROUP && (name.equals("members") || name.equals("members.value"))) {
            return member(compare);
        }
        if (schema == Schema.USER && name.equals("active")) {
            return active(compare);
        }
        if (schema == Schema.USER && CONSTANTS.containsKey(name)) {
            boolean same = CONSTANTS.get(name).equalsIgnoreCase(compare.value().text());
            Condition has = new Condition.Present(Column.EMAIL);
            return equality(compare.operator(), name) == same ? has : new Condition.And(has, new Condition.Not(has));
        }
        Column column = column(name).orElseThrow(() -> unknown(name));
        if (compare.value().type() == Type.NULL) {
            Condition has = new Condition.Present(column);
            return equality(compare.operator(), name) ? new Condition.Not(has) : has;
        }
        if (column == Column.CREATED || column == Column.MODIFIED) {
            return new Condition.Time(column, time(compare.operator(), name), instant(compare.value().text(), name));
        }
        if (compare.value().type() != Type.STRING) {
            throw new ScimException(Kind.INVALID_FILTER, name, "must be compared with a text", compare.value().text());
        }
        return new Condition.Text(column, comparison(compare.operator()), compare.value().text());
    }

    private static Condition member(Filter.Compare compare) {
        boolean equal = equality(compare.operator(), "members.value");
        Condition member = Schema.id(compare.value().text()).<Condition>map(Condition.Member::new).orElse(new Condition.Not(Condition.ALL));
        return equal ? member : new Condition.Not(member);
    }

    private static Condition active(Filter.Compare compare) {
        String value = compare.value().text();
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new ScimException(Kind.INVALID_FILTER, "active", "must be compared with true or false", value);
        }
        return new Condition.Active(value.equalsIgnoreCase("true") == equality(compare.operator(), "active"));
    }

    private static boolean equality(Operator operator, String name) {
        return switch (operator) {
            case EQ -> true;
            case NE -> false;
            default -> throw new ScimException(Kind.INVALID_FILTER, name, "must be compared with eq or ne", operator.word());
        };
    }

    private static Comparison time(Operator operator, String name) {
        Comparison comparison = comparison(operator);
        return switch (comparison) {
            case CONTAINS, STARTS, ENDS -> throw new ScimException(Kind.INVALID_FILTER, name, "must be compared with eq, ne, gt, ge, lt or le", operator.word());
            default -> comparison;
        };
    }

    private static Comparison comparison(Operator operator) {
        return switch (operator) {
            case EQ -> Comparison.EQUAL;
            case NE -> Comparison.NOT_EQUAL;
            case CO -> Comparison.CONTAINS;
            case SW -> Comparison.STARTS;
            case EW -> Comparison.ENDS;
            case GT -> Comparison.GREATER;
            case GE -> Comparison.GREATER_OR_EQUAL;
            case LT -> Comparison.LESS;
            case LE -> Comparison.LESS_OR_EQUAL;
        };
    }

    /** Within the years that the database knows. */
    private static Instant instant(String text, String name) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException malformed) {
            // told below, like a year that nobody means
        }
        throw new ScimException(Kind.INVALID_FILTER, name, "must be compared with a time such as 2026-11-26T12:00:00Z", text);
    }

    private Optional<Column> column(String name) {
        return Optional.ofNullable(COMMON.get(name)).or(() -> Optional.ofNullable((schema == Schema.USER ? OF_USERS : OF_GROUPS).get(name)));
    }

    private ScimException unknown(String name) {
        return new ScimException(Kind.INVALID_FILTER, "filter", "must be about id, externalId, meta.created, meta.lastModified, "
                + (schema == Schema.USER ? "userName, displayName, name.givenName, name.familyName, emails.value or active" : "displayName or members.value"), name);
    }
}
