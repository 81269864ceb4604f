package org.zosgrid.console;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.SecurityContext;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.zosgrid.workloads.Identity;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** A request whose signature or token was verified: with its body, which a signature covers, and who sent it as its principal. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final byte[] body;
    private final Authenticated principal;

    AuthenticatedRequest(HttpServletRequest request, byte[] body, Identity identity) {
        super(request);
        this.body = body;
        this.principal = new Authenticated(identity);
    }

    /** Who sent the request that is being answered, however they proved it. */
    static Identity identity(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Authenticated principal) {
            return principal.identity();
        }
        throw new RefusedException(Kind.UNAUTHENTICATED, "Nobody proved who asks");
    }

    /** Who sent it. */
    Identity identity() {
        return principal.identity();
    }

    /** All of it. */
    byte[] body() {
        return body.clone();
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal.getName();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Body(body);
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private record Authenticated(Identity identity) implements Principal {
        @Override
        public String getName() {
            return identity.account();
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                listener.onDataAvailable();
                listener.onAllDataRead();
            } catch (IOException broken) {
                listener.onError(broken);
            }
        }
    }
}
