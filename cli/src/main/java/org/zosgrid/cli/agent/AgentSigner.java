package org.zosgrid.cli.agent;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/** A key that an agent holds; every signature waits for its owner's answer. */
public final class AgentSigner implements Signer {
    private final Path socket;
    private final VerificationKey key;

    private AgentSigner(Path socket, VerificationKey key) {
        this.socket = socket;
        this.key = key;
    }

    public static AgentSigner connect(Path socket) {
        return new AgentSigner(socket, VerificationKey.fromSpki(ask(socket, Frames.KEY, new byte[0])));
    }

    @Override
    public VerificationKey verificationKey() {
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = ask(socket, Frames.SIGN, message);
        if (!key.verify(message, signature)) {
            throw new CliException("the agent at " + socket + " answered with a signature that does not verify");
        }
        return signature;
    }

    private static byte[] ask(Path socket, byte kind, byte[] content) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Frames.write(channel, kind, content);
            Frames.Frame answer = Frames.read(channel);
            if (answer.kind() != Frames.DONE) {
                throw new CliException("the agent at " + socket + " did not sign: " + new String(answer.content(), StandardCharsets.UTF_8));
            }
            return answer.content();
        } catch (IOException absent) {
            throw new CliException("no agent answers at " + socket + " ('zos agent' starts one): " + absent.getMessage(), absent);
        }
    }
}
