package org.zosgrid.node.planetary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.Linux;

/** A network namespace of this test run's own, gone when it is closed. */
final class NetworkNamespace implements AutoCloseable {
    private final String name;

    NetworkNamespace(String purpose) {
        this.name = "zpln-" + purpose + "-" + ProcessHandle.current().pid();
        Command.run("ip", "netns", "add", name);
        Command.run("ip", "-n", name, "link", "set", "lo", "up");
    }

    String name() {
        return name;
    }

    /** A cable to another namespace: an address at each end. */
    void connect(String device, String address, NetworkNamespace other, String otherDevice, String otherAddress) {
        Command.run("ip", "link", "add", device, "netns", name, "type", "veth", "peer", "name", otherDevice, "netns", other.name);
        configure(device, address);
        other.configure(otherDevice, otherAddress);
    }

    private void configure(String device, String address) {
        Command.run("ip", "-n", name, "address", "add", address, "dev", device);
        Command.run("ip", "-n", name, "link", "set", device, "up");
    }

    /** Runs a tool in the namespace. */
    Command.Result exec(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(Arrays.asList(command));
        return Command.attempt(all.toArray(String[]::new));
    }

    /** Starts something on a thread inside the namespace. */
    <T> CompletableFuture<T> start(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Linux.enterNetworkNamespace(Path.of("/run/netns", name));
                result.complete(work.call());
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    <T> T run(Callable<T> work) {
        return start(work).join();
    }

    @Override
    public void close() {
        Command.attempt("ip", "netns", "delete", name);
    }
}
