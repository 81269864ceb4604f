package org.zosgrid.tests.container;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Whose tokens the stage's control plane takes: it publishes a key and signs with it, and has no page to log in. */
public final class TokenIssuer implements AutoCloseable {
    private static final String AUDIENCE = "zos";

    private final HttpServer server;
    private final RSAKey key;

    TokenIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("stage").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (JOSEException | IOException failed) {
            throw new IllegalStateException(failed);
        }
        byte[] published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        server.start();
    }

    String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String audience() {
        return AUDIENCE;
    }

    /** A token that is good for five minutes, for an account that is called as a person of the trust root is. */
    public String token(String name, String... groups) {
        return token("default", name, AUDIENCE, groups);
    }

    /** The same, of somebody in an organisation. */
    public String tokenOf(String organisation, String name, String... groups) {
        return token(organisation, name, AUDIENCE, groups);
    }

    /** A token for another server. */
    public String elsewhere(String name, String... groups) {
        return token("default", name, "another", groups);
    }

    private String token(String organisation, String name, String audience, String... groups) {
        Instant now = Instant.now();
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder().issuer(name()).audience(audience).subject(name).claim("upn", name).claim("organisation", organisation).claim("groups", List.of(groups))
                        .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300))).build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
