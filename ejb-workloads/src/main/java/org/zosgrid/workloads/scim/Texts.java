package org.zosgrid.workloads.scim;

/** Texts that a database and a terminal can take. */
final class Texts {
    private Texts() {}

    /** No control characters, and no half of a character. */
    static boolean good(String text) {
        return text.codePoints().noneMatch(each -> Character.isISOControl(each) || Character.getType(each) == Character.SURROGATE);
    }
}
