package org.zosgrid.cli.openid;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;

/**
 * An OpenID provider as its discovery document describes it (OpenID Connect Discovery 1.0), asked as a public client: it keeps no secret on anybody's machine. Nothing is asked in the clear,
 * but of this machine, and no redirect is followed.
 */
public final class OpenIdProvider {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration OTHERWISE = Duration.ofSeconds(5); // RFC 8628, section 3.5
    private static final Duration SLOWER = Duration.ofSeconds(5); // the same, "slow_down"
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI issuer;
    private final String client;

    /**
     * @param issuer as tokens name it
     * @param client how the provider knows this program
     * @throws CliException for an address to which nothing may be sent
     */
    public OpenIdProvider(String issuer, String client) {
        this.issuer = safe(issuer, "--issuer");
        this.client = client;
    }

    /** An answer of the provider that is no success. */
    private static final class ProviderSaidNo extends CliException {
        private static final long serialVersionUID = 1;

        private final String error;

        ProviderSaidNo(String error, String description) {
            super("the provider says " + error + (description.isEmpty() ? "" : ": " + description));
            this.error = error;
        }
    }

    /** Begins a login. @throws CliException if the provider has no device flow, or does not know the client */
    public DeviceGrant begin(String scope) {
        JsonNode answer = post(endpoint("device_authorization_endpoint"), Map.of("client_id", client, "scope", scope));
        String complete = answer.path("verification_uri_complete").asText("");
        return new DeviceGrant(text(answer, "device_code"), shown(text(answer, "user_code")), safe(text(answer, "verification_uri"), "verification_uri"),
                complete.isEmpty() ? Optional.empty() : Optional.of(safe(complete, "verification_uri_complete")),
                Instant.now().plusSeconds(answer.path("expires_in").asLong(0)), Duration.ofSeconds(answer.path("interval").asLong(OTHERWISE.toSeconds())));
    }

    /** Waits until somebody has agreed, has refused, or the time is over. @throws CliException for the latter two */
    public ProviderTokens await(DeviceGrant grant) {
        URI tokens = endpoint("token_endpoint");
        Duration pause = grant.interval();
        while (true) {
            if (Instant.now().plus(pause).isAfter(grant.expiresAt())) {
                throw new CliException("nobody has agreed in time; begin again with 'zos login'");
            }
            sleep(pause);
            try {
                return tokens(post(tokens, Map.of("grant_type", DEVICE, "device_code", grant.deviceCode(), "client_id", client)));
            } catch (ProviderSaidNo no) {
                pause = switch (no.error) {
                    case "authorization_pending" -> pause;
                    case "slow_down" -> pause.plus(SLOWER);
                    case "access_denied" -> throw new CliException("the login was refused in the browser");
                    case "expired_token" -> throw new CliException("nobody has agreed in time; begin again with 'zos login'");
                    default -> throw no;
                };
            } catch (AwayException away) {
                pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2); // RFC 8628, section 3.5
            }
        }
    }

    /** Another access token. @throws CliException if the login has ended there */
    public ProviderTokens refresh(String refreshToken) {
        ProviderTokens next = tokens(post(endpoint("token_endpoint"), Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", client)));
        return next.refresh().isPresent() ? next : new ProviderTokens(next.access(), next.expiresAt(), Optional.of(refreshToken));
    }

    /** Ends a login at the provider, RFC 7009; one that cannot do that is left alone. */
    public void revoke(String refreshToken) {
        String endpoint = described().path("revocation_endpoint").asText("");
        if (!endpoint.isEmpty()) {
            exchange(form(safe(endpoint, "revocation_endpoint"), Map.of("token", refreshToken, "token_type_hint", "refresh_token", "client_id", client)));
        }
    }

    private static ProviderTokens tokens(JsonNode answer) {
        String refresh = answer.path("refresh_token").asText("");
        if (!answer.path("token_type").asText("").equalsIgnoreCase("bearer")) {
            throw new CliException("the provider gives tokens of the type " + shown(answer.path("token_type").asText("none")) + ", and bearer tokens are wanted");
        }
        return new ProviderTokens(text(answer, "access_token"), Instant.now().plusSeconds(answer.path("expires_in").asLong(60)), refresh.isEmpty() ? Optional.empty() : Optional.of(refresh));
    }

    private URI endpoint(String name) {
        String address = described().path(name).asText("");
        if (address.isEmpty()) {
            throw new CliException("the provider " + issuer + " states no " + name + ": it has no device flow, or it is not switched on");
        }
        return safe(address, name);
    }

    private JsonNode described() {
        URI place = URI.create(issuer.toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
        JsonNode document = read(exchange(HttpRequest.newBuilder(place).GET()));
        if (!document.path("issuer").asText("").equals(issuer.toString())) {
            throw new CliException("--issuer: must be what the provider calls itself, " + shown(document.path("issuer").asText("nothing")) + " (is: " + issuer + ")");
        }
        return document;
    }

    private JsonNode post(URI place, Map<String, String> fields) {
        return read(exchange(form(place, fields)));
    }

    private static HttpRequest.Builder form(URI place, Map<String, String> fields) {
        String body = new LinkedHashMap<>(fields).entrySet().stream().map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(place).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.header("Accept", "application/json").timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException slow) {
            throw new AwayException("the provider " + issuer + " does not answer");
        } catch (IOException away) {
            throw new AwayException("the provider " + issuer + " cannot be reached: " + away.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    /** Nobody answered; it may be asked again. */
    private static final class AwayException extends CliException {
        private static final long serialVersionUID = 1;

        AwayException(String message) {
            super(message);
        }
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 200) {
            return Json.parse(answer.body(), "the provider");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        JsonNode error = type.contains("json") ? Json.parse(answer.body(), "the provider") : Json.object();
        if (error.path("error").asText("").isEmpty()) {
            throw new CliException("the provider answers " + answer.statusCode() + " at " + answer.uri());
        }
        throw new ProviderSaidNo(shown(error.path("error").asText()), shown(error.path("error_description").asText("")));
    }

    private static String text(JsonNode answer, String field) {
        String text = answer.path(field).asText("");
        if (text.isEmpty()) {
            throw new CliException("the provider's answer has no " + field);
        }
        return text;
    }

    /** Codes and tokens are not sent in the clear. */
    private static URI safe(String address, String what) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && onThisMachine(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw new CliException(what + ": must be an https address, or an http address on this machine (is: " + shown(address) + ")");
    }

    private static boolean onThisMachine(String host) {
        String bare = host.replaceAll("[\\[\\]]", "");
        try {
            return bare.equals("localhost") || InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** What somebody else wrote, as a terminal may have it. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
