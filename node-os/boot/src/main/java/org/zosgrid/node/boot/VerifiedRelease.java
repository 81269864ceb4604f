package org.zosgrid.node.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.document.ReleaseManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * A release whose every file was checked.
 *
 * @param files the bytes that were checked, by path
 */
record VerifiedRelease(ReleaseManifest manifest, SortedMap<String, byte[]> files) {

    /**
     * Checks a directory against its signed manifest.
     *
     * @throws ContractException naming the file that is changed, missing, additional or no plain file, or the signatures that are missing
     */
    static VerifiedRelease verify(Path directory, Envelope envelope, TrustRoot root) {
        if (!envelope.payloadType().equals(PayloadType.RELEASE)) {
            throw new ContractException("manifest", "must be an envelope of the type " + PayloadType.RELEASE, envelope.payloadType());
        }
        if (!root.reached(TrustRoot.BOOT_SIGNER, envelope.verifiedBy(root::key))) {
            throw new ContractException("manifest", "is not signed by as many boot signers as the trust root demands");
        }
        ReleaseManifest manifest = ReleaseManifest.parse(envelope.payload());
        Set<String> additional = new TreeSet<>(paths(directory));
        SortedMap<String, byte[]> files = new TreeMap<>();
        manifest.files().forEach((path, fingerprint) -> {
            if (!additional.remove(path)) {
                throw new ContractException(path, "is missing from the release");
            }
            byte[] bytes = read(directory.resolve(path));
            String found = Digests.sha256Hex(bytes);
            if (!found.equals(fingerprint)) {
                throw new ContractException(path, "is not what was signed: its fingerprint must be " + fingerprint, found);
            }
            files.put(path, bytes);
        });
        if (!additional.isEmpty()) {
            throw new ContractException(additional.iterator().next(), "stands in the release's directory, but not in the signed manifest");
        }
        return new VerifiedRelease(manifest, files);
    }

    private static Set<String> paths(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> {
                        String path = directory.relativize(file).toString();
                        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                            throw new ContractException(path, "is no plain file");
                        }
                        return path;
                    })
                    .collect(Collectors.toSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
