/** JCA adapter (Zero-DB). */
@NullMarked
package org.zosgrid.connector.zdb;

import org.jspecify.annotations.NullMarked;
