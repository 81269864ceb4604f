package org.zosgrid.node.zosfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;
import org.zosgrid.node.linux.FileDescriptor;
import org.zosgrid.node.linux.Linux;
import org.zosgrid.node.linux.LinuxException;
import org.zosgrid.node.linux.Mounts;

/** Mounts images. */
public final class ZosFilesystem {
    private static final int WORKERS = 4;
    private static final String TYPE = "fuse.zosfs";

    private ZosFilesystem() {}

    /** A mounted image; closing it unmounts, now or when its last user is gone. */
    public static final class Mount implements AutoCloseable {
        private final Path target;
        private final Flist flist;
        private final FileDescriptor device;
        private final List<Thread> workers;

        private Mount(Path target, Flist flist, FileDescriptor device, List<Thread> workers) {
            this.target = target;
            this.flist = flist;
            this.device = device;
            this.workers = workers;
        }

        public Path target() {
            return target;
        }

        public Flist flist() {
            return flist;
        }

        @Override
        public void close() {
            Linux.unmount(target, Linux.MNT_DETACH);
            boolean interrupted = false;
            for (Thread worker : workers) {
                try {
                    worker.join(2_000);
                } catch (InterruptedException stop) {
                    interrupted = true;
                }
            }
            device.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Checks that an image is signed by the trust root's image signers and means this flist.
     *
     * @throws FlistException if it is not; then nothing may be mounted
     */
    public static ImageManifest verify(Envelope image, String flistFingerprint, TrustRoot root) {
        if (!image.payloadType().equals(PayloadType.IMAGE)) {
            throw new FlistException("an image's envelope must be of the type " + PayloadType.IMAGE + " (is: " + image.payloadType() + ")");
        }
        ImageManifest manifest = ImageManifest.parse(image.payload());
        if (!root.reached(TrustRoot.IMAGE_SIGNER, image.verifiedBy(root::key))) {
            throw new FlistException("image " + manifest.repository() + ":" + manifest.tag() + " is not signed by the trust root's image signers");
        }
        if (!manifest.flist().equals(flistFingerprint)) {
            throw new FlistException("image " + manifest.repository() + ":" + manifest.tag() + " means the flist " + manifest.flist() + " and not " + flistFingerprint);
        }
        return manifest;
    }

    /**
     * Mounts an image that {@link #verify} has passed.
     *
     * @param flist the flist file
     * @param image its signed envelope
     * @param root the pinned trust root
     * @param target an existing, empty directory
     */
    public static Mount mount(byte[] flist, Envelope image, TrustRoot root, Path target, ChunkCache cache) {
        Flist opened = Flist.open(flist);
        verify(image, opened.fingerprint(), root);
        FileDescriptor device = Linux.open(Path.of("/dev/fuse"), Linux.O_RDWR | Linux.O_CLOEXEC);
        try {
            Linux.mount("zosfs", target, TYPE, Linux.MS_RDONLY | Linux.MS_NOSUID | Linux.MS_NODEV,
                    "fd=" + device.number() + ",rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions,max_read=1048576");
        } catch (LinuxException refused) {
            device.close();
            throw refused;
        }
        FuseSession session = new FuseSession(device, opened, cache, target.getFileName().toString());
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            // Platform threads: each blocks in the kernel for its next request.
            workers.add(Thread.ofPlatform().daemon().name("zosfs-" + target.getFileName() + "-" + i).start(session::serve));
        }
        return new Mount(target, opened, device, workers);
    }

    /** Detaches every ZOS file system below a directory: what a process that died left behind answers nobody. */
    public static void cleanStale(Path directory) {
        for (Mounts.Mounted mount : Mounts.below(directory).reversed()) {
            if (mount.type().equals(TYPE)) {
                Linux.unmount(mount.target(), Linux.MNT_DETACH);
            }
        }
    }

    /** Loads every chunk of an image into the cache. */
    public static void prefetch(Flist flist, ChunkCache cache) {
        flist.distinctChunks().stream().filter(chunk -> !cache.has(chunk.fingerprint())).forEach(chunk -> cache.load(chunk.fingerprint()));
    }

    /** Makes a directory to mount on. */
    public static Path mountPoint(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
