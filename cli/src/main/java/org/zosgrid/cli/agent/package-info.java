/**
 * A process that holds a private key and asks its owner before each signature. Others hand it bytes and get a signature, never the key; what the owner is shown
 * is read from those very bytes.
 */
@NullMarked
package org.zosgrid.cli.agent;

import org.jspecify.annotations.NullMarked;
