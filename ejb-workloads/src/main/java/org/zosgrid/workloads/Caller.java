package org.zosgrid.workloads;

import org.zosgrid.contract.key.KeyId;

/** Who asks, proved by a signature over the request. */
public record Caller(String person, KeyId key) {}
