package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.RequestAnswers;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.GivenAnswer;

/**
 * Has a request carried out once under its caller's own name for it: what it does and what it was answered are one transaction, so whoever asks again, because
 * the answer was lost, gets the same answer and nothing is done twice. A refusal is not kept: nothing was done.
 */
@Stateless
public class AnswerOnce {
    private static final int MAX_KEY = 200;
    private static final int REFUSED = 400;

    @Inject private RequestAnswers answers;

    /**
     * @param key    the caller's own name for the request, 1 to 200 characters
     * @param digest of everything that was asked
     * @param work   carries the request out; in this transaction
     * @throws RefusedException INVALID, or CONFLICT if something else was asked under this key
     */
    public GivenAnswer answer(Identity caller, String key, String digest, Supplier<GivenAnswer> work) {
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw new RefusedException(Kind.INVALID, "The request has no usable key", new Fault("Idempotency-Key", "must have 1 to " + MAX_KEY + " characters", key));
        }
        Optional<RequestAnswers.Answer> before = answers.lock(caller.account(), key);
        if (before.isPresent()) {
            if (!before.get().digest().equals(digest)) {
                throw new RefusedException(Kind.CONFLICT, "This key was used for another request", new Fault("Idempotency-Key", "must be one that named no other request of the caller within a day", key));
            }
            return new GivenAnswer(before.get().status(), before.get().contentType(), before.get().location(), before.get().body());
        }
        GivenAnswer given = work.get();
        if (given.status() < REFUSED) {
            answers.keep(caller.account(), key, new RequestAnswers.Answer(digest, given.status(), given.contentType(), given.location(), given.body()), Instant.now());
        }
        return given;
    }
}
