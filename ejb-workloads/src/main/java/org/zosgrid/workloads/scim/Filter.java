package org.zosgrid.workloads.scim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which resources are wanted, as RFC 7644, section 3.4.2.2 writes it; {@code toString} writes it again, with brackets only where they are needed: what is written
 * is nested no deeper than what was read.
 */
public sealed interface Filter {
    record And(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return (left instanceof Or ? "(" + left + ")" : left) + " and " + (right instanceof Or || right instanceof And ? "(" + right + ")" : right);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return left + " or " + (right instanceof Or ? "(" + right + ")" : right);
        }
    }

    record Not(Filter of) implements Filter {
        @Override
        public String toString() {
            return "not (" + of + ")";
        }
    }

    record Present(AttributePath attribute) implements Filter {
        @Override
        public String toString() {
            return attribute + " pr";
        }
    }

    record Compare(AttributePath attribute, Operator operator, Literal value) implements Filter {
        @Override
        public String toString() {
            return attribute + " " + operator.word() + " " + value;
        }
    }

    /** Some one element of the attribute is as {@code within} says. */
    record Within(AttributePath attribute, Filter within) implements Filter {
        @Override
        public String toString() {
            return attribute + "[" + within + "]";
        }
    }

    enum Operator {
        EQ, NE, CO, SW, EW, GT, GE, LT, LE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Operator> of(String word) {
            return Arrays.stream(values()).filter(each -> each.word().equalsIgnoreCase(word)).findFirst();
        }
    }

    /** A value of JSON; {@code text} is a string's own text, or the word or number as it stood there. */
    record Literal(Type type, String text) {
        enum Type { STRING, BOOLEAN, NUMBER, NULL }

        @Override
        public String toString() {
            return type == Type.STRING ? "\"" + escaped(text) + "\"" : text;
        }

        private static String escaped(String text) {
            StringBuilder out = new StringBuilder();
            text.codePoints().forEach(each -> {
                if (each == '"' || each == '\\') {
                    out.append('\\').appendCodePoint(each);
                } else if (each < ' ') {
                    out.append(String.format(Locale.ROOT, "\\u%04x", each));
                } else {
                    out.appendCodePoint(each);
                }
            });
            return out.toString();
        }
    }

    /** @throws ScimException INVALID_FILTER */
    static Filter parse(String text) {
        return new FilterParser(text, ScimException.Kind.INVALID_FILTER).filter();
    }
}
