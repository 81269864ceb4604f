package org.zosgrid.bpmn.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.condition.Type;

/** What stands in an input's cell: any value, or one of several tests, as in FEEL's unary tests. */
record Cell(List<Test> tests) {
    Cell {
        tests = List.copyOf(tests);
    }

    /** Longest text of a cell. */
    static final int LONGEST = 500;

    private static final String NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,6})?";
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\$#{}\\p{Cntrl}]*)\"");
    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>) *(" + NUMBER + ")");
    private static final Pattern RANGE = Pattern.compile("([\\[(\\]]) *(" + NUMBER + ") *\\.\\. *(" + NUMBER + ") *([\\])\\[])");

    /** Commas that stand in no text. */
    private static final Pattern PART = Pattern.compile("(?:\"[^\"]*\"|[^\",])+");

    sealed interface Test {
        boolean accepts(Object value);

        String feel();
    }

    record Is(Object literal) implements Test {
        @Override
        public boolean accepts(Object value) {
            return literal.equals(value) || literal instanceof BigDecimal number && value instanceof BigDecimal other && number.compareTo(other) == 0;
        }

        @Override
        public String feel() {
            return literal instanceof String text ? '"' + text + '"' : literal instanceof BigDecimal number ? number.toPlainString() : literal.toString();
        }
    }

    record Compared(String sign, BigDecimal with) implements Test {
        @Override
        public boolean accepts(Object value) {
            int order = ((BigDecimal) value).compareTo(with);
            return switch (sign) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }

        @Override
        public String feel() {
            return sign + " " + with.toPlainString();
        }
    }

    record Range(boolean fromIncluded, BigDecimal from, BigDecimal to, boolean toIncluded) implements Test {
        @Override
        public boolean accepts(Object value) {
            int below = from.compareTo((BigDecimal) value);
            int above = ((BigDecimal) value).compareTo(to);
            return (fromIncluded ? below <= 0 : below < 0) && (toIncluded ? above <= 0 : above < 0);
        }

        @Override
        public String feel() {
            return (fromIncluded ? "[" : "(") + from.toPlainString() + ".." + to.toPlainString() + (toIncluded ? "]" : ")");
        }
    }

    /** A cell of a column of some type; empty if it is none. */
    static Optional<Cell> parse(String text, Type type) {
        String all = text.strip();
        if (all.isEmpty() || all.equals("-")) {
            return Optional.of(new Cell(List.of()));
        }
        if (all.length() > LONGEST) {
            return Optional.empty();
        }
        List<Test> tests = new ArrayList<>();
        Matcher parts = PART.matcher(all);
        int at = 0;
        while (at < all.length()) {
            if (!parts.region(at, all.length()).lookingAt()) {
                return Optional.empty();
            }
            Optional<Test> test = test(parts.group().strip(), type);
            if (test.isEmpty()) {
                return Optional.empty();
            }
            tests.add(test.get());
            at = parts.end();
            if (at < all.length() && (all.charAt(at) != ',' || ++at == all.length())) {
                return Optional.empty();
            }
        }
        return Optional.of(new Cell(tests));
    }

    private static Optional<Test> test(String text, Type type) {
        return switch (type) {
            case TEXT -> matched(TEXT, text).map(match -> new Is(match.group(1)));
            case BOOLEAN -> text.equals("true") || text.equals("false") ? Optional.of(new Is(Boolean.valueOf(text))) : Optional.empty();
            case NUMBER -> number(text);
            case DURATION -> Optional.empty();
        };
    }

    private static Optional<Test> number(String text) {
        if (text.matches(NUMBER)) {
            return Optional.of(new Is(new BigDecimal(text)));
        }
        Optional<Test> comparison = matched(COMPARISON, text).map(match -> new Compared(match.group(1), new BigDecimal(match.group(2))));
        return comparison.or(() -> matched(RANGE, text).filter(match -> !match.group(4).equals("(")).map(match ->
                new Range(match.group(1).equals("["), new BigDecimal(match.group(2)), new BigDecimal(match.group(3)), match.group(4).equals("]"))));
    }

    private static Optional<Matcher> matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    boolean accepts(Object value) {
        return tests.isEmpty() || tests.stream().anyMatch(test -> test.accepts(value));
    }

    /** Numbers at which it may change its mind. */
    List<BigDecimal> thresholds() {
        return tests.stream().flatMap(test -> switch (test) {
            case Is(BigDecimal number) -> java.util.stream.Stream.of(number);
            case Compared compared -> java.util.stream.Stream.of(compared.with());
            case Range range -> java.util.stream.Stream.of(range.from(), range.to());
            default -> java.util.stream.Stream.<BigDecimal>empty();
        }).toList();
    }

    /** Texts that it names. */
    List<String> texts() {
        return tests.stream().filter(test -> test instanceof Is(String ignored)).map(test -> (String) ((Is) test).literal()).toList();
    }

    String feel() {
        return tests.stream().map(Test::feel).collect(Collectors.joining(", "));
    }

    static String right(Type type) {
        return switch (type) {
            case TEXT -> "nothing, or texts such as \"production\", \"staging\"";
            case BOOLEAN -> "nothing, true or false";
            case NUMBER -> "nothing, or numbers, comparisons and ranges such as 3, >= 16, [1..8]";
            case DURATION -> "nothing";
        };
    }
}
