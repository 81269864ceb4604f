package org.zosgrid.node.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads classes from copies of the verified bytes, in a new directory that only this user can enter: a file of the release that changes after it was
 * checked is not looked at again.
 */
final class ReleaseClassLoader extends URLClassLoader {
    /** Of the directories' names; behind it the process id. */
    private static final String PREFIX = "zos-release-";

    ReleaseClassLoader(VerifiedRelease release) {
        super("release", copies(release), Boot.class.getClassLoader());
    }

    private static URL[] copies(VerifiedRelease release) {
        try {
            removeAbandoned();
            Path directory = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            // What is registered last is deleted first.
            directory.toFile().deleteOnExit();
            List<URL> urls = new ArrayList<>();
            int number = 0;
            for (Map.Entry<String, byte[]> file : release.files().entrySet()) {
                if (file.getKey().endsWith(".jar")) {
                    Path copy = directory.resolve(number++ + ".jar");
                    Files.write(copy, file.getValue());
                    copy.toFile().deleteOnExit();
                    urls.add(copy.toUri().toURL());
                }
            }
            return urls.toArray(URL[]::new);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A node that was killed could not take its copies along: whose process is gone, goes. */
    private static void removeAbandoned() throws IOException {
        List<Path> abandoned;
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            abandoned = all.filter(directory -> abandoned(directory.getFileName().toString())).toList();
        }
        for (Path directory : abandoned) {
            try (Stream<Path> copies = Files.list(directory)) {
                for (Path copy : copies.toList()) {
                    Files.deleteIfExists(copy);
                }
                Files.deleteIfExists(directory);
            } catch (IOException somebodyElses) {
                // Not ours to delete, or gone already.
                continue;
            }
        }
    }

    private static boolean abandoned(String name) {
        String[] part = name.startsWith(PREFIX) ? name.substring(PREFIX.length()).split("-", 2) : new String[0];
        return part.length == 2 && part[0].matches("[0-9]{1,10}") && ProcessHandle.of(Long.parseLong(part[0])).isEmpty();
    }
}
