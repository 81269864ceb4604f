package org.zosgrid.console;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.workloads.AnswerOnce;
import org.zosgrid.workloads.view.GivenAnswer;

/**
 * Lets a POST with an {@code Idempotency-Key} be carried out once, and answers it so again. The answer is held back until what it tells of is committed. Submissions
 * are left alone: their key stands with what they made, for as long as that does.
 */
public class IdempotencyFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String KEY = "Idempotency-Key";
    private static final Set<String> SUBMISSIONS = Set.of("/api/deployments", "/api/decommissions");

    @Inject
    private transient AnswerOnce once;

    @SuppressWarnings("NullAway.Init")
    public IdempotencyFilter() {}

    IdempotencyFilter(AnswerOnce once) {
        this.once = once;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        List<String> keys = Collections.list(request.getHeaders(KEY));
        if (keys.isEmpty() || !request.getMethod().equals("POST") || SUBMISSIONS.contains(request.getRequestURI()) || !(request instanceof AuthenticatedRequest authenticated)) {
            chain.doFilter(request, response);
            return;
        }
        GivenAnswer answer;
        try {
            if (keys.size() > 1) {
                throw new ContractException(KEY, "must be given once: the same request counts once under it", keys.size() + " times");
            }
            answer = once.answer(authenticated.identity(), keys.getFirst(), digest(authenticated), () -> held(authenticated, response, chain));
        } catch (RuntimeException refused) {
            response.reset();
            SecurityHeadersFilter.set(response);
            Problem.of(refused).send(response);
            return;
        }
        send(answer, response);
    }

    private static GivenAnswer held(AuthenticatedRequest request, HttpServletResponse response, FilterChain chain) {
        HeldResponse held = new HeldResponse(response);
        try {
            chain.doFilter(request, held);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (ServletException failed) {
            throw new IllegalStateException(failed);
        }
        return held.answer();
    }

    private static void send(GivenAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        if (!answer.location().isEmpty()) {
            response.setHeader("Location", answer.location());
        }
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
        }
        if (answer.status() != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }

    /** Of the target and the body. */
    private static String digest(AuthenticatedRequest request) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((request.getRequestURI() + "?" + request.getQueryString() + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(request.body());
        return Digests.sha256Hex(all.toByteArray());
    }
}
