package org.zosgrid.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.zosgrid.cli.stage.Shell;

/** Builds a small OCI image with umoci, without any registry: busybox with its web server and one page. */
public final class DemoImage {
    static final String PAGE = "<h1>Approved by two of three, checked by the node itself.</h1>\n";
    private static final List<String> COMMANDS = List.of("sh", "httpd", "ls", "cat", "sleep", "id", "wget", "ping", "ip");

    private DemoImage() {}

    /** Returns an OCI image layout with one image under the given tag. */
    public static Path build(Path directory, String tag) throws IOException {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("www"));
        Files.createDirectories(root.resolve("tmp"));
        for (String mountPoint : List.of("proc", "sys", "dev", "etc")) {
            Files.createDirectories(root.resolve(mountPoint));
        }
        Path busybox = root.resolve("bin/busybox");
        Files.copy(Path.of("/bin/busybox"), busybox);
        Files.setPosixFilePermissions(busybox, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String command : COMMANDS) {
            Files.createSymbolicLink(root.resolve("bin").resolve(command), Path.of("busybox"));
        }
        Files.writeString(root.resolve("www/index.html"), PAGE);

        Path layout = directory.resolve("image");
        String image = layout + ":" + tag;
        Shell.run("umoci", "init", "--layout", layout.toString());
        Shell.run("umoci", "new", "--image", image);
        Shell.run("umoci", "insert", "--image", image, root.toString(), "/");
        Shell.run("umoci", "config", "--image", image, "--config.cmd", "/bin/httpd", "--config.cmd", "-f", "--config.cmd", "-v", "--config.cmd", "-p",
                "--config.cmd", "8080", "--config.cmd", "-h", "--config.cmd", "/www", "--config.env", "PATH=/bin");
        return layout;
    }

    /** Removes what {@link #build} made. */
    public static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
