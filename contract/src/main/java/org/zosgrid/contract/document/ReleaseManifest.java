package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * Every file of a node's release with its fingerprint; what the boot signers sign.
 *
 * @param release the release's version, for people
 * @param files path below the release's directory, with '/', to SHA-256 in hex
 */
public record ReleaseManifest(String release, SortedMap<String, String> files) {
    private static final int MAX_FILES = 10_000;

    public ReleaseManifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        files.forEach((path, fingerprint) -> {
            if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || java.util.List.of(path.split("/", -1)).stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
                throw new ContractException("files", "must be relative paths without '.' and '..'", path);
            }
            if (!Names.FINGERPRINT.matcher(fingerprint).matches()) {
                throw new ContractException("files." + path, "must be " + Names.FINGERPRINT_FORM, fingerprint);
            }
        });
    }

    /** Fingerprints every file of a directory; anything that is neither file nor directory is refused. */
    public static ReleaseManifest of(Path directory) {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                String path = directory.relativize(file).toString().replace('\\', '/');
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new ContractException(path, "is neither a file nor a directory; a release has no links");
                }
                files.put(path, Digests.sha256Hex(Files.readAllBytes(file)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String version = ReleaseManifest.class.getPackage().getImplementationVersion();
        return new ReleaseManifest(version == null ? "development" : version, files);
    }

    public static ReleaseManifest parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "release");
        String release = object.text("release", 100);
        TreeMap<String, String> files = new TreeMap<>(object.textMap("files", MAX_FILES, 64));
        object.end();
        return new ReleaseManifest(release, files);
    }

    public byte[] toJson() {
        ObjectNode object = StrictJson.object().put("release", release);
        ObjectNode list = object.putObject("files");
        files.forEach(list::put);
        return StrictJson.bytes(object);
    }
}
