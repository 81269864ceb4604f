package org.zosgrid.node.znet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.Mounts;

/**
 * Bridges, namespaces and veth pairs. A deployment's bridge and a machine's namespace have names derived from the node and theirs, so everything that
 * belongs to a node can be found again without remembering it. All operations can be repeated.
 */
public final class PrivateNetworks {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String NODE_SIDE = "fe80::1";

    private final String mark;

    /**
     * @param node the node's name; a mark derived from it and its state directory is part of every name
     */
    public PrivateNetworks(String node, Path state) {
        this.mark = hash(node + " " + state.toAbsolutePath(), 6);
    }

    /** Makes the machine's namespace and connects it; returns the namespace's file. */
    public Path attach(Attachment attachment) {
        String bridge = bridge(attachment.deployment());
        String namespace = namespace(attachment.deployment(), attachment.machine());
        String outside = "v" + hash(namespace, 10);
        Path file = NAMESPACES.resolve(namespace);
        if (!Mounts.isMounted(file)) {
            // A file without a namespace behind it is left of a crash in between.
            Command.attempt("ip", "netns", "delete", namespace);
            Command.run("ip", "netns", "add", namespace);
        }
        String links = links();
        List<String> here = new ArrayList<>();
        if (!exists(bridge, links)) {
            here.add("link add " + bridge + " type bridge");
        }
        here.add("link set " + bridge + " up");
        here.add("address replace " + attachment.gateway() + "/" + attachment.prefix() + " dev " + bridge);
        here.add("address replace " + NODE_SIDE + "/64 dev " + bridge + " nodad");
        if (!exists(outside, links)) {
            here.add("link add " + outside + " type veth peer name eth0 netns " + namespace);
        }
        here.add("link set " + outside + " master " + bridge + " up");
        here.add("route replace " + attachment.overlay().getHostAddress() + "/128 dev " + bridge);
        Command.run(List.of("ip", "-batch", "-"), String.join("\n", here) + "\n");
        Command.run(List.of("ip", "-n", namespace, "-batch", "-"), String.join("\n",
            "link set lo up", "link set eth0 up",
            "address replace " + attachment.address() + "/" + attachment.prefix() + " dev eth0",
            "address replace " + attachment.overlay().getHostAddress() + "/128 dev eth0 nodad",
            "route replace ::/0 via " + NODE_SIDE + " dev eth0") + "\n");
        return file;
    }

    /** Takes a machine's namespace away, and with it its connection. */
    public void detach(String deployment, String machine) {
        String namespace = namespace(deployment, machine);
        Command.attempt("ip", "link", "delete", "v" + hash(namespace, 10));
        Command.attempt("ip", "netns", "delete", namespace);
    }

    /** Takes a deployment's bridge away; its machines must be detached. */
    public void remove(String deployment) {
        Command.attempt("ip", "link", "delete", bridge(deployment));
    }

    /** Namespaces of this node that exist. */
    public List<String> namespaces() {
        try (var files = Files.isDirectory(NAMESPACES) ? Files.list(NAMESPACES) : java.util.stream.Stream.<Path>empty()) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("zm-" + mark + "-")).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Removes every namespace and bridge this node ever made. */
    public void removeAll() {
        for (String namespace : namespaces()) {
            Command.attempt("ip", "link", "delete", "v" + hash(namespace, 10));
            Command.attempt("ip", "netns", "delete", namespace);
        }
        for (String line : Command.run("ip", "-o", "link", "show", "type", "bridge").split("\n")) {
            Arrays.stream(line.split(": ")).skip(1).limit(1).filter(name -> name.startsWith("b" + mark)).forEach(name -> Command.attempt("ip", "link", "delete", name));
        }
    }

    /** Lets the kernel forward packets in this namespace; what may pass is the wall's business. */
    public static void forward() {
        try {
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/forwarding"), "1");
            Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        } catch (IOException refused) {
            throw new UncheckedIOException("forwarding cannot be switched on", refused);
        }
    }

    private String bridge(String deployment) {
        return "b" + mark + hash(deployment, 8);
    }

    private String namespace(String deployment, String machine) {
        return "zm-" + mark + "-" + deployment + "." + machine;
    }

    /** Links of this network namespace, one in a line, each followed by a colon. */
    private static String links() {
        try {
            return Files.readString(Path.of("/proc/thread-self/net/dev"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the links of this node cannot be listed", unreadable);
        }
    }

    private static boolean exists(String link, String links) {
        return links.lines().anyMatch(line -> line.strip().startsWith(link + ":"));
    }

    private static String hash(String text, int digits) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))).substring(0, digits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
