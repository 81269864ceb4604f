package org.zosgrid.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zosgrid.cli.terminal.Json;

/**
 * Seconds that something took, run after run, and what they are compared with. Less is better.
 *
 * @param seconds at least one
 * @param peer the other's seconds
 */
public record Measurement(String name, List<Double> seconds, double peer, String peerName) {
    public Measurement {
        seconds = seconds.stream().sorted().toList();
    }

    public double median() {
        int middle = seconds.size() / 2;
        return seconds.size() % 2 == 1 ? seconds.get(middle) : (seconds.get(middle - 1) + seconds.get(middle)) / 2;
    }

    public double least() {
        return seconds.getFirst();
    }

    public double most() {
        return seconds.getLast();
    }

    /** How many times better than the peer: above 1 is better. */
    public double ratio() {
        return peer / median();
    }

    public ObjectNode toJson() {
        return Json.object().put("name", name).put("unit", "s").put("ours", rounded(median())).put("peer", peer).put("peer_name", peerName).put("ratio", rounded(ratio()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
