package org.zosgrid.bpmn.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be written into an input of a block. */
public sealed interface InputType {
    /** For people: {@code a whole number, 1 to 100}. */
    String description();

    /** Whether a value is one, without knowing the surroundings. */
    boolean accepts(String value);

    /** Text in one or more lines. */
    record Text(int longest) implements InputType {
        private static final Pattern PLAIN = Pattern.compile("[^\\p{Cntrl}$#{}<>]*");

        @Override
        public String description() {
            return "text, 1 to " + longest + " characters, none of $ # { } < >";
        }

        @Override
        public boolean accepts(String value) {
            return !value.isEmpty() && value.length() <= longest && PLAIN.matcher(value.replaceAll("[\\r\\n\\t]", " ")).matches();
        }
    }

    record Whole(int least, int most) implements InputType {
        private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,8}");

        @Override
        public String description() {
            return "a whole number, " + least + " to " + most;
        }

        @Override
        public boolean accepts(String value) {
            return DIGITS.matcher(value).matches() && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
        }
    }

    /** As in ISO 8601. */
    record Span(Duration least, Duration most) implements InputType {
        @Override
        public String description() {
            return "a duration as in ISO 8601, " + least + " to " + (most.toHours() % 24 == 0 ? "P" + most.toDays() + "D" : most);
        }

        @Override
        public boolean accepts(String value) {
            return of(value).filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0).isPresent();
        }

        /** Java reads more than the engine does: what both understand is taken. */
        static Optional<Duration> of(String value) {
            try {
                return PLAIN.matcher(value).matches() ? Optional.of(Duration.parse(value)) : Optional.empty();
            } catch (DateTimeException | ArithmeticException none) {
                return Optional.empty();
            }
        }

        private static final Pattern PLAIN = Pattern.compile("P(?=[0-9T])([0-9]{1,4}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?");
    }

    record Choice(List<String> of) implements InputType {
        public Choice {
            of = List.copyOf(of);
        }

        @Override
        public String description() {
            return "one of " + String.join(", ", of);
        }

        @Override
        public boolean accepts(String value) {
            return of.contains(value);
        }
    }

    /** The name of something that operators configured. */
    record Configured(Thing thing) implements InputType {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

        @Override
        public String description() {
            return "the name of " + thing.description();
        }

        @Override
        public boolean accepts(String value) {
            return NAME.matcher(value).matches();
        }
    }

    /** What operators configure and a model names. */
    enum Thing {
        TABLE("a decision table that is saved here"),
        ENDPOINT("a webhook that is configured here"),
        TICKET_SYSTEM("a ticket system that is configured here"),
        WINDOW("a maintenance window that is configured here");

        private final String description;

        Thing(String description) {
            this.description = description;
        }

        public String description() {
            return description;
        }
    }
}
