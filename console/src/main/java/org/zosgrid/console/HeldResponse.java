package org.zosgrid.console;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.workloads.view.GivenAnswer;

/** Keeps what is answered, and sends nothing of it. */
final class HeldResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    private int status = SC_OK;
    private @Nullable String type;
    private @Nullable String location;

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    GivenAnswer answer() {
        writer.flush();
        return new GivenAnswer(status, Optional.ofNullable(type).orElse(""), Optional.ofNullable(location).orElse(""), body.toByteArray());
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code) {
        sendError(code, "");
    }

    /** As the server would answer it: {@link ErrorPage}. */
    @Override
    public void sendError(int code, String message) {
        Problem problem = Problem.of(code);
        status = code;
        type = Problem.MEDIA_TYPE;
        body.reset();
        body.writeBytes(problem.json());
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase("Location")) {
            location = value;
        } else if (name.equalsIgnoreCase("Content-Type")) {
            type = value;
        } else if (!name.equalsIgnoreCase("Content-Length")) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase("Location") || name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length")) {
            setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setContentType(String value) {
        type = value;
    }

    @Override
    public void setContentLength(int length) {
        // counted when it is sent
    }

    @Override
    public void setContentLengthLong(long length) {
        // counted when it is sent
    }

    @Override
    public void flushBuffer() {
        // nothing is sent from here
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public void write(int one) {
                body.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                body.write(bytes, from, length);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new IllegalStateException("nothing here answers asynchronously");
            }
        };
    }
}
