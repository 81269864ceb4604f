package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ejb.EJBException;
import jakarta.resource.ResourceException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.RefusedException;

/**
 * Why a request was not answered, as RFC 9457 has it, with every fault in a field of its own.
 *
 * @param status the HTTP status code
 * @param name names its description in {@code openapi.yaml}, to which the document's {@code type} points
 * @param headers what the status code asks for beside the document
 */
record Problem(int status, String name, String title, String detail, List<Fault> faults, Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Problem.class.getName());
    private static final String RETRY_SECONDS = "5";

    Problem {
        faults = List.copyOf(faults);
        headers = Map.copyOf(headers);
    }

    /** What an exception means to the caller. One that nobody expected is logged, and the caller gets nothing of it but the log entry's id. */
    static Problem of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof EJBException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case RefusedException refused -> of(refused);
            case ContractException invalid -> of(422, "Invalid", "The request is not valid", invalid.faults(), Map.of());
            case WebApplicationException web when web.getResponse().getStatus() < 500 -> of(web.getResponse());
            default -> failed(thrown);
        };
    }

    /** For a status that the server set by itself. */
    static Problem of(int status) {
        return switch (status) {
            case 403 -> of(403, "Forbidden", "This is not for you", List.of(), Map.of());
            case 404 -> of(404, "NotFound", "There is nothing here", List.of(), Map.of());
            case 405 -> of(405, "MethodNotAllowed", "This cannot be done here", List.of(), Map.of());
            case 406 -> of(406, "NotAcceptable", "There is no such representation", List.of(), Map.of());
            case 415 -> of(415, "UnsupportedMediaType", "The body must be application/json", List.of(), Map.of());
            default -> {
                Response.Status known = Response.Status.fromStatusCode(status);
                String title = known == null ? "The request was not answered" : known.getReasonPhrase();
                yield status < 500 ? of(status, "BadRequest", title, List.of(), Map.of()) : of(status, "Failed", title, List.of(), Map.of());
            }
        };
    }

    static Problem malformed(ContractException broken) {
        return of(400, "BadRequest", "The body is not what it should be", broken.faults(), Map.of());
    }

    static Problem tooLarge(String found) {
        return of(413, "TooLarge", "The body is too large", List.of(new Fault("body", "must not be larger than " + StrictJson.MAX_BYTES + " bytes", found)), Map.of());
    }

    private static Problem of(RefusedException refused) {
        return switch (refused.kind()) {
            case UNAUTHENTICATED -> of(401, "Unauthenticated", refused.title(), refused.faults(), Map.of("WWW-Authenticate", "Signature realm=\"zos\", Bearer realm=\"zos\""));
            case FORBIDDEN -> of(403, "Forbidden", refused.title(), refused.faults(), Map.of());
            case NOT_FOUND -> of(404, "NotFound", refused.title(), refused.faults(), Map.of());
            case CONFLICT -> of(409, "Conflict", refused.title(), refused.faults(), Map.of());
            case INVALID -> of(422, "Invalid", refused.title(), refused.faults(), Map.of());
            case UNAVAILABLE -> of(503, "Unavailable", refused.title(), refused.faults(), Map.of("Retry-After", RETRY_SECONDS));
        };
    }

    private static Problem of(Response answer) {
        Problem problem = of(answer.getStatus());
        String allowed = answer.getHeaderString("Allow");
        return allowed == null ? problem : new Problem(problem.status, problem.name, problem.title, problem.detail, problem.faults, Map.of("Allow", allowed));
    }

    private static Problem failed(Throwable thrown) {
        String id = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, "a request failed, id " + id, thrown);
        if (databaseIsAway(thrown)) {
            return databaseIsAway("the log has more under " + id);
        }
        return new Problem(500, "Failed", "The request failed, and it was not your fault", "the log has more under " + id, List.of(), Map.of());
    }

    static Problem databaseIsAway(String detail) {
        return new Problem(503, "Unavailable", "The database does not answer", detail, List.of(), Map.of("Retry-After", RETRY_SECONDS));
    }

    /** No connection, or one that broke: PostgreSQL's classes 08 (connection exception) and 57 (operator intervention), or the pool's own word for it. */
    private static boolean databaseIsAway(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? Optional.ofNullable(sql.getSQLState()).orElse("") : "";
            if (cause instanceof ResourceException || state.startsWith("08") || state.startsWith("57")) {
                return true;
            }
        }
        return false;
    }

    private static Problem of(int status, String name, String title, List<Fault> faults, Map<String, String> headers) {
        String detail = switch (faults.size()) {
            case 0 -> "";
            case 1 -> faults.getFirst().toString();
            default -> faults.size() + " faults";
        };
        return new Problem(status, name, title, detail, faults, headers);
    }

    /** With another header, or another value of one. */
    Problem with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Problem(status, name, title, detail, faults, more);
    }

    byte[] json() {
        ObjectNode document = StrictJson.object()
                .put("type", "/api/openapi.json#/components/responses/" + name)
                .put("title", title)
                .put("status", status);
        if (!detail.isEmpty()) {
            document.put("detail", detail);
        }
        ArrayNode list = document.putArray("faults");
        faults.forEach(fault -> list.addObject().put("field", fault.field()).put("problem", fault.problem()).put("value", fault.value()));
        return StrictJson.bytes(document);
    }

    void send(HttpServletResponse response) throws IOException {
        byte[] body = json();
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    Response response() {
        Response.ResponseBuilder answer = Response.status(status).type(MEDIA_TYPE).entity(json());
        headers.forEach(answer::header);
        return answer.build();
    }
}
