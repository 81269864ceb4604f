package org.zosgrid.contract.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * A process or a decision table of the customer's own, to be in force in the control plane, or, without a file, to be so no more. No node ever takes one: whatever a model says, nodes count signatures themselves.
 *
 * @param name the id of the process or of the decision in the file
 * @param file BPMN or DMN, at most 512 KiB; empty to take the version that is in force out of it
 * @param examples of a decision table, in YAML or JSON; empty for a process
 * @param reason why, for whoever reads the ledger later
 */
public record Model(String name, long version, String requester, Instant created, Instant expires, String reason, Language language, String file, String examples, Demand demand) implements ChangeDocument {
    /** Bytes that a file and its examples may have. */
    public static final int MAX_BYTES = 512 << 10;

    /** What the file is written in. */
    public enum Language {
        BPMN, DMN;

        /** @throws ContractException unless it is one of them, in small letters */
        public static Language parse(String text) {
            return Arrays.stream(values()).filter(each -> each.toString().equals(text)).findFirst()
                    .orElseThrow(() -> new ContractException("", "must be bpmn or dmn", text));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** With no demand beyond the rules. */
    public Model(String name, long version, String requester, Instant created, Instant expires, String reason, Language language, String file, String examples) {
        this(name, version, requester, created, expires, reason, language, file, examples, Demand.NONE);
    }

    public static Model parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "model");
        Order order = Order.read(object, 1);
        Model model = new Model(
                order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(),
                object.value("language", 4, Language::parse, Language.BPMN),
                object.text("file", MAX_BYTES, ""),
                object.text("examples", MAX_BYTES, ""),
                order.demand());
        if (bytes(model.file) + bytes(model.examples) > MAX_BYTES) {
            object.fault("file", "must not be larger than " + MAX_BYTES + " bytes together with its examples", bytes(model.file) + bytes(model.examples) + " bytes");
        }
        if (model.language == Language.BPMN && !model.examples.isEmpty()) {
            object.fault("examples", "are for decision tables", "");
        }
        if (model.isRemoval() && !model.examples.isEmpty()) {
            object.fault("examples", "must be left out where no file is: the document takes the model out of force", "");
        }
        object.end();
        return model;
    }

    /** Whether it takes the model out of force. */
    public boolean isRemoval() {
        return file.isEmpty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Empty: it is for the control plane. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public Model withDemand(Demand other) {
        return new Model(name, version, requester, created, expires, reason, language, file, examples, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.MODEL;
    }

    @Override
    public byte[] toJson() {
        var object = new Order(name, version, requester, created, expires, reason, demand).object()
                .put("language", language.toString());
        if (!isRemoval()) {
            object.put("file", file);
        }
        if (!examples.isEmpty()) {
            object.put("examples", examples);
        }
        return StrictJson.bytes(object);
    }

    @Override
    public String toString() {
        return "model " + name + " version " + version + " (" + language + ", " + (isRemoval() ? "out of force" : bytes(file) + " bytes") + ")";
    }
}
