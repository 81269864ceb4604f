package org.zosgrid.node.zdb;

import java.time.Duration;

/** How much of a key's past a namespace keeps when it is compacted. A key's newest version is always kept, unless it is a deletion that nothing needs any more. */
public sealed interface Retention {

    /** Every version, for ever. */
    record All() implements Retention {
        @Override
        public String toString() {
            return "all";
        }
    }

    /** The newest versions of each key; a deletion counts as one. */
    record Versions(int count) implements Retention {
        public Versions {
            if (count < 1) {
                throw new IllegalArgumentException("retention: must keep at least 1 version (is: " + count + ")");
            }
        }

        @Override
        public String toString() {
            return Integer.toString(count);
        }
    }

    /** What was the newest version of its key at any moment of this span, counted back from now. */
    record Span(Duration span) implements Retention {
        public Span {
            if (span.toSeconds() < 1) {
                throw new IllegalArgumentException("retention: must keep at least 1 second (is: " + span + ")");
            }
        }

        @Override
        public String toString() {
            return span.toSeconds() + "s";
        }
    }

    Retention ALL = new All();

    /** As {@code NSSET retention} has it: {@code all}, a number of versions, or a span as {@code 90s}, {@code 15m}, {@code 12h}, {@code 30d}. */
    static Retention parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        if (text.matches("[1-9][0-9]{0,8}")) {
            return new Versions(Integer.parseInt(text));
        }
        if (text.matches("[1-9][0-9]{0,8}[smhd]")) {
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return new Span(switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            });
        }
        throw new IllegalArgumentException("retention: must be all, a number of versions, or a span as 90s, 15m, 12h or 30d (is: " + text + ")");
    }
}
