package org.zosgrid.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.TerminalRequest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.terminal.TerminalAnswer;
import org.zosgrid.contract.terminal.TerminalChannel;
import org.zosgrid.contract.terminal.TerminalMessage;
import org.zosgrid.contract.terminal.TerminalOffer;
import org.zosgrid.contract.trust.TrustRoot;

/** A terminal into a machine, by way of a control plane that can neither read nor type. One thread reads, another may type. */
public final class TerminalLink implements AutoCloseable {
    private static final int MAX_INPUT = 8 << 10;

    private final ControlPlane controlPlane;
    private final String name;
    private final String machine;
    private final String session;
    private final TerminalChannel channel;
    private long next;

    private TerminalLink(ControlPlane controlPlane, String name, String machine, String session, TerminalChannel channel) {
        this.controlPlane = controlPlane;
        this.name = name;
        this.machine = machine;
        this.session = session;
        this.channel = channel;
    }

    /**
     * Asks the machine's node, and makes sure by the trust root that it is the node that answered.
     *
     * @param running what runs, as its signed document has it
     */
    public static TerminalLink open(ControlPlane controlPlane, Deployment running, String machine, Signer signer, TrustRoot root, String purpose) {
        Machine wanted = running.machines().stream().filter(each -> each.name().equals(machine)).findFirst()
                .orElseThrow(() -> new CliException(running.name() + " has no machine " + machine + "; it has " + String.join(", ", running.machines().stream().map(Machine::name).toList())));
        String person = root.person(signer.id()).orElseThrow(() -> new CliException("the trust root's version " + root.version() + " does not know the key " + signer.id()));
        TerminalOffer offer = new TerminalOffer();
        TerminalRequest request = offer.request(running.name(), running.version(), machine, wanted.node(), person, purpose, Instant.now());
        Envelope signed = Envelope.sign(PayloadType.TERMINAL_REQUEST, request.toJson(), signer);
        Envelope answer = controlPlane.openTerminal(running.name(), machine, signed);
        TerminalChannel channel = offer.accept(signed, answer, root);
        return new TerminalLink(controlPlane, running.name(), machine, TerminalAnswer.parse(answer.payload()).session(), channel);
    }

    /** By this the control plane and the node know the terminal. */
    public String session() {
        return session;
    }

    /** Types bytes, any number of them. */
    public void type(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += MAX_INPUT) {
            send(new TerminalMessage.Input(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_INPUT))));
        }
    }

    public void resize(int rows, int columns) {
        send(new TerminalMessage.Resize(rows, columns));
    }

    /** Sealed and sent under one lock: frames must arrive in their order. */
    private synchronized void send(TerminalMessage message) {
        controlPlane.typeIntoTerminal(name, machine, session, channel.seal(message));
    }

    /** Waits a few seconds for what is shown and writes it; the end once the node has said so. */
    public Optional<TerminalMessage.Ended> show(OutputStream out) {
        JsonNode shown = controlPlane.readTerminal(name, machine, session, next);
        for (JsonNode frame : shown.path("frames")) {
            TerminalMessage message = channel.open(Base64.getDecoder().decode(frame.asText()));
            next++;
            switch (message) {
                case TerminalMessage.Output output -> write(out, output.bytes());
                case TerminalMessage.Ended ended -> {
                    return Optional.of(ended);
                }
                case TerminalMessage.Input wrong -> throw new CliException("the node sent what only a person may");
                case TerminalMessage.Resize wrong -> throw new CliException("the node sent what only a person may");
            }
        }
        if (shown.path("ended").asBoolean()) {
            throw new CliException("the control plane says that the terminal has ended, and the node has not said so: something may be missing");
        }
        return Optional.empty();
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException broken) {
            throw new UncheckedIOException("what the terminal shows cannot be written", broken);
        }
    }

    @Override
    public void close() {
        controlPlane.closeTerminal(name, machine, session);
    }
}
