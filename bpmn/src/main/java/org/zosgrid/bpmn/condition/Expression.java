package org.zosgrid.bpmn.condition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A parsed condition. Types have been checked: evaluating it cannot fail. */
sealed interface Expression {
    Type type();

    Object value(Subject subject);

    /** Written so that it parses to the same again. */
    String text();

    record Literal(Type type, Object of) implements Expression {
        @Override
        public Object value(Subject subject) {
            return of;
        }

        @Override
        public String text() {
            return switch (of) {
                case String text -> '"' + text + '"';
                case BigDecimal number -> number.toPlainString();
                default -> of.toString();
            };
        }
    }

    record Named(Variable variable) implements Expression {
        @Override
        public Type type() {
            return variable.type();
        }

        @Override
        public Object value(Subject subject) {
            Object value = variable.of(subject);
            return variable.type() == Type.NUMBER ? BigDecimal.valueOf(((Number) value).longValue()) : value;
        }

        @Override
        public String text() {
            return variable.word();
        }
    }

    record Compare(Expression left, Operator operator, Expression right) implements Expression {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Object value(Subject subject) {
            return operator.accepts(compared(left.value(subject), right.value(subject)));
        }

        @Override
        public String text() {
            return "(" + left.text() + " " + operator.sign() + " " + right.text() + ")";
        }
    }

    record Among(Expression one, List<Literal> several) implements Expression {
        public Among {
            several = List.copyOf(several);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Object value(Subject subject) {
            Object value = one.value(subject);
            return several.stream().anyMatch(each -> compared(value, each.of()) == 0);
        }

        @Override
        public String text() {
            return "(" + one.text() + " in " + several.stream().map(Literal::text).collect(Collectors.joining(", ", "(", ")")) + ")";
        }
    }

    /** All of them, or any of them. */
    record Joined(boolean all, List<Expression> parts) implements Expression {
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Object value(Subject subject) {
            return all ? parts.stream().allMatch(part -> (Boolean) part.value(subject)) : parts.stream().anyMatch(part -> (Boolean) part.value(subject));
        }

        @Override
        public String text() {
            return parts.stream().map(Expression::text).collect(Collectors.joining(all ? " and " : " or ", "(", ")"));
        }
    }

    record Not(Expression of) implements Expression {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }

        @Override
        public Object value(Subject subject) {
            return !((Boolean) of.value(subject));
        }

        @Override
        public String text() {
            return "(not " + of.text() + ")";
        }
    }

    private static int compared(Object left, Object right) {
        return switch (left) {
            case String text -> text.compareTo((String) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case Duration duration -> duration.compareTo((Duration) right);
            case Boolean truth -> truth.compareTo((Boolean) right);
            default -> throw new IllegalStateException("no such value: " + left.getClass());
        };
    }
}
