package org.zosgrid.launcher;

/** The database the control plane works on: its own, or one that the operator keeps. */
interface Database extends StartedParts.Part {
    static Database start(Configuration configuration) {
        return configuration.database().<Database>map(External::new).orElseGet(() -> EmbeddedDatabase.start(configuration.state().resolve("database")));
    }

    DatabaseAccess access();

    /** Nothing to start or stop. */
    record External(DatabaseAccess access) implements Database {
        @Override
        public void close() {
        }
    }
}
