package org.zosgrid.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells browsers and caches to do nothing clever with any answer. No answer allows another origin to read it. The console's pages may load what lies beside them, and
 * nothing else: no code inside of a page, none from elsewhere.
 */
public class SecurityHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String ASSETS = "/assets/";
    /** The loopback may be asked: an agent that holds somebody's key answers there. Style attributes are allowed: the library that draws diagrams makes them. They can neither run nor load anything under this policy. */
    private static final String PAGES = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self' http://127.0.0.1:*; worker-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        set(response);
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.equals("/") || path.equals("/index.html") || path.startsWith(ASSETS)) {
            response.setHeader("Content-Security-Policy", PAGES);
        }
        if (path.startsWith(ASSETS)) {
            response.setHeader("Cache-Control", "private, max-age=31536000, immutable"); // their names hold the hash of what they are
        }
        chain.doFilter(request, response);
    }

    static void set(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
    }
}
