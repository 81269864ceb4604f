/**
 * Keys in a PKCS#11 token: {@link org.zosgrid.contract.pkcs11.Token} signs with Ed25519 and encrypts with AES keys that were made in the token and never leave it. It talks to the token's
 * library through {@code java.lang.foreign}, since the JDK's own provider knows no EdDSA (docs/adr/0031); nothing else in this module touches native memory. {@code contract.key} makes
 * composite keys of it.
 */
@NullMarked
package org.zosgrid.contract.pkcs11;

import org.jspecify.annotations.NullMarked;
