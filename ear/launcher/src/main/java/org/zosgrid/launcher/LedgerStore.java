package org.zosgrid.launcher;

/** The Zero-DB that keeps the ledger's tiles: the control plane's own, or one that the operator keeps. */
interface LedgerStore extends StartedParts.Part {
    static LedgerStore start(Configuration configuration, Installation installation) {
        return configuration.ledgerStore().<LedgerStore>map(External::new)
            .orElseGet(() -> OwnLedgerStore.start(configuration.state().resolve("ledger-store"), installation.ledgerStore()));
    }

    LedgerStoreAccess access();

    /** Nothing to start or stop. */
    record External(LedgerStoreAccess access) implements LedgerStore {
        @Override
        public void close() {
        }
    }
}
