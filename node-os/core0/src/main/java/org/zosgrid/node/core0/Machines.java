package org.zosgrid.node.core0;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.WorkloadStatus;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.flist.ImageConfig;
import org.zosgrid.node.zmachine.ContainerSpec;
import org.zosgrid.node.zmachine.Terminal;
import org.zosgrid.node.zmachine.Usage;
import org.zosgrid.node.zmachine.ZMachines;
import org.zosgrid.node.znet.Attachment;
import org.zosgrid.node.znet.PrivateNetworks;
import org.zosgrid.node.zosfs.ZosFilesystem;

/** Makes the containers on this node be those of the documents: image, network, container, in this order; and back in the other. */
final class Machines {
    private static final System.Logger LOG = System.getLogger(Machines.class.getName());
    private static final int HEALTH_MILLIS = 300;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final String node;
    private final Supplier<TrustRoot> root;
    private final Images images;
    private final PrivateNetworks networks;
    private final ZMachines containers;
    private final String mark;
    /** What was started by this process, and from which definition. */
    private final Map<String, Machine> started = new HashMap<>();

    Machines(String node, Path state, Supplier<TrustRoot> root, Images images, PrivateNetworks networks) {
        this.node = node;
        this.root = root;
        this.images = images;
        this.networks = networks;
        this.containers = new ZMachines(state.resolve("machines"));
        this.mark = "zos-" + Integer.toHexString(state.toAbsolutePath().hashCode()) + "-";
    }

    /** Containers outlive this process, but the images below them do not: they are stopped, and started again on fresh mounts. */
    void recover() {
        containers.stop(containers.list(), GRACE);
    }

