package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.zosgrid.cli.Zos;
import org.zosgrid.cli.terminal.Json;

/** What a command did that was run as a person runs it. */
record Ran(int exit, String out, String err) {

    /** What it printed, where that is JSON. */
    JsonNode json() {
        return Json.parse(out.getBytes(StandardCharsets.UTF_8), "the command");
    }

    /** Runs {@code zos} with these arguments in this process, and puts its streams back afterwards. */
    static Ran zos(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int exit = Zos.run(arguments);
            return new Ran(exit, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
