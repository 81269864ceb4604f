package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.SealedContract;

/** Every small document: what is written is read again, and nothing else is. */
class DocumentsTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:10:00Z");
    private static final String HASH = "a".repeat(64);

    /** A good example of each format, and its parser. */
    private record Format(byte[] good, Function<byte[], Object> parse) {}

    private static final List<Format> FORMATS = List.of(
            new Format(new Decommission("shop", 2, "alice", AT, AT, "over").toJson(), Decommission::parse),
            new Format(new Skip("skip-shop", 1, "alice", AT, AT, "over", "shop", 3, "provision.send", Optional.of("compute-1")).toJson(), Skip::parse),
            new Format(new EmergencyReview("review-shop", 1, "bob", AT, AT, "shop", 3, HASH, Environment.STAGING, "alice", EmergencyReview.Verdict.JUSTIFIED, "fine", Demand.NONE).toJson(), EmergencyReview::parse),
            new Format(new Withdrawal("shop", 1, "failed", AT).toJson(), Withdrawal::parse),
            new Format(receipt("fine").toJson(), Receipt::parse),
            new Format(new ImageManifest("demo/web", "1.0", HASH, 10, 20, AT).toJson(), ImageManifest::parse),
            new Format(new ReleaseManifest("0.1", new TreeMap<>(java.util.Map.of("lib/a.jar", HASH))).toJson(), ReleaseManifest::parse),
            new Format(new LedgerEntry("sealed", "shop", 1, HASH, AT, "").toJson(), LedgerEntry::parse),
            new Format(new SealedContract(new byte[] {1}, new byte[] {2}, "proof").toJson(), SealedContract::parse),
            new Format("{\"nodes\":[{\"name\":\"compute-1\",\"address\":\"10.231.0.2\",\"storePort\":9900,\"apiPort\":9443}]}".getBytes(StandardCharsets.UTF_8), NodeInventory::parse));

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll @LongRange(min = 2) long version, @ForAll @StringLength(max = 200) String text) {
        // A lone surrogate has no UTF-8 form; it cannot arrive, so it need not leave.
        String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Decommission removal = new Decommission("shop", version, "alice", AT, AT, sent);
        assertThat(Decommission.parse(removal.toJson())).isEqualTo(removal);
        Skip skip = new Skip("skip-shop", version, "alice", AT, AT, sent, "shop", version, "send", Optional.empty());
        assertThat(Skip.parse(skip.toJson())).isEqualTo(skip);
        Withdrawal withdrawal = new Withdrawal("shop", version, sent, AT);
        assertThat(Withdrawal.parse(withdrawal.toJson())).isEqualTo(withdrawal);
        assertThat(Receipt.parse(receipt(sent).toJson())).isEqualTo(receipt(sent));
        LedgerEntry entry = new LedgerEntry("sealed", "shop", version, HASH, AT, sent);
        assertThat(LedgerEntry.parse(entry.toJson())).isEqualTo(entry);
        ImageManifest image = new ImageManifest("demo/web", "1.0", HASH, version, version, AT);
        assertThat(ImageManifest.parse(image.toJson())).isEqualTo(image);
    }

    @Property(tries = 300)
    void aSizeSurvivesItsText(@ForAll @LongRange(min = 1, max = 1L << 40) long kibibytes) {
        DataSize size = new DataSize(kibibytes << 10);
        assertThat(DataSize.parse(size.toString())).isEqualTo(size);
    }

    @Property(tries = 300)
    void anImageReferenceIsReadAsItIsWrittenOrRefused(@ForAll String nonsense) {
        ImageReference pinned = new ImageReference("demo/web", "1.0", Optional.of(HASH));
        assertThat(ImageReference.parse(pinned.toString())).isEqualTo(pinned);
        assertThatThrownBy(() -> ImageReference.parse("demo/web:" + nonsense + "!")).isInstanceOf(ContractException.class);
        assertThatThrownBy(() -> ImageReference.parse(nonsense)).isInstanceOf(ContractException.class);
    }

    @Property(tries = 300)
    void whatIsCutOffIsRefused(@ForAll @IntRange(min = 0, max = 7) int format, @ForAll int length) {
        byte[] good = FORMATS.get(format).good();
        refused(format, Arrays.copyOf(good, Math.floorMod(length, good.length)));
    }

    @Property(tries = 300)
    void nonsenseIsRefused(@ForAll @IntRange(min = 0, max = 7) int format, @ForAll byte[] nonsense) {
        refused(format, nonsense);
    }

    @Test
    void unknownFieldsWrongTypesAndTrailingTextAreRefused() {
        for (int format = 0; format < FORMATS.size(); format++) {
            String good = new String(FORMATS.get(format).good(), StandardCharsets.UTF_8);
            assertThat(FORMATS.get(format).parse().apply(FORMATS.get(format).good())).isNotNull();
            for (String bad : List.of(good.replaceFirst("\\{", "{\"colour\":1,"), good + "{}", "[" + good + "]", "null", "7", "\"text\"", good.replaceAll("\"[a-zA-Z0-9:/.+=-]*\"([,}\\]])", "true$1"))) {
                refused(format, bad.getBytes(StandardCharsets.UTF_8));
            }
            refused(format, new byte[(8 << 20) + 1]);
            refused(format, (good + "\u00ff").getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aReleaseStaysInsideItsDirectory() {
        for (String path : List.of("", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\b")) {
            assertThatThrownBy(() -> new ReleaseManifest("0.1", new TreeMap<>(java.util.Map.of(path, HASH)))).as(path).isInstanceOf(ContractException.class);
        }
    }

    private static void refused(int format, byte[] input) {
        assertThatThrownBy(() -> FORMATS.get(format).parse().apply(input)).isInstanceOf(ContractException.class);
    }

    private static Receipt receipt(String message) {
        return new Receipt("compute-1", "shop", 1, HASH, Receipt.Outcome.RUNNING, "", message, List.of(new WorkloadStatus("web", "running", "fd00::1", message)), AT, 3, 17);
    }
}
