package org.zosgrid.workloads;

/**
 * Who asks. There are two ways to prove it, and they are two types: what needs a person's signature takes a {@link Caller} and cannot be called with anything
 * else, so a login can never stand for one.
 */
public sealed interface Identity permits Caller, TokenHolder {
    /** Names this identity apart from every other one of either kind; for records, not for decisions. */
    String account();
}
