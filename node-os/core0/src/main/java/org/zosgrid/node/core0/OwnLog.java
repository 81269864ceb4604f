package org.zosgrid.node.core0;

import java.util.stream.Collectors;
import org.zosgrid.node.zdb.Damage;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.Store;

/**
 * The logs from which a node knows what it was told and what it answered. The store serves what is whole of a damaged log, as a store should; a node must
 * not go on from a part of what it decided.
 */
final class OwnLog {
    private OwnLog() {}

    /**
     * Opens a log, making it if it is not there.
     *
     * @throws NodeException if bytes in the middle of it are not what was written; an end that a crash tore off was never acknowledged, and is no damage
     */
    static Namespace open(Store store, String name) {
        Namespace log = store.createIfAbsent(name, Mode.SEQUENTIAL);
        if (!log.damages().isEmpty()) {
            throw new NodeException("the log '" + name + "' of this node is damaged: " + log.damages().stream().map(OwnLog::shown).collect(Collectors.joining(", ")));
        }
        return log;
    }

    private static String shown(Damage damage) {
        return damage.bytes() + " bytes of file d" + damage.file() + " from offset " + damage.offset();
    }
}
