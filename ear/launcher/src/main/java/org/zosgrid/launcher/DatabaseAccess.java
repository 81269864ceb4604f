package org.zosgrid.launcher;

/** How to reach a PostgreSQL database. */
public record DatabaseAccess(String url, String user, String password) {
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
