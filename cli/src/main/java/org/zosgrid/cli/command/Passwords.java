package org.zosgrid.cli.command;

import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import org.zosgrid.cli.CliException;

/** Passwords: asked for at the terminal, or read from a file; never an argument, which every process on the machine could see. */
final class Passwords {
    private Passwords() {}

    static String of(String name, Optional<Path> file) {
        if (file.isPresent()) {
            return Context.read(file.get()).strip();
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CliException("there is no terminal to ask for a password at: give --password-file");
        }
        return new String(console.readPassword("Password of %s: ", name));
    }
}
