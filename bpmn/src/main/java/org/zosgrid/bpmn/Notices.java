package org.zosgrid.bpmn;

/** Messages to people. They are handed over in the caller's transaction and delivered after it. */
public interface Notices {
    /** Who is told. */
    enum Audience { REQUESTER, APPROVERS, OPERATORS }

    /** Hands a message over; the change's name and version are added to the text. */
    void tell(long change, Audience audience, String text);
}
