package org.zosgrid.zdb.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes RESP2 to a stream; nothing is sent before {@link #flush}. */
public final class RespWriter {
    private static final byte[] END = {'\r', '\n'};

    private final OutputStream out;

    public RespWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 64 << 10);
    }

    public void request(List<byte[]> arguments) throws IOException {
        line('*', Integer.toString(arguments.size()));
        for (byte[] argument : arguments) {
            bulk(argument);
        }
    }

    public void reply(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Simple simple -> line('+', simple.text());
            case Reply.Failure failure -> line('-', failure.text());
            case Reply.Number number -> line(':', Long.toString(number.value()));
            case Reply.Bulk bulk -> bulk(bulk.bytes());
            case Reply.Nil nil -> line('$', "-1");
            case Reply.Array array -> {
                line('*', Integer.toString(array.items().size()));
                for (Reply item : array.items()) {
                    reply(item);
                }
            }
        }
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void bulk(byte[] bytes) throws IOException {
        line('$', Integer.toString(bytes.length));
        out.write(bytes);
        out.write(END);
    }

    private void line(char type, String text) throws IOException {
        out.write(type);
        out.write(text.replace('\r', ' ').replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
        out.write(END);
    }
}
