package org.zosgrid.bpmn.condition;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** How two values are compared. */
enum Operator {
    EQUAL("=", order -> order == 0),
    UNEQUAL("!=", order -> order != 0),
    LESS("<", order -> order < 0),
    AT_MOST("<=", order -> order <= 0),
    GREATER(">", order -> order > 0),
    AT_LEAST(">=", order -> order >= 0);

    private final String sign;
    private final IntPredicate accepted;

    Operator(String sign, IntPredicate accepted) {
        this.sign = sign;
        this.accepted = accepted;
    }

    String sign() {
        return sign;
    }

    boolean accepts(int order) {
        return accepted.test(order);
    }

    boolean needsOrder() {
        return this != EQUAL && this != UNEQUAL;
    }

    static Optional<Operator> of(String sign) {
        return Arrays.stream(values()).filter(each -> each.sign.equals(sign)).findFirst();
    }
}
