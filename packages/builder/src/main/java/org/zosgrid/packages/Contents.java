package org.zosgrid.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is packed.
 *
 * @param controlPlane the folder that the build assembled: {@code lib/}, {@code ledger-store/}, {@code rars/}, {@code control-plane.ear}, {@code jvm.args}
 * @param bill the bill of materials, CycloneDX 1.6
 * @param version the product's, as the bill says it
 * @param made the time that every file bears, so that two builds of the same sources are the same
 */
record Contents(Path controlPlane, Path bill, String version, Instant made) {
    /** The same time as in the archives that Maven writes (project.build.outputTimestamp). */
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    /** Of a clone in which the build ran. */
    static Contents of(Path clone) {
        Path controlPlane = clone.resolve("ear/launcher/target/control-plane");
        Path bill = clone.resolve("packages/contents/target/control-plane.cdx.json");
        for (Path needed : new Path[] {controlPlane.resolve("control-plane.ear"), controlPlane.resolve("jvm.args"), bill}) {
            if (!Files.isRegularFile(needed)) {
                throw new PackagingException(needed + " is missing: build first, with ./zos package or mvn package");
            }
        }
        return new Contents(controlPlane, bill, version(bill), MADE.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String version(Path bill) {
        try {
            JsonNode version = new ObjectMapper().readTree(bill.toFile()).at("/metadata/component/version");
            if (version.isMissingNode()) {
                throw new PackagingException(bill + ": metadata.component.version is missing");
            }
            return version.asText();
        } catch (IOException failed) {
            throw new PackagingException("cannot read " + bill, failed);
        }
    }
}
