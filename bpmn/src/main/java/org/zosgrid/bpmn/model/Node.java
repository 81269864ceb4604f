package org.zosgrid.bpmn.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;

/**
 * An element that tokens come to.
 *
 * @param act what it does to the change
 * @param block of a customer's model, with its inputs; none in the built-in models
 * @param errors codes of the errors that it can end with
 * @param inner what stands in a sub-process
 * @param several whether a sub-process is done once for each node
 * @param attachedTo the element that a boundary event sits on; empty for others
 * @param interrupting whether a boundary event ends what it sits on
 * @param error code that is thrown or caught; none catches every error
 * @param timer of a customer's timer, as it is written
 * @param outcome that it declares
 * @param otherwise id of the flow that a gateway takes when no condition holds
 */
record Node(String id, String name, Kind kind, Act act, @Nullable Block block, Map<String, String> inputs, List<String> errors, @Nullable Scope inner, boolean several,
            String attachedTo, boolean interrupting, @Nullable String error, String timer, Outcome.@Nullable Stage outcome, String otherwise) {
    Node {
        inputs = Map.copyOf(inputs);
        errors = List.copyOf(errors);
    }

    enum Kind {
        START, END, ERROR_END, TASK, SUB_PROCESS, EXCLUSIVE, PARALLEL, EVENT_GATEWAY, CATCH_TIMER, CATCH_MESSAGE, BOUNDARY_ERROR, BOUNDARY_TIMER, BOUNDARY_MESSAGE;

        boolean isBoundary() {
            return this == BOUNDARY_ERROR || this == BOUNDARY_TIMER || this == BOUNDARY_MESSAGE;
        }

        boolean isActivity() {
            return this == TASK || this == SUB_PROCESS;
        }
    }

    Optional<Block> ofBlock() {
        return Optional.ofNullable(block);
    }

    Scope scope() {
        if (inner == null) {
            throw new IllegalStateException(id + " is no sub-process");
        }
        return inner;
    }

    /** Whether somebody or something outside must come before it goes on, however short that is. */
    boolean waits() {
        return kind == Kind.CATCH_TIMER || kind == Kind.CATCH_MESSAGE || kind == Kind.EVENT_GATEWAY || act == Act.APPROVALS || act == Act.APPROVE;
    }
}
