package org.zosgrid.cli.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.envelope.Envelope;

/**
 * Bytes that somebody wants signed, as far as the agent understands them. What it cannot show it does not sign.
 *
 * @param document whether it is a document, which binds its signer; otherwise it is a request to the control plane, which says who asks
 * @param text for the owner of the key
 */
record Request(boolean document, String text) {

    /** The documents of each kind and name that were signed before, to show what is new. */
    static final class Memory {
        private final Map<String, byte[]> signed = new ConcurrentHashMap<>();

        void remember(byte[] message) {
            Envelope.ofPreAuthenticationEncoding(message).ifPresent(each -> signed.put(subject(each), each.payload()));
        }

        private Optional<byte[]> before(Envelope envelope) {
            return Optional.ofNullable(signed.get(subject(envelope)));
        }

        private static String subject(Envelope envelope) {
            return envelope.payloadType() + " " + DocumentDiff.fields(envelope.payload()).getOrDefault("name", "");
        }
    }

    /** Reads the bytes; empty if they are neither a JSON document in DSSE's encoding nor a request in the control plane's profile of RFC 9421. */
    static Optional<Request> of(byte[] message, Memory memory) {
        try {
            Optional<Envelope> envelope = Envelope.ofPreAuthenticationEncoding(message);
            return envelope.isPresent() ? Optional.of(document(envelope.get(), memory)) : http(message);
        } catch (ContractException unreadable) {
            return Optional.empty();
        }
    }

    private static Request document(Envelope envelope, Memory memory) {
        StringBuilder text = new StringBuilder("A document of the type " + DocumentDiff.escaped(envelope.payloadType()) + ", digest " + envelope.digest() + "\n");
        DocumentDiff.fields(envelope.payload()).forEach((field, value) -> text.append("    ").append(field).append(": ").append(value).append('\n'));
        memory.before(envelope).ifPresent(before -> {
            text.append("  Different from what was signed here before:\n");
            DocumentDiff.between(before, envelope.payload()).forEach(each -> text.append("  ").append(each).append('\n'));
        });
        return new Request(true, text.toString());
    }

    private static Optional<Request> http(byte[] message) {
        List<String> lines = new String(message, StandardCharsets.UTF_8).lines().toList();
        boolean known = lines.size() == 5 && lines.get(0).matches("\"@method\": [A-Z]{3,7}") && lines.get(1).startsWith("\"@path\": /") && lines.get(2).startsWith("\"@query\": ?")
                && lines.get(3).startsWith("\"content-digest\": ") && lines.get(4).startsWith("\"@signature-params\": ");
        return known
                ? Optional.of(new Request(false, "A request to the control plane: " + DocumentDiff.escaped(value(lines.get(0)) + " " + value(lines.get(1)) + value(lines.get(2))) + "\n"))
                : Optional.empty();
    }

    private static String value(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }
}
