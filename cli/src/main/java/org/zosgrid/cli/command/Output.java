package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Option;

/** {@code --json}, on every command: the whole answer for programs instead of the readable one. */
final class Output {
    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    void print(JsonNode whole, Supplier<String> readable) {
        System.out.println(json ? Json.print(whole) : readable.get());
    }
}
