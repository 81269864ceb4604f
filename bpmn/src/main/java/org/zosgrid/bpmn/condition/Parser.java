package org.zosgrid.bpmn.condition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.bpmn.condition.Expression.Among;
import org.zosgrid.bpmn.condition.Expression.Compare;
import org.zosgrid.bpmn.condition.Expression.Joined;
import org.zosgrid.bpmn.condition.Expression.Literal;
import org.zosgrid.bpmn.condition.Expression.Named;
import org.zosgrid.bpmn.condition.Expression.Not;
import org.zosgrid.bpmn.condition.Tokens.Kind;
import org.zosgrid.bpmn.condition.Tokens.Token;

/**
 * By recursive descent, {@code not} before {@code and} before {@code or}:
 * {@snippet lang = "text":
 * or      = and { "or" and }
 * and     = not { "and" not }
 * not     = "not" not | compare
 * compare = value [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value | "in" "(" literal { "," literal } ")" ]
 * value   = literal | variable | "(" or ")"
 * }
 */
final class Parser {
    /** Deeper than anybody writes, and far from the end of the stack. */
    private static final int DEEPEST = 32;
    private static final int MOST_DIGITS = 18;

    private final List<Token> tokens;
    private int next;
    private int depth;

    Parser(String text) {
        tokens = Tokens.of(text);
    }

    Expression whole() {
        Expression all = or();
        if (peek().kind() != Kind.END) {
            throw wrong("and, or or the end must follow");
        }
        return all;
    }

    private Expression or() {
        deeper();
        Expression result = joined("or", joined("and", not(), true), false);
        depth--;
        return result;
    }

    private Expression joined(String word, Expression first, boolean all) {
        if (!isWord(word)) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(truth(first, peek())));
        while (isWord(word)) {
            Token joint = take();
            Expression part = all ? not() : joined("and", not(), true);
            parts.add(truth(part, joint));
        }
        return new Joined(all, parts);
    }

    private Expression not() {
        if (!isWord("not")) {
            return compare();
        }
        deeper();
        Token word = take();
        Expression result = new Not(truth(not(), word));
        depth--;
        return result;
    }

    private Expression compare() {
        Expression left = value();
        Token token = peek();
        if (isWord("in")) {
            take();
            return among(left);
        }
        var operator = token.kind() == Kind.SIGN ? Operator.of(token.text()) : java.util.Optional.<Operator>empty();
        if (operator.isEmpty()) {
            return left;
        }
        take();
        Token at = peek();
        Expression right = value();
        sameType(left, right, at);
        if (operator.get().needsOrder() && !left.type().isOrdered()) {
            throw new ConditionException(token.position(), "a " + left.type().word() + " is compared with = or != (is: " + token.text() + ")");
        }
        known(left, right, at);
        known(right, left, at);
        return new Compare(left, operator.get(), right);
    }

    private Expression among(Expression one) {
        sign("(");
        List<Literal> several = new ArrayList<>();
        do {
            Token at = peek();
            if (!(value() instanceof Literal literal)) {
                throw new ConditionException(at.position(), "a list after in holds texts, numbers, durations, true or false (is: " + at.shown() + ")");
            }
            sameType(one, literal, at);
            known(one, literal, at);
            several.add(literal);
        } while (peek().text().equals(",") && take().kind() == Kind.SIGN);
        sign(")");
        return new Among(one, several);
    }

    private Expression value() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new Literal(Type.NUMBER, number(token));
            case TEXT -> new Literal(Type.TEXT, token.text());
            case DURATION -> new Literal(Type.DURATION, duration(token));
            case WORD -> word(token);
            case SIGN -> {
                if (!token.text().equals("(")) {
                    throw wrong(token, "a value must stand here: a variable, a \"text\", a number, a duration such as PT2H, true, false or (");
                }
                Expression inner = or();
                sign(")");
                yield inner;
            }
            case END -> throw wrong(token, "a value must stand here: a variable, a \"text\", a number, a duration such as PT2H, true, false or (");
        };
    }

    private Expression word(Token token) {
        return switch (token.text()) {
            case "true" -> new Literal(Type.BOOLEAN, true);
            case "false" -> new Literal(Type.BOOLEAN, false);
            case "and", "or", "not", "in" -> throw wrong(token, "a value must stand before it");
            default -> {
                if (peek().text().equals("(") && peek().kind() == Kind.SIGN) {
                    throw wrong(token, "there are no calls");
                }
                yield new Named(Variable.named(token.text()).orElseThrow(() -> wrong(token, "no such variable; there are " + Variable.all())));
            }
        };
    }

    private static BigDecimal number(Token token) {
        BigDecimal number = new BigDecimal(token.text());
        if (token.text().length() > MOST_DIGITS) {
            throw wrong(token, "a number has at most " + MOST_DIGITS + " characters");
        }
        return number;
    }

    private static Duration duration(Token token) {
        try {
            return Duration.parse(token.text());
        } catch (DateTimeException | ArithmeticException none) {
            throw wrong(token, "a duration is written as in ISO 8601, such as P1D, PT2H or PT30M");
        }
    }

    private static Expression truth(Expression part, Token joint) {
        if (part.type() != Type.BOOLEAN) {
            throw new ConditionException(joint.position(), joint.shown() + " stands with conditions, and " + part.text() + " is a " + part.type().word());
        }
        return part;
    }

    private static void sameType(Expression left, Expression right, Token at) {
        if (left.type() != right.type()) {
            throw new ConditionException(at.position(), "a " + left.type().word() + " must stand here, as " + left.text() + " is one (is: a " + right.type().word() + ")");
        }
    }

    /** A text that a variable can never be is a slip of the pen, and a condition that never holds. */
    private static void known(Expression named, Expression literal, Token at) {
        if (named instanceof Named(Variable variable) && literal instanceof Literal(Type type, Object text) && type == Type.TEXT
                && !variable.choices().isEmpty() && !variable.choices().contains(text)) {
            throw new ConditionException(at.position(), variable.word() + " is one of " + String.join(", ", variable.choices()) + " (is: " + text + ")");
        }
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new ConditionException(peek().position(), "parentheses and not may be nested " + DEEPEST + " deep");
        }
    }

    private boolean isWord(String word) {
        return peek().kind() == Kind.WORD && peek().text().equals(word);
    }

    private void sign(String sign) {
        Token token = take();
        if (token.kind() != Kind.SIGN || !token.text().equals(sign)) {
            throw wrong(token, sign + " must stand here");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private ConditionException wrong(String right) {
        return wrong(peek(), right);
    }

    private static ConditionException wrong(Token token, String right) {
        return new ConditionException(token.position(), right + " (is: " + token.shown() + ")");
    }
}
