package org.zosgrid.node.zdb;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A store that stands alone: {@code zdb --help} lists its options. Exit codes: 0 it ended as it was told to, 1 it cannot run, 2 the command line is wrong. */
public final class ZdbMain {
    static final String VERSION = "0.1.0";

    private static final int CRASHED = 70;
    /** Held here, since loggers are collected when nobody does. */
    private static final Logger OWN = Logger.getLogger(ZdbMain.class.getPackageName());

    private ZdbMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            if (arguments.length > 0 && Tool.NAMES.contains(arguments[0])) {
                System.exit(Tool.run(arguments, System.out, System.err));
            }
            Options options = Options.of(arguments);
            if (options.has("help")) {
                System.out.println(Options.USAGE);
            } else if (options.has("version")) {
                System.out.println("zdb " + VERSION);
            } else if (options.has("dump")) {
                IndexDump.print(options, System.out);
            } else if (options.has("background")) {
                System.exit(inBackground(arguments, options));
            } else {
                serve(options);
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println("zdb: " + wrong.getMessage());
            System.exit(2);
        } catch (RuntimeException | IOException failed) {
            System.err.println("zdb: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static void serve(Options options) throws IOException, InterruptedException {
        ZdbConfig config = options.config();
        if (options.has("logfile")) {
            PrintStream log = new PrintStream(new FileOutputStream(options.value("logfile").orElseThrow(), true), true, StandardCharsets.UTF_8);
            System.setErr(log);
            System.setOut(new PrintStream(new Both(System.out, log), true, StandardCharsets.UTF_8));
        }
        if (options.has("verbose")) {
            OWN.setLevel(Level.FINE);
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setLevel(Level.FINE);
            }
        }
        ZdbServer server = ZdbServer.start(config);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            System.err.println("zdb: " + thread.getName() + " died, and the store with it: " + failure);
            failure.printStackTrace();
            server.crashed();
            Runtime.getRuntime().halt(CRASHED);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("ready " + server.addresses());
        new CountDownLatch(1).await();
    }

    /** Starts this program again without --background and returns when it answers, or with its exit code. */
    private static int inBackground(String[] arguments, Options options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ZdbMain.class.getName()));
        Arrays.stream(arguments).filter(each -> !each.equals("--background")).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(options.has("logfile") ? ProcessBuilder.Redirect.appendTo(Path.of(options.value("logfile").orElseThrow()).toFile()) : ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                System.out.println(line + " (process " + process.pid() + ")");
                if (line.startsWith("ready")) {
                    return 0;
                }
            }
        }
        return process.waitFor();
    }
}
