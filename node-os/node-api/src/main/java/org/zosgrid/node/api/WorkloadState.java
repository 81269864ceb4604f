package org.zosgrid.node.api;

/** A machine as its node sees it; {@code state} as in receipts, {@code address} in the overlay. */
public record WorkloadState(String deployment, String name, String state, String address, String message) {}
