package org.zosgrid.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The control plane as a Debian package: the installation below {@code /usr/lib/zos}, an example of its configuration, and a systemd unit under which it has a user of its own and hardly a right.
 * Java and PostgreSQL are Debian's or the operator's, hence no architecture.
 */
final class DebianPackage {
    private static final String INSTALLATION = "usr/lib/zos/control-plane";

    private final Contents contents;
    private final Path tree;

    /** @param work a folder for what is needed on the way */
    DebianPackage(Contents contents, Path work) {
        this.contents = contents;
        this.tree = work.resolve("debian");
    }

    /** The version as Debian orders it: a snapshot comes before its release. */
    static String version(String version) {
        return version.replace("-SNAPSHOT", "~snapshot");
    }

    /** In {@code folder}, under the name Debian gives it. */
    Path write(Path folder) {
        try {
            Files.createDirectories(tree);
            copy(contents.controlPlane(), tree.resolve(INSTALLATION));
            // Said in Debian's own way: the operator's machine has it in its manual.
            Files.delete(tree.resolve(INSTALLATION).resolve("README.md"));
            place("zos-control-plane.service", "usr/lib/systemd/system/zos-control-plane.service");
            place("zos-control-plane.sysusers", "usr/lib/sysusers.d/zos-control-plane.conf");
            place("control-plane.properties", "etc/zos/control-plane.properties");
            place("copyright", "usr/share/doc/zos-control-plane/copyright");
            Files.copy(contents.bill(), tree.resolve("usr/share/doc/zos-control-plane/control-plane.cdx.json"));
            place("conffiles", "DEBIAN/conffiles");
            place("postinst", "DEBIAN/postinst");
            place("prerm", "DEBIAN/prerm");
            place("postrm", "DEBIAN/postrm");
            Files.writeString(tree.resolve("DEBIAN/control"), text("control").replace("@VERSION@", version(contents.version())).replace("@SIZE@", Long.toString(kibibytes())));
            settle();
            Path result = folder.resolve("zos-control-plane_" + version(contents.version()) + "_all.deb");
            Tool.run(folder, Map.of("SOURCE_DATE_EPOCH", Long.toString(contents.made().getEpochSecond())),
                List.of("dpkg-deb", "--root-owner-group", "--build", "-Zgzip", "-z1", tree.toString(), result.toString()));
            return result;
        } catch (IOException failed) {
            throw new PackagingException("cannot lay out the Debian package: " + failed.getMessage(), failed);
        }
    }

    private long kibibytes() throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / 1024;
        }
    }

    /** Rights and times that do not depend on who packs and when. */
    private void settle() throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean program = Files.isDirectory(file) || file.startsWith(tree.resolve("DEBIAN")) && List.of("postinst", "prerm", "postrm").contains(file.getFileName().toString());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                Files.setLastModifiedTime(file, FileTime.from(contents.made()));
            }
        }
    }

    private void place(String resource, String place) throws IOException {
        Path file = tree.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text(resource));
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = DebianPackage.class.getResourceAsStream("/debian/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("not in this program: debian/" + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
