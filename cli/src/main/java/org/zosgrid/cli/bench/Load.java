package org.zosgrid.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zosgrid.cli.CliException;

/**
 * One run of Debian's redis-benchmark with fifty clients. Keys are drawn at random: from so many that hardly one comes twice when writing, since a store
 * that sees a value again need not write it, and from those that are there when reading.
 *
 * @param command SET or GET
 * @param size of a value, bytes
 * @param pipeline requests a client sends before it waits
 * @param requests in all
 * @param keys how many different ones
 */
record Load(String command, int size, int pipeline, long requests, long keys) {
    private static final int CLIENTS = 50;

    /**
     * What it cost.
     *
     * @param rate requests per second
     * @param processorMicros of the server for each request
     * @param late milliseconds that 99 of 100 requests did not take
     */
    record Cost(double rate, double processorMicros, double late) {}

    Cost run(Measured server) throws IOException, InterruptedException {
        long before = server.processorMicros();
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1", "-p", Integer.toString(server.port), "-t", command().toLowerCase(Locale.ROOT), "-n",
                Long.toString(requests), "-c", Integer.toString(CLIENTS), "-P", Integer.toString(pipeline), "-d", Integer.toString(size), "-r", Long.toString(keys), "--csv"));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String line = printed.lines().filter(each -> each.startsWith("\"" + command() + "\"")).findFirst()
                .orElseThrow(() -> new CliException("redis-benchmark ended with " + exit + ": " + printed.strip()));
        String[] cell = line.replace("\"", "").split(",");
        return new Cost(Double.parseDouble(cell[1]), (server.processorMicros() - before) / (double) requests, Double.parseDouble(cell[6]));
    }

    @Override
    public String toString() {
        return command + " " + (size < 1024 ? size + " B" : size / 1024 + " KiB") + " pipeline " + pipeline;
    }
}
