package org.zosgrid.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** By what accounts or their groups are looked for. It becomes SQL in which every value is a parameter and nothing else is anybody's text. */
public sealed interface Condition {
    Condition ALL = new All();

    record All() implements Condition {}

    record And(Condition left, Condition right) implements Condition {}

    record Or(Condition left, Condition right) implements Condition {}

    record Not(Condition of) implements Condition {}

    /** Texts are compared without regard to case, but for ids. What is not there is an empty text. */
    record Text(Column column, Comparison comparison, String value) implements Condition {}

    record Time(Column column, Comparison comparison, Instant value) implements Condition {}

    record Active(boolean value) implements Condition {}

    /** Something is there, and no empty text. */
    record Present(Column column) implements Condition {}

    /** Groups with this member. */
    record Member(UUID account) implements Condition {}

    /** What both tables have, and what accounts alone have. */
    enum Column {
        ID("cast(id as text)", true), NAME("name", false), EXTERNAL_ID("external_id", true), CREATED("created_at", false), MODIFIED("modified_at", false),
        DISPLAY_NAME("display_name", false), GIVEN_NAME("given_name", false), FAMILY_NAME("family_name", false), EMAIL("email", false);

        private final String sql;
        private final boolean exact;

        Column(String sql, boolean exact) {
            this.sql = sql;
            this.exact = exact;
        }

        String sql() {
            return sql;
        }
    }

    enum Comparison { EQUAL, NOT_EQUAL, CONTAINS, STARTS, ENDS, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL }

    /** In which order they come; equal ones by their id, so that pages do not overlap. */
    record Order(Column column, boolean descending) {
        public static final Order BY_NAME = new Order(Column.NAME, false);

        String sql() {
            return " order by " + column.sql() + (descending ? " desc" : "") + " nulls last, id";
        }
    }

    static Condition equal(Column column, String value) {
        return new Text(column, Comparison.EQUAL, value);
    }

    /** A text of SQL, and the values of its parameters. */
    final class Sql {
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final String where;

        Sql(Condition condition) {
            this.where = text(condition);
        }

        String where() {
            return " where " + where;
        }

        Map<String, Object> values() {
            return values;
        }

        private String text(Condition condition) {
            return switch (condition) {
                case All all -> "true";
                case And and -> "(" + text(and.left()) + " and " + text(and.right()) + ")";
                case Or or -> "(" + text(or.left()) + " or " + text(or.right()) + ")";
                case Not not -> "not " + text(not.of());
                case Text text -> compared(text);
                case Time time -> "(" + time.column().sql() + sign(time.comparison()) + value(time.value()) + ")";
                case Active active -> "(active = " + value(active.value()) + ")";
                case Present present -> "(coalesce(cast(" + present.column().sql() + " as text), '') <> '')";
                case Member member -> "(id in (select group_id from account_group_member where account_id = " + value(member.account()) + "))";
            };
        }

        private String compared(Text text) {
            boolean exact = text.column().exact;
            String column = exact ? "coalesce(" + text.column().sql() + ", '')" : "lower(coalesce(" + text.column().sql() + ", ''))";
            String value = value(exact ? text.value() : text.value().toLowerCase(Locale.ROOT));
            return switch (text.comparison()) {
                case CONTAINS -> "(position(" + value + " in " + column + ") > 0)";
                case STARTS -> "starts_with(" + column + ", " + value + ")";
                case ENDS -> "(right(" + column + ", char_length(" + value + ")) = " + value + ")";
                default -> "(" + column + sign(text.comparison()) + value + ")";
            };
        }

        private static String sign(Comparison comparison) {
            return switch (comparison) {
                case EQUAL -> " = ";
                case NOT_EQUAL -> " <> ";
                case GREATER -> " > ";
                case GREATER_OR_EQUAL -> " >= ";
                case LESS -> " < ";
                case LESS_OR_EQUAL -> " <= ";
                case CONTAINS, STARTS, ENDS -> throw new IllegalArgumentException("times have no parts: " + comparison);
            };
        }

        private String value(Object value) {
            String name = "v" + values.size();
            values.put(name, value);
            return ":" + name;
        }
    }
}
