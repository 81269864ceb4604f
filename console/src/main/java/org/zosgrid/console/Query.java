package org.zosgrid.console;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;

/** Reads a request's query parameters and collects every fault. Values of faulty ones are placeholders: call {@link #end} before they are used. */
final class Query {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final MultivaluedMap<String, String> parameters;
    private final Set<String> known = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    Query(UriInfo uri) {
        this.parameters = uri.getQueryParameters();
    }

    long number(String name, long least, long most, long otherwise) {
        Optional<String> text = single(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        long number = NUMBER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : -1;
        if (number < least || number > most) {
            faults.add(new Fault(name, "must be a whole number between " + least + " and " + most, text.get()));
            return otherwise;
        }
        return number;
    }

    /** Text without control characters; the database could not take all of them. */
    String text(String name, int max, String otherwise) {
        Optional<String> text = single(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().length() > max || text.get().chars().anyMatch(Character::isISOControl)) {
            faults.add(new Fault(name, "must be at most " + max + " characters, and no control characters", text.get()));
            return otherwise;
        }
        return text.get();
    }

    String text(String name, int max) {
        String text = text(name, max, "");
        if (text.isEmpty() && faults.stream().noneMatch(fault -> fault.field().equals(name))) {
            faults.add(new Fault(name, "is missing", ""));
        }
        return text;
    }

    /** A time as ISO 8601 has it, in UTC. */
    Optional<Instant> instant(String name) {
        Optional<String> text = single(name);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException malformed) {
            faults.add(new Fault(name, "must be a time such as 2026-11-25T12:00:00Z", text.orElse("")));
            return Optional.empty();
        }
    }

    /** Reports unknown parameters, and throws if anything was wrong. */
    void end() {
        parameters.keySet().stream().filter(name -> !known.contains(name)).sorted()
                .forEach(name -> faults.add(new Fault(name, "is not a known parameter; known are " + String.join(", ", known.stream().sorted().toList()), "")));
        if (!faults.isEmpty()) {
            throw new ContractException(faults);
        }
    }

    private Optional<String> single(String name) {
        known.add(name);
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            faults.add(new Fault(name, "must be given once", values.size() + " times"));
        }
        return values.stream().findFirst();
    }
}
