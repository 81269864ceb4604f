package org.zosgrid.node.core0;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;
import org.zosgrid.flist.HubClient;
import org.zosgrid.node.zosfs.ChunkCache;
import org.zosgrid.node.zosfs.ZosFilesystem;

/** Images this node has mounted or loaded: fetched from the hub, checked against fingerprint and signature, kept in the state directory. */
final class Images implements AutoCloseable {
    private static final String FLIST = ".flist";

    private final Path directory;
    private final Path mounts;
    private final Supplier<TrustRoot> root;
    private final HubClient hub;
    private final ChunkCache cache;
    private final Map<String, ZosFilesystem.Mount> mounted = new HashMap<>();

    Images(Path state, Supplier<TrustRoot> root, URI hub) {
        this.directory = state.resolve("images");
        this.mounts = state.resolve("mounts");
        this.root = root;
        this.hub = new HubClient(hub);
        this.cache = new ChunkCache(state.resolve("chunks"), this.hub);
    }

    /** Takes away what a process before this one left mounted: nobody answers there any more. */
    void recover() {
        ZosFilesystem.cleanStale(mounts);
    }

    /** The mounted image; mounts it if it is not yet. */
    synchronized ZosFilesystem.Mount mount(ImageReference image) {
        String fingerprint = fingerprint(image);
        ZosFilesystem.Mount known = mounted.get(fingerprint);
        if (known != null) {
            return known;
        }
        Path target = ZosFilesystem.mountPoint(mounts.resolve(fingerprint));
        ZosFilesystem.Mount mount = ZosFilesystem.mount(flist(fingerprint), envelope(image, fingerprint), root.get(), target, cache);
        mounted.put(fingerprint, mount);
        return mount;
    }

    /** Loads a whole image into the cache. */
    void prefetch(ImageReference image) {
        String fingerprint = fingerprint(image);
        byte[] flist = flist(fingerprint);
        ZosFilesystem.verify(envelope(image, fingerprint), fingerprint, root.get());
        ZosFilesystem.prefetch(Flist.open(flist), cache);
    }

    /** Fingerprints of the images whose file tree is kept here, in order; chunks of their files come when they are read. */
    List<String> kept() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(FLIST)).map(name -> name.substring(0, name.length() - FLIST.length())).sorted().toList();
        } catch (IOException unreadable) {
            throw new NodeException("the images kept in " + directory + " cannot be listed: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Unmounts every image that is not used any more. */
    synchronized void keepOnly(Set<String> fingerprints) {
        for (String each : new HashSet<>(mounted.keySet())) {
            if (!fingerprints.contains(each)) {
                mounted.remove(each).close();
            }
        }
    }

    @Override
    public synchronized void close() {
        keepOnly(Set.of());
        hub.close();
    }

    static String fingerprint(ImageReference image) {
        return image.fingerprint().orElseThrow(() -> new FlistException("image " + image + " must be pinned to a fingerprint"));
    }

    private byte[] flist(String fingerprint) {
        Path file = directory.resolve(fingerprint + FLIST);
        try {
            if (Files.exists(file)) {
                byte[] known = Files.readAllBytes(file);
                if (org.zosgrid.contract.Digests.sha256Hex(known).equals(fingerprint)) {
                    return known;
                }
            }
            byte[] fetched = hub.flist(fingerprint);
            keep(file, fetched);
            return fetched;
        } catch (IOException failed) {
            throw new NodeException("the flist " + fingerprint + " cannot be kept: " + failed.getMessage(), failed);
        }
    }

    private Envelope envelope(ImageReference image, String fingerprint) {
        Path file = directory.resolve(fingerprint + ".json");
        try {
            if (Files.exists(file)) {
                return Envelope.parse(Files.readAllBytes(file));
            }
            Envelope fetched = hub.image(image);
            ZosFilesystem.verify(fetched, fingerprint, root.get());
            keep(file, fetched.toJson());
            return fetched;
        } catch (IOException failed) {
            throw new NodeException("the signature of " + image + " cannot be kept: " + failed.getMessage(), failed);
        }
    }

    private void keep(Path file, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, ".new", "");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
