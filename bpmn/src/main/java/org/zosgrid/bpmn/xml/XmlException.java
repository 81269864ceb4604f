package org.zosgrid.bpmn.xml;

/** Text that is not XML as we read it; the message says where, and what would be right. */
public final class XmlException extends Exception {
    private static final long serialVersionUID = 1;

    XmlException(String message) {
        super(message);
    }
}
