package org.zosgrid.flist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlistTest {
    @TempDir
    Path directory;

    private final Map<String, byte[]> chunks = new HashMap<>();

    @Test
    void theSameTreeGivesTheSameBytes() throws IOException {
        Path tree = tree();
        byte[] first = ImageImporter.fromDirectory(tree, ImageConfig.empty(), this::keep);
        assertThat(ImageImporter.fromDirectory(tree, ImageConfig.empty(), this::keep)).isEqualTo(first);
        Flist flist = Flist.open(first, Fingerprint.hex(first));
        assertThat(flist.find("sub/b").orElseThrow().size()).isEqualTo(Chunk.MAX_BYTES + 1);
        assertThat(flist.chunks(flist.find("sub/b").orElseThrow())).extracting(Chunk::length).containsExactly(Chunk.MAX_BYTES, 1);
        assertThat(flist.find("link").orElseThrow().target()).isEqualTo("sub/b");
        assertThat(flist.find("sub/none")).isEmpty();
    }

    @Test
    void anotherFingerprintIsRefused() throws IOException {
        byte[] file = ImageImporter.fromDirectory(tree(), ImageConfig.empty(), this::keep);
        assertThatThrownBy(() -> Flist.open(file, "0".repeat(64))).isInstanceOf(FlistException.class).hasMessageContaining("must have the fingerprint 000");
    }

    /** Whatever is changed, a reader either refuses it or can walk all of it. */
    @Property(tries = 2000)
    void aDamagedFlistIsRefusedOrHarmless(@ForAll int place, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] damaged = Sample.FLIST.clone();
        damaged[Math.floorMod(place, damaged.length)] ^= (byte) change;
        walk(damaged);
    }

    @Property(tries = 500)
    void aTruncatedFlistIsRefused(@ForAll int length) {
        byte[] cut = Arrays.copyOf(Sample.FLIST, Math.floorMod(length, Sample.FLIST.length));
        assertThatThrownBy(() -> Flist.open(cut)).isInstanceOf(FlistException.class);
    }

    @Property(tries = 500)
    void nonsenseIsRefused(@ForAll byte[] nonsense) {
        assertThatThrownBy(() -> Flist.open(nonsense)).isInstanceOf(FlistException.class);
        assertThatThrownBy(() -> Chunk.unpack(nonsense, "0".repeat(64))).isInstanceOf(FlistException.class);
    }

    @Test
    void aChunkWithOtherContentIsRefused() {
        byte[] plain = "content".getBytes(StandardCharsets.UTF_8);
        assertThat(Chunk.unpack(Chunk.pack(plain), Fingerprint.hex(plain))).isEqualTo(plain);
        assertThatThrownBy(() -> Chunk.unpack(Chunk.pack(new byte[7]), Fingerprint.hex(plain))).hasMessageContaining("has other content");
        assertThatThrownBy(() -> Chunk.unpack(Chunk.pack(new byte[Chunk.MAX_BYTES + 1]), Fingerprint.hex(plain))).hasMessageContaining("must unpack to 1 to");
    }

    @Test
    void anOciImagesLayersLieOnTopOfEachOther() throws IOException {
        byte[] lower = layer("keep", "gone", "dir/old");
        byte[] upper = layer(".wh.gone", "dir/.wh..wh..opq", "dir/new");
        Path layout = layout(List.of(lower, upper), false);
        Flist flist = Flist.open(ImageImporter.fromOciLayout(layout, "1.0", this::keep));
        assertThat(flist.find("keep")).isPresent();
        assertThat(flist.find("gone")).isEmpty();
        assertThat(flist.find("dir/old")).isEmpty();
        assertThat(flist.find("dir/new")).isPresent();
        assertThat(flist.config().command()).containsExactly("/keep");
        assertThat(flist.config().environment()).containsEntry("A", "b=c");
    }

    @Test
    void anOciImageThatLiesIsRefused() throws IOException {
        assertThatThrownBy(() -> ImageImporter.fromOciLayout(layout(List.of(layer("../../etc/passwd")), false), "1.0", this::keep)).hasMessageContaining("must not contain '..'");
        assertThatThrownBy(() -> ImageImporter.fromOciLayout(layout(List.of(layer("a")), true), "1.0", this::keep)).hasMessageContaining("has the digest");
        assertThatThrownBy(() -> ImageImporter.fromOciLayout(layout(List.of(layer("a")), false), "2.0", this::keep)).hasMessageContaining("has no image '2.0'; it has [1.0]");
    }

    private static void walk(byte[] file) {
        Flist flist;
        try {
            flist = Flist.open(file);
        } catch (FlistException refused) {
            return;
        }
        for (int number = 1; number <= flist.inodes(); number++) {
            Inode inode = flist.inode(number);
            flist.chunks(inode);
            flist.lookup(inode, "b");
        }
    }

    /** Made once for all properties. */
    private static final class Sample {
        static final byte[] FLIST = make();

        private static byte[] make() {
            Tree tree = new Tree();
            Chunk chunk = new Chunk("a".repeat(64), 100);
            tree.put(List.of("sub", "b"), new Tree.Node(Inode.Kind.FILE, 0644, 0, 0, 0, List.of(chunk), "", 0));
            tree.put(List.of("sub", "c"), new Tree.Node(Inode.Kind.FILE, 0644, 0, 0, 0, List.of(), "", 0));
            tree.put(List.of("link"), new Tree.Node(Inode.Kind.SYMLINK, 0777, 0, 0, 0, List.of(), "sub/b", 0));
            return FlistWriter.write(tree, ImageConfig.empty());
        }
    }

    private Path tree() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree/sub")).getParent();
        Files.write(tree.resolve("sub/b"), new byte[Chunk.MAX_BYTES + 1]);
        Files.writeString(tree.resolve("a"), "a");
        if (!Files.exists(tree.resolve("link"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/b"));
        }
        return tree;
    }

    private void keep(Chunk chunk, byte[] plain) {
        chunks.put(chunk.fingerprint(), plain);
    }

    private static byte[] layer(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(1);
                tar.putArchiveEntry(entry);
                tar.write('x');
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private Path layout(List<byte[]> layers, boolean damaged) throws IOException {
        Path layout = Files.createTempDirectory(directory, "layout");
        Files.createDirectories(layout.resolve("blobs/sha256"));
        StringBuilder list = new StringBuilder();
        for (byte[] layer : layers) {
            list.append(list.isEmpty() ? "" : ",").append(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", blob(layout, layer)));
            if (damaged) {
                Files.write(layout.resolve("blobs/sha256").resolve(Fingerprint.hex(layer)), new byte[] {1});
            }
        }
        String config = blob(layout, "{\"config\":{\"Cmd\":[\"/keep\"],\"Env\":[\"A=b=c\"]}}".getBytes(StandardCharsets.UTF_8));
        String manifest = blob(layout, ("{\"config\":" + descriptor("application/vnd.oci.image.config.v1+json", config) + ",\"layers\":[" + list + "]}").getBytes(StandardCharsets.UTF_8));
        Files.writeString(layout.resolve("index.json"), "{\"manifests\":[{\"digest\":\"sha256:" + manifest + "\",\"annotations\":{\"org.opencontainers.image.ref.name\":\"1.0\"}}]}");
        return layout;
    }

    private static String blob(Path layout, byte[] content) throws IOException {
        Files.write(layout.resolve("blobs/sha256").resolve(Fingerprint.hex(content)), content);
        return Fingerprint.hex(content);
    }

    private static String descriptor(String type, String digest) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"sha256:" + digest + "\"}";
    }
}
