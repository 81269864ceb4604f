package org.zosgrid.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A backup as a file: a zip of files and folders, and as its last entry {@value #MANIFEST} with a line {@code fact NAME VALUE} for each fact and a line
 * {@code SHA-256 PATH} for each file. What has no such entry is no backup.
 */
final class BackupArchive implements AutoCloseable {
    static final String MANIFEST = "MANIFEST";

    private static final FileAttribute<?> PRIVATE_FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final OutputStream file;
    private final ZipOutputStream zip;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private long bytes;

    /** @param to must not exist; the owner alone can read it */
    BackupArchive(Path to) throws IOException {
        Files.createFile(to, PRIVATE_FILE);
        this.file = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20);
        this.zip = new ZipOutputStream(file);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    int files() {
        return hashes.size();
    }

    long bytes() {
        return bytes;
    }

    /** Adds a folder's files and folders as they are while it reads them; what is deleted meanwhile is left out. */
    void addAll(Path folder, String as, Predicate<String> wanted) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!wanted.test(folder.relativize(each).toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                zip.putNextEntry(new ZipEntry(name(each) + "/"));
                zip.closeEntry();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && wanted.test(folder.relativize(each).toString())) {
                    add(each, name(each));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }

            private String name(Path each) {
                return each.equals(folder) ? as : as + "/" + folder.relativize(each);
            }
        });
    }

    void add(Path source, String as) throws IOException {
        try (InputStream content = Files.newInputStream(source)) {
            add(content, as);
        } catch (NoSuchFileException deletedMeanwhile) {
            // Opened before its entry was begun: nothing of it is there.
        }
    }

    void add(byte[] content, String as) throws IOException {
        add(new java.io.ByteArrayInputStream(content), as);
    }

    private void add(InputStream content, String as) throws IOException {
        MessageDigest digest = sha256();
        zip.putNextEntry(new ZipEntry(as));
        bytes += new DigestInputStream(content, digest).transferTo(zip);
        zip.closeEntry();
        hashes.put(as, HexFormat.of().formatHex(digest.digest()));
    }

    /** Ends it with what it has. */
    void finish(SortedMap<String, String> facts) throws IOException {
        StringBuilder lines = new StringBuilder();
        facts.forEach((name, value) -> lines.append("fact ").append(name).append(' ').append(value).append('\n'));
        hashes.forEach((path, hash) -> lines.append(hash).append(' ').append(path).append('\n'));
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Unpacks a backup into a folder that is there and empty, every file synced and compared with its hash; returns its facts.
     *
     * @throws StartException if it is not whole, or not what was written
     */
    static Map<String, String> unpack(Path archive, Path into) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (InputStream source = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(source)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(MANIFEST)) {
                    return compared(archive, new String(zip.readAllBytes(), StandardCharsets.UTF_8), found);
                }
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new StartException(archive + " is no backup: it names a file outside of the state, " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target, PRIVATE_FOLDER);
                } else {
                    found.put(entry.getName(), unpack(zip, target));
                }
            }
        } catch (ZipException | java.io.EOFException damaged) {
            throw new StartException(archive + " is damaged or was cut off", damaged);
        }
        throw new StartException(archive + " is no backup, or was cut off: it has no " + MANIFEST);
    }

    private static String unpack(InputStream content, Path target) throws IOException {
        Files.createDirectories(target.getParent(), PRIVATE_FOLDER);
        Files.createFile(target, PRIVATE_FILE);
        MessageDigest digest = sha256();
        try (OutputStream out = Files.newOutputStream(target)) {
            new DigestInputStream(content, digest).transferTo(out);
        }
        try (FileChannel written = FileChannel.open(target, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Map<String, String> compared(Path archive, String manifest, SortedMap<String, String> found) {
        Map<String, String> facts = new TreeMap<>();
        SortedMap<String, String> expected = new TreeMap<>();
        for (String line : manifest.lines().toList()) {
            String[] words = line.split(" ", line.startsWith("fact ") ? 3 : 2);
            if (words.length == 3) {
                facts.put(words[1], words[2]);
            } else if (words.length == 2) {
                expected.put(words[1], words[0]);
            }
        }
        expected.forEach((path, hash) -> {
            if (!hash.equals(found.get(path))) {
                throw new StartException(archive + " is damaged: " + path + (found.containsKey(path) ? " is not what was backed up" : " is missing"));
            }
        });
        found.keySet().removeAll(expected.keySet());
        if (!found.isEmpty()) {
            throw new StartException(archive + " has a file that its manifest does not name: " + found.firstKey());
        }
        return facts;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
