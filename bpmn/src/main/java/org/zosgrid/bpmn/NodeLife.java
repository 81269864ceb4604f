package org.zosgrid.bpmn;

/** What the processes by which nodes come and go ask for beyond what every change asks. */
public interface NodeLife {
    /** Something has been left on a retiring node for long: people are told what. */
    void tellWhatIsLeft(long change);
}
