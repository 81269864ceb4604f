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

/**
 * Loads classes from copies of the verified bytes, in a new directory that only this user can enter: a file of the release that changes after it was
 * checked is not looked at again.
 */
final class ReleaseClassLoader extends URLClassLoader {
    ReleaseClassLoader(VerifiedRelease release) {
        super("release", copies(release), Boot.class.getClassLoader());
    }

    private static URL[] copies(VerifiedRelease release) {
        try {
            Path directory = Files.createTempDirectory("zos-release", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
            directory.toFile().deleteOnExit();
            return urls.toArray(URL[]::new);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
