package org.zosgrid.console;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.workloads.SubmitChange;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;

/** Hands a signed document in; a deployment and a removal differ in nothing but its type. */
final class Submission {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Submission() {}

    static Response answer(SubmitChange submission, String payloadType, byte[] envelope, HttpHeaders headers, SecurityContext security) {
        RequestBody.object(envelope);
        ChangeView change = submission.submit(SignedRequest.caller(security), envelope, payloadType, idempotencyKey(headers));
        ChangeSummary made = change.summary();
        return Response.accepted(Answer.of(change))
                .header("Location", "/api/deployments/" + made.name() + "/versions/" + made.version())
                .build();
    }

    private static String idempotencyKey(HttpHeaders headers) {
        List<String> keys = headers.getRequestHeaders().getOrDefault(IDEMPOTENCY_KEY, List.of());
        if (keys.size() != 1) {
            throw new ContractException(IDEMPOTENCY_KEY, "must be given once: the same request counts once under it", keys.size() + " times");
        }
        return keys.getFirst();
    }
}
