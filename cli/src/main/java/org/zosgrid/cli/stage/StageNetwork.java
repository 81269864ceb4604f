package org.zosgrid.cli.stage;

import java.util.List;

/**
 * The networks of a stage, all made of namespaces, veth pairs and two bridges:
 *
 * <pre>
 *   host ── bridge (management 10.231.N.0/24) ──┬── compute-1 ──┬── bridge (underlay 10.232.N.0/24,
 *                                               ├── gateway-1 ──┤   carries only encrypted overlay packets)
 *                                               ├─ (compute-2) ─┤
 *                                               └─ (guest-1) ───┘
 *                                                   gateway-1
 *                                                       │ public 203.0.113.0/24
 *                                                   internet
 * </pre>
 *
 * The second compute node, and the one of another organisation, are there only once a test adds them. The host has no address on the underlay or the public network, the internet none on the management network. Several stages (a demo, a test run)
 * can stand beside each other: their number N is part of every name and management address.
 */
public record StageNetwork(int number) {
    public static final String PUBLIC_GATEWAY = "203.0.113.1";
    private static final String PUBLIC_INTERNET = "203.0.113.2";

    public String compute() {
        return "zos" + number + "-compute-1";
    }

    public String gateway() {
        return "zos" + number + "-gateway-1";
    }

    public String internet() {
        return "zos" + number + "-internet";
    }

    public String namespace(String node) {
        return "zos" + number + "-" + node;
    }

    public String bridge() {
        return "zos" + number + "mgmt";
    }

    private String underlayBridge() {
        return "zos" + number + "und";
    }

    public String managementHost() {
        return "10.231." + number + ".1";
    }

    public String managementOf(String node) {
        return "10.231." + number + switch (node) {
            case Stage.COMPUTE -> ".2";
            case Stage.GATEWAY -> ".3";
            case Stage.GUEST -> ".5";
            default -> ".4";
        };
    }

    public String underlayOf(String node) {
        return "10.232." + number + switch (node) {
            case Stage.COMPUTE -> ".1";
            case Stage.GATEWAY -> ".2";
            case Stage.GUEST -> ".4";
            default -> ".3";
        };
    }

    /** Makes everything; what an earlier run left behind is removed first. */
    public void create() {
        remove();
        for (String bridge : List.of(bridge(), underlayBridge())) {
            Shell.run("ip", "link", "add", bridge, "type", "bridge");
            Shell.run("ip", "link", "set", bridge, "up");
        }
        Shell.run("ip", "address", "add", managementHost() + "/24", "dev", bridge());
        add(Stage.COMPUTE);
        add(Stage.GATEWAY);
        namespace(internet(), true);

        Shell.run("ip", "link", "add", "pub0", "netns", gateway(), "type", "veth", "peer", "name", "pub0", "netns", internet());
        raise(gateway(), "pub0", PUBLIC_GATEWAY + "/24");
        raise(internet(), "pub0", PUBLIC_INTERNET + "/24");
    }

    /** A namespace for a node, on the management network and the underlay. */
    void add(String node) {
        namespace(namespace(node), true);
        join(node, "mgmt0", "m", bridge(), managementOf(node));
        join(node, "und0", "u", underlayBridge(), underlayOf(node));
    }

    /** Removes a node's namespace and links, also what is only half there. */
    void remove(String node) {
        for (String kind : List.of("m", "u")) {
            Shell.attempt("ip", "link", "delete", link(node, kind));
        }
        namespace(namespace(node), false);
    }

    /** Removes everything, also what is only half there. */
    public void remove() {
        Shell.attempt("ip", "link", "delete", bridge());
        Shell.attempt("ip", "link", "delete", underlayBridge());
        List.of(Stage.COMPUTE, Stage.GATEWAY, Stage.SECOND, Stage.GUEST).forEach(this::remove);
        namespace(internet(), false);
    }

    private static void namespace(String name, boolean add) {
        if (add) {
            Shell.run("ip", "netns", "add", name);
            in(name, "ip", "link", "set", "lo", "up");
        } else {
            Shell.attempt("ip", "netns", "delete", name);
        }
    }

    /** The host's end of a node's link; names of interfaces are short. */
    private String link(String node, String kind) {
        return "zos" + number + kind + switch (node) {
            case Stage.COMPUTE -> "c";
            case Stage.GATEWAY -> "g";
            case Stage.GUEST -> "e";
            default -> "d";
        };
    }

    /** Runs a command inside a namespace; it must succeed. */
    public static String in(String namespace, String... command) {
        return Shell.run(inside(namespace, command));
    }

    /**
     * The command line that runs something inside a network namespace. {@code nsenter} and not {@code ip netns exec}: the latter also makes a mount
     * namespace and hides the control groups that containers need.
     */
    public static String[] inside(String namespace, String... command) {
        String[] whole = new String[command.length + 3];
        whole[0] = "nsenter";
        whole[1] = "--net=/run/netns/" + namespace;
        whole[2] = "--";
        System.arraycopy(command, 0, whole, 3, command.length);
        return whole;
    }

    private void join(String node, String device, String kind, String bridge, String address) {
        Shell.run("ip", "link", "add", link(node, kind), "type", "veth", "peer", "name", device, "netns", namespace(node));
        Shell.run("ip", "link", "set", link(node, kind), "master", bridge, "up");
        raise(namespace(node), device, address + "/24");
    }

    private static void raise(String namespace, String device, String address) {
        in(namespace, "ip", "address", "add", address, "dev", device);
        in(namespace, "ip", "link", "set", device, "up");
    }
}
