package org.zosgrid.bpmn.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a condition into words. */
final class Tokens {
    enum Kind { WORD, NUMBER, TEXT, DURATION, SIGN, END }

    record Token(Kind kind, String text, int position) {
        /** As it is shown to people. */
        String shown() {
            return kind == Kind.END ? "the end" : kind == Kind.TEXT ? '"' + text + '"' : text;
        }
    }

    /** Each alternative matches without going back, whatever stands there. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>[ \\t\\r\\n]++)|(?<duration>P(?=[0-9T])[0-9A-Z.]++)|(?<word>[A-Za-z][A-Za-z0-9_]*+)|(?<number>-?+[0-9]++(?:\\.[0-9]++)?+)"
            + "|\"(?<text>[^\"'\\\\$#{}\\p{Cntrl}]*+)\"|(?<sign>!=|<=|>=|[=<>(),])");

    private Tokens() {}

    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw new ConditionException(at, wrong(text, at));
            }
            for (Kind kind : Kind.values()) {
                String found = kind == Kind.END ? null : matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
                if (found != null) {
                    tokens.add(new Token(kind, found, at));
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "", text.length()));
        return tokens;
    }

    private static String wrong(String text, int at) {
        char c = text.charAt(at);
        return switch (c) {
            case '"' -> "a text must end with a quotation mark and contain no ' \\ $ # { } and no control characters";
            case '\'' -> "a text stands in double quotation marks (is: ')";
            case '$', '#', '{', '}' -> "an expression of another language (is: " + c + "); write a comparison such as environment = \"production\"";
            case '&', '|' -> "write and, or (is: " + c + ")";
            case '!' -> "write not, or != between two values (is: !)";
            case '.', '[', ']' -> "there are no calls and no parts of values (is: " + c + ")";
            case '+', '-', '*', '/', '%' -> "there is no arithmetic (is: " + c + ")";
            default -> "no character of the language (is: U+" + String.format("%04X", (int) c) + ")";
        };
    }
}
