package org.zosgrid.bpmn.condition;

/** A condition on a change, {@code environment = "production" and machines > 16}. See the package's description. */
public final class Condition {
    /** Name of the language in models, {@code <conditionExpression language="zos">}. */
    public static final String LANGUAGE = "zos";
    /** Most characters of a condition. */
    public static final int LONGEST = 2000;

    private final Expression expression;

    private Condition(Expression expression) {
        this.expression = expression;
    }

    /** @throws ConditionException if it is none, with the place and what would be right */
    public static Condition parse(String text) {
        if (text.length() > LONGEST) {
            throw new ConditionException(LONGEST, "a condition has at most " + LONGEST + " characters (is: " + text.length() + ")");
        }
        Expression expression = new Parser(text).whole();
        if (expression.type() != Type.BOOLEAN) {
            throw new ConditionException(0, "a condition is true or false, and " + expression.text() + " is a " + expression.type().word() + "; compare it with something");
        }
        return new Condition(expression);
    }

    /** Whether it holds for a change. */
    public boolean holds(Subject subject) {
        return (Boolean) expression.value(subject);
    }

    /** Whether its answer may depend on this. */
    public boolean asks(Variable variable) {
        return asks(expression, variable);
    }

    private static boolean asks(Expression part, Variable variable) {
        return switch (part) {
            case Expression.Literal literal -> false;
            case Expression.Named named -> named.variable() == variable;
            case Expression.Compare compare -> asks(compare.left(), variable) || asks(compare.right(), variable);
            case Expression.Among among -> asks(among.one(), variable);
            case Expression.Joined joined -> joined.parts().stream().anyMatch(each -> asks(each, variable));
            case Expression.Not not -> asks(not.of(), variable);
        };
    }

    /** In one way for all that mean the same word by word; parses to the same again. Holds none of {@code ' \ $ # { }}. */
    @Override
    public String toString() {
        return expression.text();
    }
}
