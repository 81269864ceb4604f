package org.zosgrid.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.FilterRegistration;
import org.glassfish.grizzly.servlet.ServletRegistration;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;

/** The console on loopback, on the HTTP and REST implementations that the application server has, with use cases that a test prepared. */
final class ConsoleServer implements AutoCloseable {
    /** Held, so that it is not forgotten: every start and stop would be told otherwise. */
    private static final Logger SERVER_LOG = Logger.getLogger("org.glassfish.grizzly");

    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("console", "127.0.0.1", 0);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ConsoleServer(UseCases useCases) {
        SERVER_LOG.setLevel(Level.WARNING);
        listener.getTransport().setSelectorRunnersCount(1);
        server.addListener(listener);
        WebappContext web = new WebappContext("console", "");
        EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
        added(web, "security-headers", new SecurityHeadersFilter()).addMappingForUrlPatterns(requests, "/*");
        FilterRegistration database = added(web, "database", new DatabaseFilter(useCases.database));
        for (String asked : new String[] {"/api/*", "/scim/*", "/metrics"}) {
            database.addMappingForUrlPatterns(requests, asked);
        }
        added(web, "authentication", new AuthenticationFilter(useCases.authentication, useCases.tokens)).addMappingForUrlPatterns(requests, "/api/*");
        added(web, "authentication-of-services", new AuthenticationFilter(useCases.authentication, useCases.tokens)).addMappingForUrlPatterns(requests, "/scim/*");
        added(web, "idempotency", new IdempotencyFilter(useCases.once)).addMappingForUrlPatterns(requests, "/api/*");
        ServletRegistration rest = web.addServlet("rest", new ServletContainer(ResourceConfig.forApplication(new RestApplication()).register(useCases.binder())));
        rest.setAsyncSupported(true);
        rest.addMapping("/api/*");
        web.addServlet("scim", new ServletContainer(ResourceConfig.forApplication(new ScimApplication()).register(useCases.binder()))).addMapping("/scim/v2/*");
        web.addServlet("metrics", new MetricsServlet(useCases.metrics)).addMapping("/metrics");
        web.addServlet("error-page", new ErrorPage()).addMapping("/problem");
        web.addServlet("refusing", new RefusingServer()).addMapping("/refused/*");
        web.deploy(server);
        try {
            server.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As web.xml declares them. */
    private static FilterRegistration added(WebappContext web, String name, Filter filter) {
        FilterRegistration registration = web.addFilter(name, filter);
        registration.setAsyncSupported(true);
        return registration;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getPort());
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(address() + pathAndQuery)).timeout(Duration.ofSeconds(20));
    }

    /** A request as it must be. */
    HttpRequest.Builder signed(Signer caller, String method, String pathAndQuery, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = request(pathAndQuery).method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        HttpSignature.sign(caller, method, pathAndQuery, body, Instant.now()).forEach(request::header);
        headers.forEach(request::header);
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** An answer that is read while it comes. */
    HttpResponse<Stream<String>> follow(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofLines());
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.shutdownNow();
    }

    /** What a server does when it refuses by itself: {@code /refused/STATUS}. */
    private static final class RefusingServer extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, Integer.valueOf(request.getPathInfo().substring(1)));
            request.getRequestDispatcher("/problem").forward(request, response);
        }
    }
}
