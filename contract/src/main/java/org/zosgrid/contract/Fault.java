package org.zosgrid.contract;

/**
 * One thing that is wrong with an input.
 *
 * @param field where, as a path such as {@code machines[0].memory}, shortened; empty for the whole
 * @param problem what is wrong and what would be right
 * @param value what was found, shortened; empty if there is nothing to show
 */
public record Fault(String field, String problem, String value) {
    private static final int SHOWN = 120;

    public Fault {
        field = shortened(field);
        value = shortened(value);
    }

    private static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    @Override
    public String toString() {
        return (field.isEmpty() ? "" : field + ": ") + problem + (value.isEmpty() ? "" : " (is: " + value + ")");
    }
}
