/** Reads XML that strangers send: bounded, in UTF-8, without document types and entities. Nothing outside the module uses it. */
@NullMarked
package org.zosgrid.bpmn.xml;

import org.jspecify.annotations.NullMarked;
