package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.ScimException;

/**
 * Why a request of a provisioning service was not answered, as RFC 7644, section 3.12 has it.
 *
 * @param scimType empty where the RFC has no word for it
 */
record ScimProblem(int status, String scimType, String detail, Map<String, String> headers) {
    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
    /** PostgreSQL's unique_violation: somebody else was first, between our question and our answer. */
    private static final String TAKEN = "23505";

    ScimProblem {
        headers = Map.copyOf(headers);
    }

    static ScimProblem of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ScimException refused) {
                return new ScimProblem(refused.kind().status(), refused.kind().scimType(), refused.getMessage(), Map.of());
            }
            if (cause instanceof SQLException sql && TAKEN.equals(sql.getSQLState())) {
                return new ScimProblem(409, ScimException.Kind.UNIQUENESS.scimType(), "somebody else has made one of this name meanwhile", Map.of());
            }
        }
        return of(Problem.of(thrown));
    }

    static ScimProblem of(Problem problem) {
        String detail = problem.title() + (problem.detail().isEmpty() ? "" : ": " + problem.detail());
        return switch (problem.status()) {
            case 422 -> new ScimProblem(400, ScimException.Kind.INVALID_VALUE.scimType(), detail, problem.headers());
            case 400 -> new ScimProblem(400, ScimException.Kind.INVALID_SYNTAX.scimType(), detail, problem.headers());
            case 415 -> new ScimProblem(415, "", "The body must be " + ScimApplication.MEDIA_TYPE + " or application/json", problem.headers());
            default -> new ScimProblem(problem.status(), "", detail, problem.headers());
        };
    }

    private byte[] json() {
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add(SCHEMA);
        json.put("status", Integer.toString(status));
        if (!scimType.isEmpty()) {
            json.put("scimType", scimType);
        }
        return StrictJson.bytes(json.put("detail", detail));
    }

    void send(HttpServletResponse response) throws IOException {
        byte[] body = json();
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType(ScimApplication.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    Response response() {
        Response.ResponseBuilder answer = Response.status(status).type(ScimApplication.MEDIA_TYPE).entity(json());
        headers.forEach(answer::header);
        return answer.build();
    }
}
