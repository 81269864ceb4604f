package org.zosgrid.node.znet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.node.linux.Command;

/**
 * A node's namespace between a neighbour (which plays overlay and management) and a machine's namespace, with real connections. Needs root. The wall is
 * loaded into the test's namespace from its text, since this process is not in it.
 */
class WallTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String NODE = "wn" + PID;
    private static final String OUTSIDE = "wo" + PID;
    private static final String MACHINE = "wm" + PID;

    @BeforeEach
    void build() {
        for (String each : List.of(NODE, OUTSIDE, MACHINE)) {
            Command.run("ip", "netns", "add", each);
            Command.run("ip", "-n", each, "link", "set", "lo", "up");
            // Link-local addresses would be unusable for a second, until nobody has objected to them.
            Command.run("ip", "netns", "exec", each, "sysctl", "-q", "-w", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
        }
        Command.run("ip", "link", "add", "pln0", "netns", NODE, "type", "veth", "peer", "name", "out0", "netns", OUTSIDE);
        Command.run("ip", "link", "add", "br0", "netns", NODE, "type", "veth", "peer", "name", "eth0", "netns", MACHINE);
        address(NODE, "pln0", "fd00:1::1/64");
        address(OUTSIDE, "out0", "fd00:1::2/64");
        address(OUTSIDE, "out0", "fd00:1::3/64");
        address(NODE, "br0", "fd00:2::1/64");
        address(MACHINE, "eth0", "fd00:2::2/64");
        Command.run("ip", "-n", OUTSIDE, "-6", "route", "add", "default", "via", "fd00:1::1");
        Command.run("ip", "-n", MACHINE, "-6", "route", "add", "default", "via", "fd00:2::1");
        Command.run("ip", "netns", "exec", NODE, "sysctl", "-q", "-w", "net.ipv6.conf.all.forwarding=1");
        listen(MACHINE, 8080);
        listen(MACHINE, 8081);
        listen(NODE, 9900);
        listen(OUTSIDE, 7000);
    }

    @AfterEach
    void remove() {
        for (String each : List.of(NODE, OUTSIDE, MACHINE)) {
            Command.attempt("sh", "-c", "ip netns pids " + each + " | xargs -r kill -9");
            Command.attempt("ip", "netns", "delete", each);
        }
    }

    @Test
    void withoutAWallEverythingPasses() {
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:2::2", 8081)).isTrue();
        assertThat(connects(MACHINE, "fd00:2::2", "fd00:1::2", 7000)).isTrue();
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:1::1", 9900)).isTrue();
    }

    @Test
    void onlyTheAuthorisedFlowPasses() throws UnknownHostException {
        raise(List.of(new WallRules.Flow(address("fd00:1::2"), address("fd00:2::2"), 8080)), Set.of());
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:2::2", 8080)).isTrue();
        assertThat(connects(OUTSIDE, "fd00:1::3", "fd00:2::2", 8080)).as("from another address").isFalse();
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:2::2", 8081)).as("to another port").isFalse();
        assertThat(connects(MACHINE, "fd00:2::2", "fd00:1::2", 7000)).as("from the machine outward").isFalse();
        assertThat(connects(MACHINE, "fd00:2::2", "fd00:2::1", 9900)).as("from the machine to its node").isFalse();
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:1::1", 9900)).as("from the overlay to the node").isFalse();
    }

    @Test
    void theManagementPortsAreOpenOnTheManagementInterfaceOnly() {
        raise(List.of(), Set.of(9900));
        assertThat(connects(MACHINE, "fd00:2::2", "fd00:2::1", 9900)).as("br0 plays the management network here").isTrue();
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:1::1", 9900)).isFalse();
    }

    @Test
    void aWallIsReplacedAsAWhole() throws UnknownHostException {
        raise(List.of(new WallRules.Flow(address("fd00:1::2"), address("fd00:2::2"), 8080)), Set.of());
        raise(List.of(), Set.of());
        assertThat(connects(OUTSIDE, "fd00:1::2", "fd00:2::2", 8080)).isFalse();
    }

    private static void raise(List<WallRules.Flow> flows, Set<Integer> management) {
        WallRules rules = new WallRules("br0", management, "und0", 9651, List.of(new InetSocketAddress("10.0.0.1", 9651)), "pln0", Optional.empty(), flows, List.of());
        Command.run(List.of("ip", "netns", "exec", NODE, "nft", "-f", "-"), "table inet zos {}\ndelete table inet zos\n" + Wall.table(rules));
    }

    /** curl's exit codes 7 and 28 say that no connection came about; what the other side answers does not matter. */
    private static boolean connects(String namespace, String from, String to, int port) {
        int exit = Command.attempt("ip", "netns", "exec", namespace, "curl", "--silent", "--connect-timeout", "1", "--interface", "host!" + from, "http://[" + to + "]:" + port + "/").exit();
        return exit != 7 && exit != 28;
    }

    private static void listen(String namespace, int port) {
        Command.run("sh", "-c", "ip netns exec " + namespace + " busybox httpd -f -p '[::]:" + port + "' -h / >/dev/null 2>&1 </dev/null & "
                + "until ip netns exec " + namespace + " ss -Hltn | grep -q :" + port + "; do :; done");
    }

    private static void address(String namespace, String device, String address) {
        Command.run("ip", "-n", namespace, "-6", "address", "add", address, "dev", device, "nodad");
        Command.run("ip", "-n", namespace, "link", "set", device, "up");
    }

    private static Inet6Address address(String text) throws UnknownHostException {
        return (Inet6Address) InetAddress.getByName(text);
    }
}
