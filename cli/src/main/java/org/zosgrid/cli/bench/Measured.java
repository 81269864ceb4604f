package org.zosgrid.cli.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zosgrid.cli.CliException;

/** A server that is measured: started on loopback, asked over RESP, its processor time and memory read from the kernel. */
final class Measured implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux of x86 and ARM.

    private final String name;
    private final Process process;
    private final Path log;
    final int port;

    private Measured(String name, Process process, Path log, int port) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** A port that nobody listens on just now. */
    static int freePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("127.0.0.1", 0));
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new CliException("no free port: " + none.getMessage(), none);
        }
    }

    /** Starts it and waits until it answers GET with anything but an error. */
    static Measured start(String name, int port, Path directory, List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        Measured server = new Measured(name, process, log, port);
        try {
            server.await();
            return server;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private void await() throws IOException, InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < limit) {
            if (!process.isAlive()) {
                throw new CliException(name + " ended: " + Files.readString(log).strip());
            }
            try {
                if (!ask("GET", "nothing").startsWith("-")) {
                    return;
                }
            } catch (IOException notYet) {
                // Asked again.
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new CliException(name + " does not answer, see " + log);
    }

    /** Sends one command; the first line of what it answers. */
    String ask(String... words) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            Arrays.stream(words).forEach(word -> request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n"));
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int next = socket.getInputStream().read(); next != '\r'; next = socket.getInputStream().read()) {
                if (next < 0) {
                    throw new IOException(name + " closed the connection");
                }
                line.append((char) next);
            }
            return line.toString();
        }
    }

    /** Processor time it has used so far, user and system, in microseconds; whole hundredths of a second. */
    long processorMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] field = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(field[11]) + Long.parseLong(field[12])) * TICK_MICROS;
    }

    /** Memory of its own, in bytes: pages of mapped files, which the kernel may drop at any time, do not count. */
    long ownMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).sum();
    }

    /** Ends it in order and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
