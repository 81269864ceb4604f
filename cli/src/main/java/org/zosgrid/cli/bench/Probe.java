package org.zosgrid.cli.bench;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.cli.CliException;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** One client that writes a key and reads it, over and over, and remembers how long each took. */
final class Probe implements AutoCloseable {
    private static final int LEAST = 2_000;
    private static final int ASK_EVERY = 200;
    private static final double NANOS = 1e6;

    private final ZdbClient client;
    private final ZdbClient operator;
    private long[] nanos = new long[1 << 16];
    private int count;

    /**
     * How long commands took, in milliseconds.
     *
     * @param usual what 999 of 1,000 did not exceed
     * @param most the longest of all
     */
    record Lateness(double usual, double most) {}

    Probe(int port) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        this.client = ZdbClient.connect(address);
        this.operator = ZdbClient.connect(address);
    }

    /**
     * Starts something, and measures until the server says that it is over; again and again if that was too soon to say anything.
     *
     * @param running what the answer to {@code question} has as long as it runs
     */
    Lateness whileRunning(String running, List<String> question, List<?>... beginning) {
        count = 0;
        do {
            for (List<?> each : beginning) {
                if (send(operator, each) instanceof Reply.Failure failure) {
                    throw new CliException(each + " was refused: " + failure.text());
                }
            }
            do {
                for (int i = 0; i < ASK_EVERY; i++) {
                    byte[] value = ("value " + count).getBytes(StandardCharsets.US_ASCII);
                    long begun = System.nanoTime();
                    client.set("probe".getBytes(StandardCharsets.US_ASCII), value);
                    note(System.nanoTime() - begun);
                    begun = System.nanoTime();
                    client.get("probe".getBytes(StandardCharsets.US_ASCII));
                    note(System.nanoTime() - begun);
                }
            } while (send(operator, question) instanceof Reply.Bulk facts && new String(facts.bytes(), StandardCharsets.UTF_8).contains(running));
        } while (count < LEAST);
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Lateness(sorted[(int) (count * 0.999)] / NANOS, sorted[count - 1] / NANOS);
    }

    /** What a line of INFO says, as a number. */
    long fact(String name) {
        if (send(operator, List.of("INFO")) instanceof Reply.Bulk facts) {
            return new String(facts.bytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(name + ": ")).mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                    .findFirst().orElseThrow(() -> new CliException("INFO has no " + name));
        }
        throw new CliException("INFO was refused");
    }

    private static Reply send(ZdbClient to, List<?> words) {
        return to.send(words.stream().map(each -> each.toString().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new));
    }

    private void note(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = time;
    }

    @Override
    public void close() {
        client.close();
        operator.close();
    }
}
