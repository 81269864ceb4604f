package org.zosgrid.contract.trust;

import org.zosgrid.contract.key.VerificationKey;

/** A key and the person (or node) it belongs to. Somebody with two keys is still one person. */
public record TrustedKey(String person, VerificationKey key) {}
