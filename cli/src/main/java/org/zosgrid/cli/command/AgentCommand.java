package org.zosgrid.cli.command;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.agent.SigningAgent;
import org.zosgrid.contract.key.Signer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = {
            "Hold a private key and ask here, at this terminal, before each signature. Other commands use it with --key agent:SOCKET.",
            "What you are shown is read from the bytes that are to be signed; what cannot be shown is not signed."
        },
        footer = {"", "Examples:", "  zos agent --key bob.pem --socket ~/.zos-agent", "  zos approve shop --key agent:$HOME/.zos-agent"})
public final class AgentCommand implements Runnable {
    @Option(names = "--key", required = true, paramLabel = "PEM")
    Path key = Path.of("");

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    @Nullable Path passphraseFile;

    @Option(names = "--socket", required = true, paramLabel = "PATH", description = "The Unix socket; only you can open it. It must not exist yet.")
    Path socket = Path.of("");

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
        Signer signer = Keys.read(key, Optional.ofNullable(passphraseFile));
        try (SigningAgent agent = SigningAgent.open(signer, socket, text -> asked(console, text), askForRequests)) {
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            console.printf("Key %s answers at %s; Ctrl-C ends it.%n", signer.id(), socket);
            agent.serve();
        }
    }

    private static boolean asked(Console console, String text) {
        console.printf("%n%s", text);
        return "yes".equals(console.readLine("Sign this? Type yes: "));
    }
}
