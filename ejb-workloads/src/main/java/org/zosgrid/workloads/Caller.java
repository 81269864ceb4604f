package org.zosgrid.workloads;

import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.organisation.Organisation;

/** A person of the trust root who asks, proved by a signature over the request. */
public record Caller(String person, KeyId key, String organisation) implements Identity {
    /** Of the default organisation. */
    public Caller(String person, KeyId key) {
        this(person, key, Organisation.DEFAULT);
    }

    @Override
    public String account() {
        return person;
    }
}
