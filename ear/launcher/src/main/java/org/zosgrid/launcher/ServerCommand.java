package org.zosgrid.launcher;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A command for Payara's administration, as one types it after {@code asadmin}.
 *
 * @param name e.g. {@code deploy}
 * @param arguments options first, the operand last
 */
record ServerCommand(String name, List<String> arguments) {
    ServerCommand(String name, String... arguments) {
        this(name, List.of(arguments));
    }

    /** {@code name=value:name=value}, as options of these commands expect it. */
    static String properties(Map<String, String> values) {
        return new TreeMap<>(values).entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue().replaceAll("([\\\\:=])", "\\\\$1"))
            .collect(Collectors.joining(":"));
    }

    /** For {@code asadmin multimode --file}, which takes a double-quoted word as it stands, but for backslashes and quotes. */
    String line() {
        return name + arguments.stream().map(each -> " " + quoted(each)).collect(Collectors.joining());
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./@,=-]+") ? argument : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What it is about: its values may be secret. */
    @Override
    public String toString() {
        return name + (arguments.isEmpty() ? "" : " " + arguments.getLast());
    }
}
