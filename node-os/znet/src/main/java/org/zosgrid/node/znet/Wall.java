package org.zosgrid.node.znet;

import java.util.List;
import java.util.stream.Collectors;
import org.zosgrid.node.linux.Command;

/** The network wall: the nftables table {@code inet zos} of this network namespace. */
public final class Wall {
    private static final String TABLE = "inet zos";

    private Wall() {}

    /** Replaces the whole table in one transaction: there is no moment without a wall. */
    public static void raise(WallRules rules) {
        Command.run(List.of("nft", "-f", "-"), "table " + TABLE + " {}\ndelete table " + TABLE + "\n" + table(rules));
    }

    /** Takes the wall down; for a node that is removed. */
    public static void remove() {
        Command.attempt("nft", "delete", "table", TABLE.split(" ")[0], TABLE.split(" ")[1]);
    }

    static String table(WallRules rules) {
        String peers = rules.peers().stream().map(peer -> peer.getAddress().getHostAddress()).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("table ").append(TABLE).append(" {\n");
        text.append("  chain input {\n    type filter hook input priority 0; policy drop;\n");
        line(text, "ct state established,related accept");
        line(text, "ct state invalid drop");
        line(text, "iif lo accept");
        line(text, "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, packet-too-big, destination-unreachable, time-exceeded } accept");
        line(text, "iifname \"" + rules.tun() + "\" icmpv6 type echo-request accept");
        rules.managementPorts().stream().sorted().forEach(port -> line(text, "iifname \"" + rules.management() + "\" tcp dport " + port + " accept"));
        if (!peers.isEmpty()) {
            line(text, "iifname \"" + rules.underlay() + "\" ip saddr { " + peers + " } udp dport " + rules.overlayPort() + " accept");
        }
        rules.publicSide().ifPresent(side -> line(text, "iifname \"" + side.device() + "\" tcp dport " + side.port() + " accept"));
        text.append("  }\n  chain forward {\n    type filter hook forward priority 0; policy drop;\n");
        line(text, "ct state established,related accept");
        for (WallRules.Flow flow : rules.flows()) {
            line(text, "iifname \"" + rules.tun() + "\" ip6 saddr " + flow.from().getHostAddress() + " ip6 daddr " + flow.to().getHostAddress() + " tcp dport " + flow.port() + " accept");
        }
        text.append("  }\n  chain output {\n    type filter hook output priority 0; policy drop;\n");
        line(text, "ct state established,related accept");
        line(text, "oif lo accept");
        line(text, "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, packet-too-big, destination-unreachable } accept");
        // The node fetches images over the management network.
        line(text, "oifname \"" + rules.management() + "\" accept");
        if (!peers.isEmpty()) {
            line(text, "oifname \"" + rules.underlay() + "\" ip daddr { " + peers + " } udp sport " + rules.overlayPort() + " accept");
        }
        for (WallRules.Flow flow : rules.outward()) {
            line(text, "ip6 daddr " + flow.to().getHostAddress() + " tcp dport " + flow.port() + " accept");
        }
        return text.append("  }\n}\n").toString();
    }

    private static void line(StringBuilder text, String rule) {
        text.append("    ").append(rule).append('\n');
    }
}
