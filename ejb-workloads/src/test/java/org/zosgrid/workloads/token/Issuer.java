package org.zosgrid.workloads.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who signs tokens with a key on P-256 and publishes it on loopback. */
final class Issuer implements AutoCloseable {
    static final String NAME = "https://login.example.org/realms/corp";
    static final String AUDIENCE = "zos";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile ECKey key = newKey("first");

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URL keys() throws IOException {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys").toURL();
    }

    ECKey key() {
        return key;
    }

    /** How often somebody read the keys. */
    int asked() {
        return asked.get();
    }

    /** From now on another key signs, and it alone is published. */
    void changeKey(String id) {
        key = newKey(id);
    }

    static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token's content that is right in everything. */
    static JWTClaimsSet.Builder claims(String... groups) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(NAME).audience(AUDIENCE).subject("f81d4fae").issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300)))
                .claim("upn", "erin@example.org").claim("groups", List.of(groups));
    }

    String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, key, JOSEObjectType.JWT);
    }

    static String sign(JWTClaimsSet.Builder claims, ECKey key, JOSEObjectType type) {
        try {
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(type).build(), claims.build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
