package org.zosgrid.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageNetwork;

/**
 * Somebody on the internet who asks for a page every ten milliseconds until it is there. One curl process asks all the time, over one connection where
 * the gateway keeps it: starting a process for every question would cost more than what is measured.
 */
final class FirstAnswer implements AutoCloseable {
    private static final String EVERY = "100/s";

    private final Process curl;
    private final CompletableFuture<Long> answered = new CompletableFuture<>();

    FirstAnswer(Stage stage, String host) {
        String[] command = StageNetwork.inside(stage.network().internet(), "curl", "--silent", "--output", "/dev/null", "--max-time", "2", "--rate", EVERY,
                // Standard error, since curl writes that one at once. The counter stands in the fragment, which is not sent.
                "--write-out", "%{stderr}%{http_code}\\n", "--header", "Host: " + host, "http://" + StageNetwork.PUBLIC_GATEWAY + "/#[1-1000000]");
        try {
            this.curl = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException absent) {
            throw new CliException("cannot run curl: " + absent.getMessage(), absent);
        }
        Thread.ofPlatform().daemon().name("first-answer").start(this::read);
    }

    /** The {@link System#nanoTime} of the first 200. */
    long await(Duration limit) throws Exception {
        return answered.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read() {
        String last = "nothing";
        try (BufferedReader codes = curl.errorReader()) {
            for (String code = codes.readLine(); code != null; code = codes.readLine()) {
                if (code.equals("200")) {
                    answered.complete(System.nanoTime());
                    return;
                }
                last = code;
            }
            answered.completeExceptionally(new CliException("curl ended before the page was there; its last answer was " + last));
        } catch (IOException closed) {
            answered.completeExceptionally(closed);
        }
    }

    @Override
    public void close() {
        curl.destroy();
    }
}
