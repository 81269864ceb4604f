package org.zosgrid.bpmn.condition;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a condition may name. Values are asked for when the condition is, so that nothing a process wrote in between can change them. */
public enum Variable {
    KIND("kind", Type.TEXT, subject -> subject.facts().kind(), "what the change is", "deployment", "pause", "resume", "decommission", "model", "skip", "admission", "retirement", "promotion", "review"),
    ENVIRONMENT("environment", Type.TEXT, subject -> subject.facts().environment(), "where it stands; a removal has the one of what it removes",
            "development", "staging", "production"),
    EXPOSED("exposed", Type.BOOLEAN, subject -> subject.facts().exposed(), "whether the internet may reach any of it"),
    MACHINES("machines", Type.NUMBER, subject -> subject.facts().machines(), "how many machines it asks for"),
    MEMORY_MIB("memoryMiB", Type.NUMBER, subject -> subject.facts().memoryMiB(), "memory of all its machines together, in MiB"),
    NAME("name", Type.TEXT, Subject::name, "the name of what is deployed or removed"),
    VERSION("version", Type.NUMBER, Subject::version, "the version that the change makes"),
    AGE("age", Type.DURATION, Subject::age, "time since the process began"),
    DATA_CLASS("dataClass", Type.TEXT, subject -> subject.facts().dataClass(), "what it works on, as its document says; restricted where that says nothing", "public", "internal", "confidential", "restricted"),
    COST("cost", Type.NUMBER, subject -> subject.facts().cost(), "of its machines in a month, rounded up, by the prices in the settings; without prices more than any number"),
    HOUR("hour", Type.NUMBER, subject -> subject.facts().hour(), "of the day at which it is asked, in UTC, 0 to 23");

    private final String word;
    private final Type type;
    private final Function<Subject, Object> value;
    private final String meaning;
    private final List<String> choices;

    Variable(String word, Type type, Function<Subject, Object> value, String meaning, String... choices) {
        this.word = word;
        this.type = type;
        this.value = value;
        this.meaning = meaning;
        this.choices = List.of(choices);
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    public Type type() {
        return type;
    }

    /** For people, one line. */
    public String meaning() {
        return meaning;
    }

    /** Every value it can have; empty if they cannot be listed. */
    public List<String> choices() {
        return choices;
    }

    Object of(Subject subject) {
        return value.apply(subject);
    }

    /** By its word. */
    public static Optional<Variable> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Variable::word).collect(Collectors.joining(", "));
    }
}
