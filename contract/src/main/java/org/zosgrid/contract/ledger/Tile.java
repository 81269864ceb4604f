package org.zosgrid.contract.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/**
 * A tile's place in a log (C2SP tlog-tiles): up to 256 neighbouring hashes of one level of the tree, or the entries below a tile of level 0. Hash {@code i} of
 * tile {@code n} at level {@code l} is that of the complete subtree of 256^l leaves from leaf (256n + i)·256^l on.
 *
 * @param level 0 to {@value #MAX_LEVEL}, or {@link #ENTRIES}
 * @param number from 0
 * @param width how many hashes or entries it holds, 1 to {@value #WIDTH}; fewer than {@value #WIDTH} only at the log's right edge
 */
public record Tile(int level, long number, int width) implements Comparable<Tile> {
    /** Hashes of a full tile. */
    public static final int WIDTH = 256;

    /** The level of tiles that hold entries instead of hashes. */
    public static final int ENTRIES = -1;

    /** The highest level that a log of 2^62 entries has. */
    public static final int MAX_LEVEL = 7;

    private static final int HASH_BYTES = 32;
    private static final Pattern PATH = Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL) {
            throw new ContractException("tile.level", "must lie between 0 and " + MAX_LEVEL + ", or be that of entries", Integer.toString(level));
        }
        if (number < 0) {
            throw new ContractException("tile.number", "must not be negative", Long.toString(number));
        }
        if (width < 1 || width > WIDTH) {
            throw new ContractException("tile.width", "must lie between 1 and " + WIDTH, Integer.toString(width));
        }
    }

    /**
     * Reads a path, which has one form only.
     *
     * @throws ContractException if it is none of a tile
     */
    public static Tile parse(String path) {
        Matcher match = PATH.matcher(path);
        if (match.matches()) {
            int level = match.group(1).equals("entries") ? ENTRIES : Integer.parseInt(match.group(1));
            long number = Long.parseLong(match.group(2).replaceAll("[x/]", ""));
            int width = match.group(3) == null ? WIDTH : Integer.parseInt(match.group(3));
            if (width <= WIDTH) {
                Tile tile = new Tile(level, number, width);
                if (tile.path().equals(path)) {
                    return tile;
                }
            }
        }
        throw new ContractException("tile", "must be a path such as tile/0/x001/067, tile/1/000.p/12 or tile/entries/003", path);
    }

    /** How many hashes a level has in a log of this size; of entries, how many there are. */
    static long count(int level, long size) {
        return level == ENTRIES ? size : size >> 8 * level;
    }

    /** The tile of this place as a log of this size has it; there must be one. */
    public static Tile of(int level, long number, long size) {
        return new Tile(level, number, Math.toIntExact(Math.min(WIDTH, count(level, size) - number * WIDTH)));
    }

    /** Whether a log of this size has it. */
    public boolean isWithin(long size) {
        long count = count(level, size);
        return number <= count / WIDTH && number * WIDTH + width <= count;
    }

    public boolean isFull() {
        return width == WIDTH;
    }

    /** The path below a log's address, such as {@code tile/0/x001/067} or {@code tile/entries/000.p/12}. */
    public String path() {
        return isFull() ? place() : place() + ".p/" + width;
    }

    /** The path of the full tile of this place: under it a store keeps what there is of the tile. */
    public String place() {
        StringBuilder path = new StringBuilder(String.format("%03d", number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format("x%03d/", rest % 1000));
        }
        return "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + path;
    }

    /** Bytes of a tile of hashes. */
    int bytes() {
        return width * HASH_BYTES;
    }

    @Override
    public int compareTo(Tile other) {
        int byLevel = Integer.compare(level, other.level);
        int byNumber = byLevel != 0 ? byLevel : Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : Integer.compare(width, other.width);
    }
}
