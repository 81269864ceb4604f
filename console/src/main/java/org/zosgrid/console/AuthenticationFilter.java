package org.zosgrid.console;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.AuthenticateRequest;
import org.zosgrid.workloads.AuthenticateToken;
import org.zosgrid.workloads.Caller;
import org.zosgrid.workloads.Identity;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/**
 * Lets nothing under {@code /api} and {@code /scim} through of which nobody proved who asks: by a signature of somebody of the trust root, RFC 9421, or by a token, RFC 6750, and
 * never by both, of which one could be looked at and the other be obeyed. What a token may not do, the resources and use cases say. The signature covers the request's target exactly as it
 * stood on the request line, and the body; so the target is taken before any decoding, and the body is read here, to its end.
 */
public class AuthenticationFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** What answers everybody. Compared with the raw path: whoever writes it in another way must sign. */
    private static final Set<String> PUBLIC = Set.of("/api/health", "/api/openapi.json", "/api/openapi.yaml");

    /** Where provisioning services speak SCIM: with a token, and in SCIM's own words for what is wrong. */
    private static final String SCIM = "/scim/v2";

    private static final String LOGINS = "/api/logins";
    private static final int MAX_LOGIN = 4096;

    /** Each exactly once: a second value could be the one that something else looks at. */
    private static final List<String> SIGNED_BY = List.of("Signature-Input", "Signature", "Content-Digest");

    private static final String TOKEN = "Authorization";

    /** RFC 6750, section 2.1; the scheme in any case, as RFC 9110 has it. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) ([A-Za-z0-9._~+/-]+=*)");

    @Inject
    private transient AuthenticateRequest authentication;

    @Inject
    private transient AuthenticateToken tokens;

    @SuppressWarnings("NullAway.Init")
    public AuthenticationFilter() {}

    AuthenticationFilter(AuthenticateRequest authentication, AuthenticateToken tokens) {
        this.authentication = authentication;
        this.tokens = tokens;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (isPublic(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (isLogin(request)) {
            if (request.getContentLengthLong() < 0 || request.getContentLengthLong() > MAX_LOGIN) {
                response.setHeader("Connection", "close");
                Problem.tooLarge("more than " + MAX_LOGIN + " bytes, or nobody knows").send(response);
                return;
            }
            chain.doFilter(request, response);
            return;
        }
        final AuthenticatedRequest authenticated;
        try {
            authenticated = authenticated(request);
        } catch (TooLargeException tooLarge) {
            // The rest of the body is not waited for.
            response.setHeader("Connection", "close");
            send(Problem.tooLarge(tooLarge.found), request, response);
            return;
        } catch (RuntimeException refused) {
            send(Problem.of(refused), request, response);
            return;
        }
        try {
            authenticated.identity().answered(() -> {
                chain.doFilter(authenticated, response);
                return authenticated;
            });
        } catch (IOException | ServletException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isScim(HttpServletRequest request) {
        // By who will answer, and not by how the target is written: a way around would have a service's token read.
        return SCIM.equals(request.getServletPath());
    }

    /** In the words of who is asked. */
    static void send(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isScim(request)) {
            ScimProblem.of(problem).send(response);
        } else {
            problem.send(response);
        }
    }

    static boolean isPublic(HttpServletRequest request) {
        return PUBLIC.contains(request.getRequestURI()) && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    /** Who has nothing to show yet. Strangers send it, so it is small and says so. */
    private static boolean isLogin(HttpServletRequest request) {
        return LOGINS.equals(request.getRequestURI()) && request.getMethod().equals("POST");
    }

    private AuthenticatedRequest authenticated(HttpServletRequest request) throws IOException, TooLargeException {
        List<String> shown = Collections.list(request.getHeaders(TOKEN));
        if (shown.isEmpty() && isScim(request)) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The request does not show a token", new Fault(TOKEN, "must be Bearer and the token of a provisioning service", ""));
        }
        return shown.isEmpty() ? signed(request) : withToken(request, shown);
    }

    private AuthenticatedRequest withToken(HttpServletRequest request, List<String> values) throws IOException, TooLargeException {
        List<Fault> faults = new ArrayList<>();
        if (values.size() > 1) {
            faults.add(new Fault(TOKEN, "must have exactly one value", values.size() + " values"));
        }
        SIGNED_BY.stream().filter(header -> !header.equals("Content-Digest") && request.getHeader(header) != null)
                .forEach(header -> faults.add(new Fault(header, "must not be there with a token: who asks is proved in one way", "a signature")));
        Matcher bearer = BEARER.matcher(values.getFirst());
        if (!bearer.matches()) {
            // not the value: it may be a password
            faults.add(new Fault(TOKEN, "must be Bearer and a token", "something else"));
        }
        if (!faults.isEmpty()) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The request does not show a token as it must", faults);
        }
        Identity holder = isScim(request) ? tokens.provisioner(bearer.group(1)) : tokens.authenticate(bearer.group(1));
        return new AuthenticatedRequest(request, body(request), holder);
    }

    private AuthenticatedRequest signed(HttpServletRequest request) throws IOException, TooLargeException {
        List<Fault> repeated = new ArrayList<>();
        boolean complete = true;
        for (String header : SIGNED_BY) {
            int values = Collections.list(request.getHeaders(header)).size();
            complete &= values > 0;
            if (values > 1) {
                repeated.add(new Fault(header, "must have exactly one value", values + " values"));
            }
        }
        if (!repeated.isEmpty()) {
            throw new RefusedException(Kind.UNAUTHENTICATED, "The request is not signed as it must be", repeated);
        }
        // A request that lacks a header cannot verify, whatever its body is: nobody reads megabytes from a stranger to say so.
        byte[] body = complete ? body(request) : new byte[0];
        Caller caller = authentication.authenticate(header -> Optional.ofNullable(request.getHeader(header)), request.getMethod(), target(request), body);
        return new AuthenticatedRequest(request, body, caller);
    }

    /** The request's target as the client wrote it, percent-encoding untouched. */
    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private static byte[] body(HttpServletRequest request) throws IOException, TooLargeException {
        long announced = request.getContentLengthLong();
        if (announced > StrictJson.MAX_BYTES) {
            throw new TooLargeException(announced + " bytes");
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(StrictJson.MAX_BYTES + 1);
            if (body.length > StrictJson.MAX_BYTES) {
                throw new TooLargeException("more");
            }
            return body;
        }
    }

    private static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;

        private final String found;

        TooLargeException(String found) {
            super(found);
            this.found = found;
        }
    }
}
