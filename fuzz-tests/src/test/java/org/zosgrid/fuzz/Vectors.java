package org.zosgrid.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.trust.TrustRoot;

/**
 * The published test vectors, from which every seed is made: their keys were thrown away, so that what verifies under them is what stands in them, or a forgery. They never
 * change, so that a finding can be repeated.
 */
final class Vectors {
    static final Envelope ROOT_1 = Envelope.parse(read("root-1.json"));
    static final Envelope ROOT_2 = Envelope.parse(read("root-2.json"));
    static final TrustRoot ROOT = TrustRoot.parse(ROOT_1.payload());
    static final byte[] BUNDLE_JSON = read("bundle.json");
    static final AuditBundle BUNDLE = AuditBundle.parse(BUNDLE_JSON);
    static final List<SealedContract> CONTRACTS = BUNDLE.contracts().stream().map(SealedContract::parse).toList();
    /** The digest of everything that somebody signed. */
    static final Set<String> SIGNED = Stream.of(BUNDLE.roots().stream(), BUNDLE.receipts().stream(), CONTRACTS.stream().map(each -> Envelope.parse(each.envelope())))
            .flatMap(each -> each)
            .map(Envelope::digest)
            .collect(Collectors.toSet());

    private Vectors() {}

    /** The seeds of one target, and the input that {@code -Dfuzz.input=FILE} names: a finding to be repeated. */
    static Stream<byte[]> seeds(byte[]... seeds) {
        List<byte[]> all = new ArrayList<>(List.of(seeds));
        String finding = System.getProperty("fuzz.input", "");
        if (!finding.isEmpty()) {
            all.addFirst(bytes(Path.of(finding)));
        }
        return all.stream();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String file) {
        return bytes(Path.of(System.getProperty("fuzz.vectors"), file));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
