package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.network.NodeRefusedException;
import org.zosgrid.connector.network.Usage;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.UsageView;

/** Fetches what a machine wrote and what it takes from the node it runs on. */
@Stateless
public class ReadMachines {
    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private Changes changes;

    /** @throws RefusedException NOT_FOUND or UNAVAILABLE */
    public String logs(String name, String machine) {
        return ask(sealed(name, machine), machine, "log", (network, node) -> network.logs(node, name, machine));
    }

    /**
     * What a machine has taken so far, beside what its sealed document allows it.
     *
     * @throws RefusedException NOT_FOUND, also if it does not run, or UNAVAILABLE
     */
    public UsageView usage(String name, String machine) {
        Machine sealed = sealed(name, machine);
        Usage usage = ask(sealed, machine, "running machine", (network, node) -> network.usage(node, name, machine));
        return new UsageView(usage.at(), usage.cpu(), usage.throttled(), sealed.cpuMillis(), usage.memoryBytes(), usage.memoryPeakBytes(), sealed.memory().bytes(), usage.processes(),
            usage.receivedBytes(), usage.sentBytes());
    }

    private Machine sealed(String name, String machine) {
        return SealedMachine.find(changes, name, machine).machine();
    }

    /** What is asked of a node. */
    private interface Question<T> {
        T answer(NetworkConnection network, String node) throws ResourceException;
    }

    private <T> T ask(Machine sealed, String machine, String what, Question<T> question) {
        try (NetworkConnection network = networks.getConnection()) {
            return question.answer(network, sealed.node());
        } catch (NodeRefusedException refused) {
            throw new RefusedException(Kind.NOT_FOUND, "The node has no such " + what, new Fault("machine", String.valueOf(refused.getMessage()), machine));
        } catch (ResourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The node does not answer", new Fault("node", String.valueOf(away.getMessage()), sealed.node()));
        }
    }
}
