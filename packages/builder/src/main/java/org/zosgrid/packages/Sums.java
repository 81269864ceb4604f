package org.zosgrid.packages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 sums of files, as {@code sha256sum} writes and checks them. */
final class Sums {
    private Sums() {}

    static void write(List<Path> files, Path to) throws IOException {
        var lines = new StringBuilder();
        for (Path file : files) {
            lines.append(of(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(to, lines);
    }

    /** Names and sums of a file that {@link #write} wrote. */
    static Map<String, String> read(Path file) throws IOException {
        var sums = new TreeMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" {2}", 2);
            if (parts.length != 2) {
                throw new PackagingException(file + ": must be lines of sum and name, has: " + line);
            }
            sums.put(parts[1], parts[0]);
        }
        return sums;
    }

    private static String of(Path file) throws IOException {
        try (var stream = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
