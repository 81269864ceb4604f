package org.zosgrid.node.zdb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads every byte of a namespace and changes none: each entry against its checksum, the index that was kept against one that is made from the data. */
final class Verification {
    /**
     * What was found.
     *
     * @param entries whole ones, old versions and deletions included
     * @param tornBytes behind the last whole entry, as a write that was cut off leaves them; the next start removes them
     * @param indexKept whether a checkpoint is there, as after an orderly end
     * @param indexWrong keys for which it says something else than the data
     */
    record Report(
            String name, int files, long entries, long keys, long liveBytes, long fileBytes, List<Damage> damages, long tornBytes, boolean indexKept, long indexWrong) {
        boolean good() {
            return damages.isEmpty() && indexWrong == 0;
        }

        ObjectNode toJson() {
            ObjectNode json = Tool.JSON.createObjectNode().put("name", name).put("good", good()).put("files", files).put("entries", entries).put("keys", keys)
                    .put("bytes", liveBytes).put("fileBytes", fileBytes).put("tornBytes", tornBytes).put("indexKept", indexKept).put("indexWrong", indexWrong);
            Tool.damages(json, damages);
            return json;
        }
    }

    private Verification() {}

    static Report of(String name, Path data, Path index, Tool.Progress progress) throws IOException {
        long[] entries = {0};
        long total;
        try (Namespace rebuilt = readOnly(name, data, index, false)) {
            total = rebuilt.fileBytes();
            progress.at(0, total);
            long[] before = {0};
            for (DataFile file : rebuilt.log().files()) {
                file.replay((view, at, location) -> {
                    entries[0]++;
                    if (entries[0] % 1024 == 0) {
                        progress.at(before[0] + at, total);
                    }
                }, new ArrayList<>(), DataFile.Ending.KEPT);
                before[0] += file.bytes();
            }
            boolean kept = Checkpoint.load(new ReadOnlyDisk(true), index, rebuilt.properties().mode()).isPresent();
            long wrong = 0;
            List<Damage> found = rebuilt.damages();
            if (kept) {
                try (Namespace indexed = readOnly(name, data, index, true)) {
                    wrong = differences(rebuilt, indexed);
                    found = indexed.damages().size() > found.size() ? indexed.damages() : found; // It also knows how long the data must be.
                }
            }
            return new Report(name, rebuilt.log().files().size(), entries[0], rebuilt.size(), rebuilt.dataBytes(), total, found, rebuilt.repairedBytes(), kept, wrong);
        }
    }

    private static long differences(Namespace rebuilt, Namespace indexed) {
        long wrong = Math.abs(rebuilt.size() - indexed.size());
        for (Optional<Namespace.Slice> slice = slice(rebuilt, 0); slice.isPresent(); slice = slice(rebuilt, slice.get().last())) {
            for (Namespace.Scanned each : slice.get().entries()) {
                if (!rebuilt.locate(each.key()).equals(located(indexed, each.key()))) {
                    wrong++;
                }
            }
        }
        return wrong;
    }

    private static Optional<Long> located(Namespace indexed, byte[] key) {
        try {
            return indexed.locate(key);
        } catch (ZdbException.Damaged nowhere) {
            return Optional.empty();
        }
    }

    private static Optional<Namespace.Slice> slice(Namespace namespace, long from) {
        return namespace.scan(from, true, Duration.ofMillis(100));
    }

    /** A namespace that is read as it lies there. */
    static Namespace readOnly(String name, Path data, Path index, boolean checkpoint) throws IOException {
        NamespaceProperties properties = NamespaceProperties.read(data);
        if (properties.emptying()) {
            throw new IllegalArgumentException(name + ": was being emptied when the store ended; start it once, then it is done");
        }
        return Namespace.open(name, new ReadOnlyDisk(checkpoint), data, index, ZdbConfig.FILE_SIZE, properties.withFrozen(false), new Standing(1));
    }
}
