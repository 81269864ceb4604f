package org.zosgrid.console;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.zosgrid.workloads.ReportMetrics;
import org.zosgrid.workloads.health.Exposition;

/** {@code /metrics}, where a collector looks for them; it shows a token instead of a signature. */
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String BEARER = "Bearer ";

    @Inject
    private transient ReportMetrics metrics;

    @SuppressWarnings("NullAway.Init")
    public MetricsServlet() {}

    MetricsServlet(ReportMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        byte[] body;
        try {
            body = metrics.report(header.startsWith(BEARER) ? header.substring(BEARER.length()).strip() : "").getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException refused) {
            Problem problem = Problem.of(refused);
            if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
                problem = problem.with("WWW-Authenticate", "Bearer realm=\"zos\"");
            }
            problem.send(response);
            return;
        }
        response.setContentType(Exposition.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
