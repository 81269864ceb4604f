/** JCA adapter (networks). */
@NullMarked
package org.zosgrid.connector.network;

import org.jspecify.annotations.NullMarked;
