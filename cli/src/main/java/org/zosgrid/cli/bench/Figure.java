package org.zosgrid.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.zosgrid.cli.terminal.Json;

/**
 * One measured number beside the one it is compared with.
 *
 * @param unit such as {@code 1/s}, {@code ms} or {@code bytes}
 * @param more whether more is better
 */
public record Figure(String name, String unit, double ours, double peer, String peerName, boolean more) {

    /** How many times as good as the peer: above 1 is better. */
    public double ratio() {
        return more ? ours / peer : peer / ours;
    }

    public ObjectNode toJson() {
        return Json.object().put("name", name).put("unit", unit).put("ours", rounded(ours)).put("peer", rounded(peer)).put("peer_name", peerName).put("ratio", rounded(ratio()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s %s; %s %s, ratio %.2f", name, shown(ours), unit, peerName, shown(peer), ratio());
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
