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
import org.zosgrid.workloads.Caller;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** A request whose signature was verified: with the body that the signature covers, and the caller as its principal. */
final class SignedRequest extends HttpServletRequestWrapper {
    private final byte[] body;
    private final Authenticated principal;

    SignedRequest(HttpServletRequest request, byte[] body, Caller caller) {
        super(request);
        this.body = body;
        this.principal = new Authenticated(caller);
    }

    /** Who sent the request that is being answered. */
    static Caller caller(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Authenticated principal) {
            return principal.caller();
        }
        throw new RefusedException(Kind.UNAUTHENTICATED, "The request is not signed as it must be");
    }

    /** Who sent it. */
    Caller caller() {
        return principal.caller();
    }

    /** What the signature covers. */
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

    private record Authenticated(Caller caller) implements Principal {
        @Override
        public String getName() {
            return caller.person();
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
