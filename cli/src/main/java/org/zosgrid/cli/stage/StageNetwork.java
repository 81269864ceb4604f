package org.zosgrid.cli.stage;

import java.util.List;

/**
 * The networks of a stage, all made of namespaces, veth pairs and one bridge:
 *
 * <pre>
 *   host ── bridge (management 10.231.N.0/24) ──┬── compute-1 ──┐ underlay 10.232.N.0/30
 *                                               └── gateway-1 ──┘ (carries only encrypted overlay packets)
 *                                                       │ public 203.0.113.0/24
 *                                                   internet
 * </pre>
 *
 * The host has no address on the underlay or the public network, the internet none on the management network. Several stages (a demo, a test run)
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

    public String managementHost() {
        return "10.231." + number + ".1";
    }

    public String managementOf(String node) {
        return "10.231." + number + (node.equals(Stage.COMPUTE) ? ".2" : ".3");
    }

    public String underlayOf(String node) {
        return "10.232." + number + (node.equals(Stage.COMPUTE) ? ".1" : ".2");
    }

    /** Makes everything; what an earlier run left behind is removed first. */
    public void create() {
        remove();
        for (String namespace : namespaces()) {
            Shell.run("ip", "netns", "add", namespace);
            in(namespace, "ip", "link", "set", "lo", "up");
        }
        Shell.run("ip", "link", "add", bridge(), "type", "bridge");
        Shell.run("ip", "address", "add", managementHost() + "/24", "dev", bridge());
        Shell.run("ip", "link", "set", bridge(), "up");
        joinManagement(Stage.COMPUTE, "c");
        joinManagement(Stage.GATEWAY, "g");

        Shell.run("ip", "link", "add", "und0", "netns", compute(), "type", "veth", "peer", "name", "und0", "netns", gateway());
        raise(compute(), "und0", underlayOf(Stage.COMPUTE) + "/30");
        raise(gateway(), "und0", underlayOf(Stage.GATEWAY) + "/30");

        Shell.run("ip", "link", "add", "pub0", "netns", gateway(), "type", "veth", "peer", "name", "pub0", "netns", internet());
        raise(gateway(), "pub0", PUBLIC_GATEWAY + "/24");
        raise(internet(), "pub0", PUBLIC_INTERNET + "/24");
    }

    /** Removes everything, also what is only half there. */
    public void remove() {
        Shell.attempt("ip", "link", "delete", bridge());
        for (String end : List.of("c", "g")) {
            Shell.attempt("ip", "link", "delete", "zos" + number + "m" + end);
        }
        for (String namespace : namespaces()) {
            Shell.attempt("ip", "netns", "delete", namespace);
        }
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

    private void joinManagement(String node, String end) {
        String host = "zos" + number + "m" + end;
        Shell.run("ip", "link", "add", host, "type", "veth", "peer", "name", "mgmt0", "netns", namespace(node));
        Shell.run("ip", "link", "set", host, "master", bridge(), "up");
        raise(namespace(node), "mgmt0", managementOf(node) + "/24");
    }

    private static void raise(String namespace, String device, String address) {
        in(namespace, "ip", "address", "add", address, "dev", device);
        in(namespace, "ip", "link", "set", device, "up");
    }

    private List<String> namespaces() {
        return List.of(compute(), gateway(), internet());
    }
}
