package org.zosgrid.flist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Makes flists. Content goes to a {@link ChunkSink} while it is read; the flist itself comes last. Every blob of an OCI image is checked against its
 * digest, and no path of a layer can lead out of the image.
 */
public final class ImageImporter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int TAR_BLOCK = 512;
    private static final long MAX_METADATA = 16L << 20;

    private final ChunkSink sink;
    private final Tree tree = new Tree();

    private ImageImporter(ChunkSink sink) {
        this.sink = sink;
    }

    /**
     * Converts one image of an OCI layout directory.
     *
     * @param tag the image's {@code org.opencontainers.image.ref.name}
     * @return the flist file
     */
    public static byte[] fromOciLayout(Path layout, String tag, ChunkSink sink) {
        try {
            return new ImageImporter(sink).oci(layout, tag);
        } catch (IOException broken) {
            throw new FlistException("cannot read the OCI image in " + layout + ": " + broken.getMessage(), broken);
        }
    }

    /** Converts a directory as it stands, without following links; times and owners are kept. */
    public static byte[] fromDirectory(Path directory, ImageConfig config, ChunkSink sink) {
        try {
            ImageImporter importer = new ImageImporter(sink);
            importer.directory(directory);
            return FlistWriter.write(importer.tree, config);
        } catch (IOException broken) {
            throw new FlistException("cannot read " + directory + ": " + broken.getMessage(), broken);
        }
    }

    private byte[] oci(Path layout, String tag) throws IOException {
        JsonNode index = MAPPER.readTree(Files.readAllBytes(layout.resolve("index.json")));
        List<String> tags = new ArrayList<>();
        for (JsonNode descriptor : index.path("manifests")) {
            String name = descriptor.path("annotations").path("org.opencontainers.image.ref.name").asText();
            tags.add(name);
            if (name.equals(tag)) {
                return image(layout, descriptor);
            }
        }
        throw new FlistException("the layout " + layout + " has no image '" + tag + "'; it has " + tags);
    }

    private byte[] image(Path layout, JsonNode descriptor) throws IOException {
        JsonNode manifest = MAPPER.readTree(metadata(layout, descriptor));
        JsonNode config = MAPPER.readTree(metadata(layout, manifest.path("config")));
        for (JsonNode layer : manifest.path("layers")) {
            Path blob = blob(layout, layer.path("digest").asText());
            String digest = digest(blob);
            if (!("sha256:" + digest).equals(layer.path("digest").asText())) {
                throw new FlistException("layer " + layer.path("digest").asText() + " has the digest " + digest);
            }
            try (InputStream plain = decompressed(blob, layer.path("mediaType").asText())) {
                layer(plain);
            }
        }
        return FlistWriter.write(tree, ImageConfig.ofOci(config.path("config")));
    }

    private void layer(InputStream plain) throws IOException {
        // Some tools leave the two closing blocks out; the blob's digest has said already that nothing is missing.
        TarArchiveInputStream tar = new TarArchiveInputStream(new SequenceInputStream(plain, new ByteArrayInputStream(new byte[2 * TAR_BLOCK])));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            List<String> path = Tree.path(entry.getName());
            String name = path.isEmpty() ? "" : path.getLast();
            if (name.equals(OPAQUE)) {
                tree.clear(path.subList(0, path.size() - 1));
            } else if (name.startsWith(WHITEOUT)) {
                List<String> removed = new ArrayList<>(path);
                removed.set(path.size() - 1, name.substring(WHITEOUT.length()));
                tree.remove(removed);
            } else {
                entry(tar, entry, path);
            }
        }
    }

    private void entry(TarArchiveInputStream tar, TarArchiveEntry entry, List<String> path) throws IOException {
        int uid = Math.toIntExact(entry.getLongUserId());
        int gid = Math.toIntExact(entry.getLongGroupId());
        long modified = entry.getLastModifiedTime().toMillis() / 1000;
        int mode = entry.getMode();
        if (entry.isDirectory()) {
            tree.put(path, Tree.Node.directory(mode & 07777, uid, gid, modified));
        } else if (entry.isSymbolicLink()) {
            tree.put(path, new Tree.Node(Inode.Kind.SYMLINK, 0777, uid, gid, modified, List.of(), entry.getLinkName(), 0));
        } else if (entry.isLink()) {
            Tree.Node original = tree.find(Tree.path(entry.getLinkName())).orElseThrow(() -> new FlistException("hard link " + entry.getName() + " leads nowhere: " + entry.getLinkName()));
            tree.put(path, original);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            Inode.Kind kind = entry.isFIFO() ? Inode.Kind.FIFO : entry.isBlockDevice() ? Inode.Kind.BLOCK_DEVICE : Inode.Kind.CHARACTER_DEVICE;
            tree.put(path, new Tree.Node(kind, mode, uid, gid, modified, List.of(), "", (long) entry.getDevMajor() << 32 | entry.getDevMinor()));
        } else if (entry.isFile()) {
            tree.put(path, new Tree.Node(Inode.Kind.FILE, mode, uid, gid, modified, content(tar), "", 0));
        } else {
            throw new FlistException(entry.getName() + " is of a kind this importer does not know");
        }
    }

    private void directory(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted().toList()) {
                Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                int mode = (Integer) unix.get("mode");
                int uid = (Integer) unix.get("uid");
                int gid = (Integer) unix.get("gid");
                long modified = ((java.nio.file.attribute.FileTime) unix.get("lastModifiedTime")).toMillis() / 1000;
                List<String> path = file.equals(directory) ? List.of() : Tree.path(directory.relativize(file).toString());
                if (Files.isSymbolicLink(file)) {
                    tree.put(path, new Tree.Node(Inode.Kind.SYMLINK, 0777, uid, gid, modified, List.of(), Files.readSymbolicLink(file).toString(), 0));
                } else if (Files.isDirectory(file)) {
                    tree.put(path, Tree.Node.directory(mode & 07777, uid, gid, modified));
                } else if (Files.isRegularFile(file)) {
                    try (InputStream stream = Files.newInputStream(file)) {
                        tree.put(path, new Tree.Node(Inode.Kind.FILE, mode, uid, gid, modified, content(stream), "", 0));
                    }
                } else {
                    throw new FlistException(file + " is neither file, directory nor symbolic link");
                }
            }
        }
    }

    private List<Chunk> content(InputStream stream) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        while (true) {
            byte[] plain = stream.readNBytes(Chunk.MAX_BYTES);
            if (plain.length == 0) {
                return chunks;
            }
            Chunk chunk = new Chunk(Fingerprint.hex(plain), plain.length);
            sink.put(chunk, plain);
            chunks.add(chunk);
        }
    }

    private static byte[] metadata(Path layout, JsonNode descriptor) throws IOException {
        Path blob = blob(layout, descriptor.path("digest").asText());
        if (Files.size(blob) > MAX_METADATA) {
            throw new FlistException("blob " + blob.getFileName() + " must not be larger than " + MAX_METADATA + " bytes");
        }
        byte[] bytes = Files.readAllBytes(blob);
        if (!("sha256:" + Fingerprint.hex(bytes)).equals(descriptor.path("digest").asText())) {
            throw new FlistException("blob " + descriptor.path("digest").asText() + " has the digest " + Fingerprint.hex(bytes));
        }
        return bytes;
    }

    private static Path blob(Path layout, String digest) {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new FlistException("a digest must be sha256 and 64 hexadecimal digits (is: " + digest + ")");
        }
        return layout.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private static String digest(Path blob) throws IOException {
        try (InputStream stream = Files.newInputStream(blob)) {
            java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InputStream decompressed(Path blob, String mediaType) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(blob));
        if (mediaType.endsWith("+gzip") || mediaType.endsWith(".gzip")) {
            return new GZIPInputStream(raw);
        }
        return mediaType.endsWith("+zstd") ? new ZstdInputStream(raw) : raw;
    }
}