    /** How the machines that ran here differ from what this node left of them. A node that was started just now finds their files, and nothing running yet. */
    List<Drift> drift(Deployment deployment) {
        List<Drift> found = new ArrayList<>();
        for (Machine machine : deployment.machines()) {
            if (machine.node().equals(node)) {
                drift(id(deployment.name(), machine.name()), machine).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Drift> drift(String id, Machine machine) {
        Optional<ZMachines.Damage> damage = containers.damage(id, definition(machine));
        if (damage.isPresent()) {
            return Optional.of(switch (damage.get()) {
                case GONE -> new Drift(machine.name(), Drift.Kind.GONE, "the files of " + machine.name() + " are not there any more");
                case ALTERED -> new Drift(machine.name(), Drift.Kind.ALTERED, "what " + machine.name() + " is made of was changed on this node");
            });
        }
        if (!machine.withoutTerminal().equals(started.get(id))) {
            return Optional.empty();
        }
        return switch (containers.state(id)) {
            case RUNNING -> Optional.empty();
            case STOPPED -> Optional.of(new Drift(machine.name(), Drift.Kind.ENDED, machine.name() + " had ended" + (lastWords(id).isEmpty() ? "" : "; " + lastWords(id))));
            case ABSENT -> Optional.of(new Drift(machine.name(), Drift.Kind.GONE, "the container of " + machine.name() + " is not there any more"));
        };
    }

    /** Lets go of machines that are to be made anew. */
    void letGo(Deployment deployment, List<Drift> drifted) {
        stop(drifted.stream().map(each -> id(deployment.name(), each.machine())).toList());
    }

    /** Starts what should run and does not, but for machines that are to be left as they are; returns whether anything was started, throws what is in the way. */
    boolean ensure(Deployment deployment, Set<String> left) {
        boolean any = false;
        int index = 1;
        for (Machine machine : deployment.machines()) {
            index++;
            if (machine.node().equals(node) && !left.contains(machine.name())) {
                any |= ensure(deployment, machine, index);
            }
        }
        return any;
    }

    private boolean ensure(Deployment deployment, Machine machine, int index) {
        String id = id(deployment.name(), machine.name());
        if (machine.withoutTerminal().equals(started.get(id)) && containers.state(id) == ZMachines.State.RUNNING) {
            return false;
        }
        if (started.containsKey(id) && !machine.withoutTerminal().equals(started.get(id))) {
            containers.delete(id);
        }
        started.remove(id);
        ZosFilesystem.Mount image = images.mount(machine.image());
        Path namespace = networks.attach(new Attachment(deployment.name(), machine.name(), deployment.network().address(index), deployment.network().address(1),
                deployment.network().prefix(), address(deployment.name(), machine.name())));
        ImageConfig config = image.flist().config();
        List<String> command = new ArrayList<>(machine.command());
        if (command.isEmpty()) {
            command.addAll(config.entrypoint());
            command.addAll(config.command());
        }
        Map<String, String> environment = new LinkedHashMap<>(config.environment());
        environment.putAll(machine.environment());
        containers.start(new ContainerSpec(id, definition(machine), image.target(), command, environment, config.workingDirectory(), config.user(), machine.cpuMillis(), machine.memory().bytes(), namespace));
        started.put(id, machine.withoutTerminal());
        return true;
    }

    /** Stops what runs of a deployment; what its machines wrote stays. */
    void halt(Deployment deployment) {
        stop(deployment.machines().stream().filter(machine -> machine.node().equals(node)).map(machine -> id(deployment.name(), machine.name()))
                .filter(id -> containers.state(id) != ZMachines.State.ABSENT).toList());
    }

    private void stop(List<String> ids) {
        containers.stop(ids, GRACE);
        started.keySet().removeAll(ids);
    }

    /** Removes every container and network that no document asks for; returns whether anything was removed. */
    void removeOthers(List<Deployment> deployments) {
        Set<String> wanted = new TreeSet<>();
        Set<String> fingerprints = new TreeSet<>();
        for (Deployment deployment : deployments) {
            for (Machine machine : deployment.machines()) {
                if (machine.node().equals(node)) {
                    wanted.add(id(deployment.name(), machine.name()));
                    fingerprints.add(Images.fingerprint(machine.image()));
                }
            }
        }
        List<String> unwanted = containers.list().stream().filter(id -> id.startsWith(mark) && !wanted.contains(id)).toList();
        try {
            stop(unwanted);
        } catch (RuntimeException some) {
            // Removed is what can be; where one could not be stopped, its removal says why.
            LOG.log(System.Logger.Level.WARNING, "not all that is to be removed could be stopped", some);
        }
        for (String id : unwanted) {
            containers.delete(id);
            String[] part = id.substring(mark.length()).split("\\.", 2);
            networks.detach(part[0], part[1]);
            if (wanted.stream().noneMatch(other -> other.startsWith(mark + part[0] + "."))) {
                networks.remove(part[0]);
            }
        }
        images.keepOnly(fingerprints);
    }

    /** The same of machines that were started just now: most answer at once, and are not to wait for the next round to be seen. */
    List<WorkloadStatus> statusSoon(Deployment deployment) {
        long end = System.nanoTime() + SOON.toNanos();
        List<WorkloadStatus> status = status(deployment);
        while (status.stream().anyMatch(each -> each.state().equals("starting")) && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return status;
            }
            status = status(deployment);
        }
        return status;
    }

    /** How each machine of a deployment on this node is: running means that every port answers. */
    List<WorkloadStatus> status(Deployment deployment) {
        List<WorkloadStatus> all = new ArrayList<>();
        for (Machine machine : deployment.machines()) {
            if (machine.node().equals(node)) {
                Inet6Address address = address(deployment.name(), machine.name());
                String id = id(deployment.name(), machine.name());
                boolean runs = started.containsKey(id) && containers.state(id) == ZMachines.State.RUNNING;
                Optional<Integer> silent = runs ? machine.ports().stream().filter(port -> !answers(address, port)).findFirst() : Optional.empty();
                all.add(new WorkloadStatus(machine.name(), runs ? silent.isEmpty() ? "running" : "starting" : "stopped", address.getHostAddress(),
                        silent.map(port -> "port " + port + " does not answer").orElse(runs ? "" : lastWords(id))));
            }
        }
        return all;
    }

    String logs(String deployment, String machine) {
        return containers.logs(id(deployment, machine), 64 << 10);
    }

    Optional<Usage> usage(String deployment, String machine) {
        return containers.usage(id(deployment, machine));
    }

    /** A shell in a machine that runs. */
    Terminal terminal(String deployment, String machine) {
        return containers.terminal(id(deployment, machine));
    }

    void trimLogs() {
        containers.trimLogs();
    }

    /** Stops everything; what machines wrote stays. */
    void stopAll() {
        recover();
    }

    /** Ends every container and removes what the kernel holds for them. What they wrote stays, for a node that is started again. */
    void takeDown() {
        stop(containers.list());
        networks.removeAll();
    }

    private Inet6Address address(String deployment, String machine) {
        return OverlayAddress.ofMachine(root.get().nodes().get(node).key(), deployment, machine);
    }

    /** Who may look into a machine is no part of what it is. */
    private static String definition(Machine machine) {
        return machine.withoutTerminal().toString();
    }

    private String lastWords(String id) {
        String log = containers.logs(id, 200).strip();
        return log.isEmpty() ? "" : "its last words: " + log;
    }

    private String id(String deployment, String machine) {
        return mark + deployment + "." + machine;
    }

    private static boolean answers(Inet6Address address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), HEALTH_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
