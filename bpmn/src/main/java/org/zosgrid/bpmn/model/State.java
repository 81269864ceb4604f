package org.zosgrid.bpmn.model;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;

/**
 * A situation of a process: where its tokens are, and what is true of the change.
 *
 * @param marks places with a token, see {@link Net}; never changed after it was made
 * @param facts bits of {@link Fact}
 * @param outcome that was declared
 */
record State(BitSet marks, int facts, Outcome.@Nullable Stage outcome) {
    boolean has(int place) {
        return marks.get(place);
    }

    boolean isOver() {
        return marks.isEmpty();
    }

    State facts(int other) {
        return new State(marks, other, outcome);
    }

    State with(int place) {
        BitSet changed = (BitSet) marks.clone();
        changed.set(place);
        return new State(changed, facts, outcome);
    }

    State without(int place) {
        BitSet changed = (BitSet) marks.clone();
        changed.clear(place);
        return new State(changed, facts, outcome);
    }

    State without(BitSet places) {
        BitSet changed = (BitSet) marks.clone();
        changed.andNot(places);
        return new State(changed, facts, outcome);
    }

    State declared(Outcome.Stage stage) {
        return new State(marks, facts, stage);
    }
}
