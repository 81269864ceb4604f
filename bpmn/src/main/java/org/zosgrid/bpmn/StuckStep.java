package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.Optional;

/**
 * A step of a process that does not get on by itself, or not yet.
 *
 * @param subject what the process is about, {@code NAME:VERSION}
 * @param process key of the process
 * @param step id of the element in the diagram
 * @param name of the element
 * @param node that the step is about; empty if it is about none
 * @param since when it was given up, when it was tried first, or since when an answer is waited for
 * @param text of the last fault
 * @param tries how often it was tried; of a step that was given up so often as the diagram says, retries by operators not counted
 * @param unskippable why no quorum can have it passed over; empty if one can
 */
public record StuckStep(String subject, String process, String instance, String step, String name, Optional<String> node, Kind kind, Instant since, String text, int tries, Optional<String> unskippable) {

    /** Why it is stuck. */
    public enum Kind {
        /** It failed as often as the diagram has it tried: without an operator nothing happens any more. */
        FAILED,
        /** Somebody who must be asked is away; it is tried again and again. */
        AWAY,
        /** A node was told, and has not answered for a quarter of the time that it has: it may have decided, or may not have read it yet. */
        SILENT
    }

    /** Names it as people do, and stays the same however often it is tried: {@code shop:3:send:compute-1}. */
    public String id() {
        return subject + ":" + place(step, node);
    }

    /** Names it within its process. */
    static String place(String step, Optional<String> node) {
        return step + node.map(each -> ":" + each).orElse("");
    }
}
