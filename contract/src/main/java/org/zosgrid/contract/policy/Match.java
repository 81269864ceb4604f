package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.document.DataSize;
import org.zosgrid.contract.document.Environment;

/**
 * Which changes a rule is for. Every condition that is given must hold; a match without conditions fits everything.
 *
 * @param kinds one of these; empty for any
 * @param environments one of these; empty for any
 * @param exposed whether the internet reaches it
 * @param machines at least so many
 * @param memory at least so much, of all machines together
 */
public record Match(Set<Kind> kinds, Set<Environment> environments, Optional<Boolean> exposed, int machines, Optional<DataSize> memory) {
    public static final Match EVERYTHING = new Match(Set.of(), Set.of(), Optional.empty(), 0, Optional.empty());

    public Match {
        kinds = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
        environments = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(environments));
        if (machines < 0) {
            throw new ContractException("machines", "must not be below 0", Integer.toString(machines));
        }
    }

    /** A match for some kinds of change, whatever else. */
    public static Match kinds(Kind first, Kind... others) {
        return new Match(EnumSet.of(first, others), Set.of(), Optional.empty(), 0, Optional.empty());
    }

    /** Where nothing is known about either version, every condition on a version fits: rather one rule too many. */
    boolean fits(ChangeClass change) {
        boolean kind = kinds.isEmpty() || change.kinds().stream().anyMatch(kinds::contains);
        return kind && (change.sides().isEmpty() || change.sides().stream().anyMatch(this::fits));
    }

    private boolean fits(ChangeClass.Side side) {
        return (environments.isEmpty() || environments.contains(side.environment()))
                && (exposed.isEmpty() || exposed.get() == side.exposed())
                && side.machines() >= machines
                && side.memoryBytes() >= memory.map(DataSize::bytes).orElse(0L);
    }

    static Match read(JsonObject object) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        object.texts("kinds", Kind.values().length, 20).forEach(text -> value(object, "kinds", () -> kinds.add(Kind.parse(text))));
        EnumSet<Environment> environments = EnumSet.noneOf(Environment.class);
        object.texts("environments", Environment.values().length, 20).forEach(text -> value(object, "environments", () -> environments.add(Environment.parse(text))));
        return new Match(kinds, environments,
                object.has("exposed") ? Optional.of(object.flag("exposed")) : Optional.empty(),
                object.has("machines") ? (int) object.number("machines", 1, 1000) : 0,
                object.has("memory") ? Optional.of(object.value("memory", 20, DataSize::parse, new DataSize(1))) : Optional.empty());
    }

    private static void value(JsonObject object, String field, Runnable parse) {
        try {
            parse.run();
        } catch (ContractException wrong) {
            wrong.faults().forEach(each -> object.fault(field, each.problem(), each.value()));
        }
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object();
        kinds.forEach(kind -> object.withArray("kinds").add(kind.toString()));
        environments.forEach(environment -> object.withArray("environments").add(environment.toString()));
        exposed.ifPresent(flag -> object.put("exposed", flag));
        if (machines > 0) {
            object.put("machines", machines);
        }
        memory.ifPresent(size -> object.put("memory", size.toString()));
        return object;
    }
}
