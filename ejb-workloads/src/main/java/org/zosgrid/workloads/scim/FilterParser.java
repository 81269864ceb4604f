package org.zosgrid.workloads.scim;

import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.workloads.scim.Filter.Literal;
import org.zosgrid.workloads.scim.Filter.Literal.Type;
import org.zosgrid.workloads.scim.Filter.Operator;
import org.zosgrid.workloads.scim.ScimException.Kind;

/**
 * Reads filters, and the paths of changes that hold one (RFC 7644, figures 1 and 7), by recursive descent: "or" binds least, then "and", then "not". Words are read in any case. What strangers may
 * send is bounded in length, depth and terms.
 */
final class FilterParser {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_TERMS = 64;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})(?:\\.[0-9]{1,18})?");

    private final String text;
    private final Kind kind;
    private int at;
    private int depth;
    private int terms;

    /** @param kind of what is thrown */
    FilterParser(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
        if (text.length() > MAX_LENGTH) {
            throw new ScimException(kind, "filter", "must not be longer than " + MAX_LENGTH + " characters", text.length() + " characters");
        }
    }

    /** All of it. */
    Filter filter() {
        Filter filter = or(true);
        end();
        return filter;
    }

    /** All of it: an attribute, or chosen elements of one, or a part of these. */
    PatchPath path() {
        AttributePath attribute = attribute();
        if (!take('[')) {
            end();
            return new PatchPath(attribute, Optional.empty(), Optional.empty());
        }
        Filter which = or(false);
        expect(']');
        Optional<String> part = Optional.empty();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            AttributePath sub = attribute();
            if (!sub.schema().isEmpty() || sub.sub().isPresent()) {
                throw wrong("must name one part after the dot");
            }
            part = Optional.of(sub.name());
        }
        end();
        return new PatchPath(attribute, Optional.of(which), part);
    }

    private Filter or(boolean outside) {
        Filter left = and(outside);
        while (word("or")) {
            left = new Filter.Or(left, and(outside));
        }
        return left;
    }

    private Filter and(boolean outside) {
        Filter left = term(outside);
        while (word("and")) {
            left = new Filter.And(left, term(outside));
        }
        return left;
    }

    /** @param outside whether elements may be chosen here: there is no choosing within a choice */
    private Filter term(boolean outside) {
        if (++terms > MAX_TERMS) {
            throw wrong("must not have more than " + MAX_TERMS + " terms");
        }
        int before = at;
        if (word("not") && peek() == '(') {
            return new Filter.Not(bracketed(outside));
        }
        at = before;
        return peek() == '(' ? bracketed(outside) : compared(outside);
    }

    private Filter bracketed(boolean outside) {
        expect('(');
        if (++depth > MAX_DEPTH) {
            throw wrong("must not be nested deeper than " + MAX_DEPTH);
        }
        Filter inner = or(outside);
        depth--;
        expect(')');
        return inner;
    }

    private Filter compared(boolean outside) {
        AttributePath attribute = attribute();
        if (outside && take('[')) {
            Filter within = or(false);
            expect(']');
            return new Filter.Within(attribute, within);
        }
        String word = letters();
        if (word.equalsIgnoreCase("pr")) {
            return new Filter.Present(attribute);
        }
        Operator operator = Operator.of(word).orElseThrow(() -> wrong("must have one of eq, ne, co, sw, ew, gt, ge, lt, le and pr after an attribute, not '" + word + "'"));
        return new Filter.Compare(attribute, operator, literal());
    }

    private AttributePath attribute() {
        skipSpaces();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "$:._-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return AttributePath.parse(text.substring(start, at), kind);
    }

    private Literal literal() {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == '"') {
            return new Literal(Type.STRING, string());
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true", "false" -> new Literal(Type.BOOLEAN, word);
            case "null" -> new Literal(Type.NULL, word);
            default -> {
                if (!NUMBER.matcher(word).matches()) {
                    throw wrong("must have a value of JSON to compare with, such as \"a text\", true or 5");
                }
                yield new Literal(Type.NUMBER, word);
            }
        };
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            value.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
        }
        if (at >= text.length()) {
            throw wrong("must close the text it began");
        }
        at++;
        if (!Texts.good(value.toString())) {
            throw wrong("must have texts without control characters");
        }
        return value.toString();
    }

    /** Leaves {@code at} on the escape's last character. */
    private char escape() {
        at++;
        char escaped = at < text.length() ? text.charAt(at) : ' ';
        return switch (escaped) {
            case '"', '\\', '/' -> escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                String digits = text.substring(at + 1, Math.min(at + 5, text.length()));
                if (!digits.matches("[0-9A-Fa-f]{4}")) {
                    throw wrong("must have four digits after \\u");
                }
                at += 4;
                yield (char) Integer.parseInt(digits, 16);
            }
            default -> throw wrong("must escape as JSON does");
        };
    }

    /** Takes the word if it comes next, as a word of its own. */
    private boolean word(String wanted) {
        int before = at;
        if (letters().equalsIgnoreCase(wanted) && (at == text.length() || text.charAt(at) == ' ' || text.charAt(at) == '(')) {
            return true;
        }
        at = before;
        return false;
    }

    private String letters() {
        skipSpaces();
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private char peek() {
        skipSpaces();
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private boolean take(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw wrong("must have '" + wanted + "'");
        }
    }

    private void end() {
        skipSpaces();
        if (at < text.length()) {
            throw wrong("must end, or go on with 'and' or 'or'");
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private ScimException wrong(String problem) {
        return new ScimException(kind, kind == Kind.INVALID_PATH ? "path" : "filter", problem + " (at character " + (at + 1) + ")", text);
    }
}
