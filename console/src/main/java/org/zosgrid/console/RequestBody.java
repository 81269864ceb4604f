package org.zosgrid.console;

import jakarta.ws.rs.WebApplicationException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/** A body that must be one JSON object. */
final class RequestBody {
    private RequestBody() {}

    /** @throws WebApplicationException 400 if it is none; what is wrong inside the object is found while it is read */
    static JsonObject object(byte[] body) {
        try {
            return JsonObject.of(StrictJson.parse(body, "body"), "body");
        } catch (ContractException broken) {
            throw new MalformedException(Problem.malformed(broken));
        }
    }

    /** Carries its answer. */
    static final class MalformedException extends WebApplicationException {
        private static final long serialVersionUID = 1;

        MalformedException(Problem problem) {
            super(problem.response());
        }
    }
}
