package org.zosgrid.packages;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The control plane as an OCI image in an archive (an image layout in a tar). It is made from nothing: a linked Java runtime, the C library, the application. There is no shell in it
 * and no package manager, and it runs as a user without rights; so the database is one outside ({@code zos.database.url}).
 */
final class OciImage {
    /** Nobody on the hosts: a number of its own. */
    private static final String OWNER = "10001:10001";
    private static final String JAVA = "/usr/lib/jvm/zos";
    private static final String INSTALLATION = "/opt/zos";
    private static final String CONFIGURATION = "/etc/zos/control-plane.properties";

    private final Contents contents;
    private final Path work;

    /** @param work a folder for what is needed on the way; it must exist and is not emptied here */
    OciImage(Contents contents, Path work) {
        this.contents = contents;
        this.work = work;
    }

    void write(Path archive) {
        JavaRuntime runtime = JavaRuntime.link(work.resolve("java"));
        try {
            Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setCreationTime(contents.made())
                .addFileEntriesLayer(systemLayer(runtime))
                .addFileEntriesLayer(layer("java", runtime.home(), JAVA))
                .addFileEntriesLayer(layer("libraries", contents.controlPlane().resolve("lib"), INSTALLATION + "/lib"))
                .addFileEntriesLayer(applicationLayer())
                .setUser(OWNER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/var/lib/zos"))
                .addVolume(AbsoluteUnixPath.get("/var/lib/zos"))
                .addVolume(AbsoluteUnixPath.get("/etc/zos"))
                .addExposedPort(Port.tcp(8080))
                .addEnvironmentVariable("LANG", "C.UTF-8")
                .setEntrypoint(JAVA + "/bin/java", "@" + INSTALLATION + "/jvm.args", "-cp", INSTALLATION + "/lib/*", "org.zosgrid.launcher.ControlPlane")
                .setProgramArguments("--config", CONFIGURATION)
                .setLabels(Map.of("org.opencontainers.image.title", "Quantum-Safe Compute System, control plane", "org.opencontainers.image.version", contents.version(),
                    "org.opencontainers.image.licenses", "Apache-2.0"))
                .containerize(Containerizer.to(TarImage.at(archive).named("zos/control-plane:" + contents.version()))
                    .setOfflineMode(true).setToolName("zos package")
                    .setBaseImageLayersCache(work.resolve("jib")).setApplicationLayersCache(work.resolve("jib")));
        } catch (IOException | InvalidImageReferenceException | RegistryException | CacheDirectoryCreationException | ExecutionException failed) {
            throw new PackagingException("cannot write the image " + archive + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PackagingException("interrupted while the image was written");
        }
    }

    /** The C library where programs look for it, the user's name, and the folders that must be there. */
    private FileEntriesLayer systemLayer(JavaRuntime runtime) throws IOException {
        Path etc = Files.createDirectories(work.resolve("system/etc"));
        Files.writeString(etc.resolve("passwd"), "root:x:0:0:root:/root:/sbin/nologin\nzos:x:10001:10001:Quantum-Safe Compute System:/var/lib/zos:/sbin/nologin\n");
        Files.writeString(etc.resolve("group"), "root:x:0:\nzos:x:10001:\n");
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n::1 localhost\n");
        Files.writeString(etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
        Path empty = Files.createDirectories(work.resolve("system/empty"));
        var layer = FileEntriesLayer.builder().setName("system");
        for (String name : List.of("group", "hosts", "nsswitch.conf", "passwd")) {
            layer.addEntry(entry(etc.resolve(name), "/etc/" + name, "644", ""));
        }
        layer.addEntry(entry(empty, "/tmp", "777", ""));
        layer.addEntry(entry(empty, "/etc/zos", "755", ""));
        layer.addEntry(entry(empty, "/var/lib/zos", "750", OWNER));
        for (Path library : runtime.libraries()) {
            layer.addEntry(entry(library.toRealPath(), library.toString(), "755", ""));
        }
        layer.addEntry(entry(contents.bill(), "/usr/share/doc/zos/control-plane.cdx.json", "644", ""));
        return layer.build();
    }

    private FileEntriesLayer applicationLayer() throws IOException {
        Path folder = contents.controlPlane();
        var layer = FileEntriesLayer.builder().setName("application");
        for (String name : List.of("control-plane.ear", "jvm.args", "rars", "ledger-store")) {
            entries(folder.resolve(name), INSTALLATION + "/" + name).forEach(layer::addEntry);
        }
        return layer.build();
    }

    private FileEntriesLayer layer(String name, Path folder, String place) throws IOException {
        return FileEntriesLayer.builder().setName(name).setEntries(entries(folder, place)).build();
    }

    /** A folder with all below it, in the order of names. */
    private List<FileEntry> entries(Path folder, String place) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().map(file -> {
                String path = file.equals(folder) ? place : place + "/" + folder.relativize(file);
                return entry(file, path, Files.isDirectory(file) || Files.isExecutable(file) ? "755" : "644", "");
            }).toList();
        }
    }

    private FileEntry entry(Path source, String place, String permissions, String owner) {
        return new FileEntry(source, AbsoluteUnixPath.get(place), FilePermissions.fromOctalString(permissions), contents.made(), owner);
    }
}
