package org.zosgrid.contract.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;

/**
 * A directory with every version of the trust root from the pinned one on: {@code 1.root.json}, {@code 2.root.json}, … Files appear whole (written beside,
 * flushed, renamed, the directory flushed) and are never changed or removed, so whatever moment a power cut finds, the versions that are there are a chain.
 *
 * <p>Opening verifies the whole chain. Not safe for use by several threads or processes at once.
 */
public final class TrustRootStore {
    private static final String SUFFIX = ".root.json";

    private final Path directory;
    private final List<Envelope> envelopes = new ArrayList<>();
    private final List<TrustRoot> roots = new ArrayList<>();

    private TrustRootStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens a store, beginning it with the pinned version if it is empty.
     *
     * @param pinned from a source that is trusted; what the store holds under the same version must be the same document, whoever else signed it
     */
    public static TrustRootStore open(Path directory, Envelope pinned) {
        TrustRoot first = TrustRoot.selfSigned(pinned);
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make the directory " + directory, failed);
        }
        TrustRootStore store = new TrustRootStore(directory);
        if (!Files.exists(store.file(first.version()))) {
            if (store.holdsAnything()) {
                throw new ContractException("trust root", "is pinned to version " + first.version() + ", which the store does not hold", directory.toString());
            }
            store.write(first.version(), pinned);
        }
        store.load(first.version());
        if (!store.envelopes.getFirst().digest().equals(pinned.digest())) {
            throw new ContractException("trust root", "version " + first.version() + " in the store is not the pinned one", store.envelopes.getFirst().digest());
        }
        return store;
    }

    private void load(long first) {
        for (long version = first; Files.exists(file(version)); version++) {
            Envelope envelope = read(file(version));
            roots.add(roots.isEmpty() ? TrustRoot.selfSigned(envelope) : roots.getLast().successor(envelope));
            envelopes.add(envelope);
        }
    }

    /** The newest version, whether it has expired or not. */
    public TrustRoot newest() {
        return roots.getLast();
    }

    /**
     * The newest version, unless the store went back.
     *
     * @param known the highest version that was ever used, as receipts or the ledger say; 0 if nothing does
     * @throws ContractException if the store is behind what is known: somebody restored an old copy
     */
    public TrustRoot newest(long known) {
        if (newest().version() < known) {
            throw new ContractException("trust root", "went back: version " + known + " was in use, and the newest in " + directory + " is lower; an old copy was restored",
                    Long.toString(newest().version()));
        }
        return newest();
    }

    /** The newest version, unless the store went back or it has expired. */
    public TrustRoot current(Instant now, long known) {
        TrustRoot newest = newest(known);
        newest.requireValid(now);
        return newest;
    }

    /** One version; receipts name the one by which they were decided. */
    public TrustRoot version(long version) {
        long first = roots.getFirst().version();
        if (version < first || version > newest().version()) {
            throw new ContractException("trust root", "must be one of the versions " + first + " to " + newest().version() + " that " + directory + " holds", Long.toString(version));
        }
        return roots.get((int) (version - first));
    }

    /** Every version, the pinned one first. */
    public List<Envelope> chain() {
        return List.copyOf(envelopes);
    }

    /**
     * Takes the next version. It is on the disk when this returns; if it is refused, or the power fails, the store is as it was.
     *
     * @throws ContractException if it is not exactly the next, or not signed by the thresholds of both versions
     */
    public TrustRoot advance(Envelope next) {
        TrustRoot root = newest().successor(next);
        write(root.version(), next);
        envelopes.add(next);
        roots.add(root);
        return root;
    }

    private void write(long version, Envelope envelope) {
        try {
            Path temporary = Files.createTempFile(directory, ".root", "");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(envelope.toJson());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file(version), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep version " + version + " of the trust root in " + directory, failed);
        }
    }

    private boolean holdsAnything() {
        try (var files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(SUFFIX));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the directory " + directory, failed);
        }
    }

    private static Envelope read(Path file) {
        try {
            return Envelope.parse(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the trust root " + file, failed);
        }
    }

    private Path file(long version) {
        return directory.resolve(name(version));
    }

    static String name(long version) {
        return version + SUFFIX;
    }
}
