package org.zosgrid.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.Fault;

/** The control plane said no: an RFC 9457 problem with everything that is wrong. */
public final class RefusedException extends CliException {
    private static final int SHOWN = 300;

    private final int status;
    private final transient List<Fault> faults;

    private RefusedException(int status, String message, List<Fault> faults) {
        super(message);
        this.status = status;
        this.faults = List.copyOf(faults);
    }

    /** Reads an answer that is no success; one that is no problem document is shown as it came, shortened. */
    static RefusedException of(int status, String contentType, byte[] body) {
        if (!contentType.contains("json")) {
            String text = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
            return new RefusedException(status, "the control plane answered " + status + (text.isEmpty() ? "" : ": "
                    + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text)), List.of());
        }
        JsonNode problem = Json.parse(body, "the control plane");
        List<Fault> faults = new ArrayList<>();
        problem.path("faults").forEach(each -> faults.add(new Fault(each.path("field").asText(), each.path("problem").asText(), each.path("value").asText(""))));
        StringBuilder text = new StringBuilder(problem.path("title").asText("the control plane refused (" + status + ")"));
        if (problem.hasNonNull("detail") && faults.stream().noneMatch(fault -> fault.toString().equals(problem.path("detail").asText()))) {
            text.append(": ").append(problem.path("detail").asText());
        }
        faults.forEach(fault -> text.append(System.lineSeparator()).append("  ").append(fault));
        return new RefusedException(status, text.toString(), faults);
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    public List<Fault> faults() {
        return faults;
    }
}
