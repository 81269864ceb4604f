package org.zosgrid.node.zdb;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Prints what the indexes of a store that does not run hold: a line for each live key. */
final class IndexDump {
    private IndexDump() {}

    static void print(Options options, PrintStream out) {
        try (Store store = Store.open(options.data(), options.index(), new SystemDisk(), ZdbConfig.FILE_SIZE, NamespaceProperties.of(Mode.USER))) {
            for (Namespace namespace : store.all()) {
                out.println("# " + namespace.name() + ": " + namespace.size() + " keys, " + namespace.dataBytes() + " bytes");
                for (Optional<Namespace.Slice> slice = slice(namespace, 0); slice.isPresent(); slice = slice(namespace, slice.get().last())) {
                    for (Namespace.Scanned each : slice.get().entries()) {
                        long location = namespace.locate(each.key()).orElseThrow();
                        out.println(HexFormat.of().formatHex(each.key()) + " d" + Location.file(location) + " " + Location.offset(location) + " " + each.length() + " "
                                + Instant.ofEpochSecond(each.time()));
                    }
                }
            }
        }
    }

    private static Optional<Namespace.Slice> slice(Namespace namespace, long from) {
        return namespace.scan(from, true, Duration.ofMillis(100));
    }
}
