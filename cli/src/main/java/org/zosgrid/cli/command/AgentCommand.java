package org.zosgrid.cli.command;

import java.io.Console;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.agent.BrowserDoor;
import org.zosgrid.cli.agent.SigningAgent;
import org.zosgrid.contract.key.Signer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = {
            "Hold a private key and ask here, at this terminal, before each signature. Other commands use it with --key agent:SOCKET.",
            "With --browser, the console's page in your browser can use it too.",
            "What you are shown is read from the bytes that are to be signed; what cannot be shown is not signed."
        },
        footer = {"", "Examples:", "  zos agent --key bob.pem --socket ~/.zos-agent", "  zos approve shop --key agent:$HOME/.zos-agent",
            "  zos agent --key bob.pem --socket ~/.zos-agent --browser https://zos.example.org"})
public final class AgentCommand implements Runnable {
    @Option(names = "--key", required = true, paramLabel = "PEM")
    Path key = Path.of("");

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    @Nullable Path passphraseFile;

    @Option(names = "--socket", required = true, paramLabel = "PATH", description = "The Unix socket; only you can open it. It must not exist yet.")
    Path socket = Path.of("");

    @Option(names = "--browser", paramLabel = "URL", description = "Where your console is: its page may ask this agent, with a code that is printed here.")
    @Nullable URI browser;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "The port on 127.0.0.1 at which the browser finds it (default: any that is free).")
    int port;

    @Option(names = "--ask-for-requests", description = "Ask for each request to the control plane as well; they say who asks, and bind to nothing.")
    boolean askForRequests;

    @Override
    public void run() {
        if (Files.exists(socket)) {
            throw new CliException("--socket: " + socket + " exists; does another agent run? Remove it if none does");
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CliException("an agent asks at its terminal, and there is none");
        }
        URI page = browser;
        if (page != null && (page.getHost() == null || !List.of("http", "https").contains(page.getScheme()))) {
            throw new CliException("--browser: must be the console's address, like https://zos.example.org (is: " + page + ")");
        }
        Signer signer = Keys.read(key, Optional.ofNullable(passphraseFile));
        try (SigningAgent agent = SigningAgent.open(signer, socket, text -> asked(console, text), askForRequests)) {
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            console.printf("Key %s answers at %s; Ctrl-C ends it.%n", signer.id(), socket);
            if (page != null) {
                BrowserDoor door = BrowserDoor.open(agent, port, page);
                console.printf("In the console at %s choose \"Sign with your agent\" and paste: %s%n", page, door.code());
            }
            agent.serve();
        }
    }

    private static boolean asked(Console console, String text) {
        console.printf("%n%s", text);
        return "yes".equals(console.readLine("Sign this? Type yes: "));
    }
}
