package org.zosgrid.contract.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/** An amount of memory or storage in bytes; written {@code 64MiB}, {@code 2GiB}, {@code 512KiB}. */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,15})(KiB|MiB|GiB|TiB)");

    public DataSize {
        if (bytes <= 0) {
            throw new ContractException("", "must be more than zero", Long.toString(bytes));
        }
    }

    public static DataSize parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new ContractException("", "must be a size such as 512KiB, 64MiB or 2GiB", text);
        }
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(match.group(1)), 1L << shift(match.group(2))));
        } catch (ArithmeticException overflow) {
            throw new ContractException("", "is too large", text);
        }
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 40;
        };
    }

    /** In the largest unit that divides it; what is not whole KiB is rounded down to them. */
    @Override
    public String toString() {
        for (String unit : new String[] {"TiB", "GiB", "MiB"}) {
            if (bytes % (1L << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + unit;
            }
        }
        return Math.max(1, bytes >> 10) + "KiB";
    }
}
