package org.zosgrid.node.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustRootStore;

/** The first thing that runs: verifies the release, then starts the node from it, in this process. */
public final class Boot {
    private static final String NODE = "org.zosgrid.node.core0.Node";
    /** EX_CONFIG of sysexits.h: what was to be started is not what was signed. */
    private static final int REFUSED = 78;
    private static final String USAGE = """
            usage: boot --release DIRECTORY --manifest FILE --trust-root FILE [--trust-roots DIRECTORY] --config FILE

              --release     the release's directory; every file in it must be signed for
              --manifest    the release manifest, signed by the trust root's boot signers
              --trust-root  the signed trust root this node is pinned to
              --trust-roots where the node keeps the versions that came after it; the newest decides who may sign a release
              --config      the node's configuration, handed on to it
            """;

    private Boot() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Set<String> given = new HashSet<>(options.keySet());
        given.remove("--trust-roots");
        if (!given.equals(Set.of("--release", "--manifest", "--trust-root", "--config"))) {
            System.err.print(USAGE);
            System.exit(arguments.length == 1 && arguments[0].equals("--help") ? 0 : 2);
        }
        VerifiedRelease release;
        try {
            Envelope pinned = Envelope.parse(read(options, "--trust-root"));
            TrustRoot root = options.containsKey("--trust-roots")
                    ? TrustRootStore.open(Path.of(options.get("--trust-roots")), pinned).current(Instant.now(), 0)
                    : TrustRoot.verify(pinned, Instant.now());
            release = VerifiedRelease.verify(Path.of(options.get("--release")), Envelope.parse(read(options, "--manifest")), root);
        } catch (ContractException refused) {
            refuse(refused.getMessage());
            return;
        } catch (IOException | UncheckedIOException unreadable) {
            refuse("cannot be read: " + unreadable.getMessage());
            return;
        }
        System.err.println("boot: release " + release.manifest().release() + " verified, " + release.manifest().files().size() + " files");
        start(release, options.get("--config"));
    }

    /** One line, whatever the message holds. */
    private static void refuse(@Nullable String why) {
        System.err.println("boot: refused: " + String.valueOf(why).replaceAll("\\s+", " "));
        System.exit(REFUSED);
    }

    private static void start(VerifiedRelease release, String config) throws Exception {
        ClassLoader loader = new ReleaseClassLoader(release);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class.forName(NODE, true, loader).getMethod("main", String[].class).invoke(null, (Object) new String[] {"--config", config});
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private static byte[] read(Map<String, String> options, String option) throws IOException {
        return Files.readAllBytes(Path.of(options.getOrDefault(option, "")));
    }
}
