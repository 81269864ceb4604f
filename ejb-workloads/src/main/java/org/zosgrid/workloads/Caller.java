package org.zosgrid.workloads;

import org.zosgrid.contract.key.KeyId;

/** A person of the trust root who asks, proved by a signature over the request. */
public record Caller(String person, KeyId key) implements Identity {
    @Override
    public String account() {
        return person;
    }
}
