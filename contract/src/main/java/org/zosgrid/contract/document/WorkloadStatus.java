package org.zosgrid.contract.document;

/**
 * How one workload is, as its node sees it.
 *
 * @param state {@code starting}, {@code running}, {@code stopped}, {@code failed} or {@code removed}
 * @param address its overlay address, or empty
 * @param message why, when it is not running; or empty
 */
public record WorkloadStatus(String name, String state, String address, String message) {}
