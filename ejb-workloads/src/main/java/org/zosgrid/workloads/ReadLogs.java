package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.util.stream.Collectors;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.network.NodeRefusedException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;

/** Fetches what a machine wrote from the node it runs on. */
@Stateless
public class ReadLogs {
    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private Changes changes;

    /** @throws RefusedException NOT_FOUND or UNAVAILABLE */
    public String logs(String name, String machine) {
        Deployment deployment = changes.sealed(name).stream().flatMap(change -> Documents.deployment(change).stream()).findFirst()
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such deployment", new Fault("name", "was never sealed", name)));
        String node = deployment.machines().stream().filter(each -> each.name().equals(machine)).map(Machine::node).findFirst()
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such machine", new Fault("machine",
                        "must be one of " + deployment.machines().stream().map(Machine::name).collect(Collectors.joining(", ")), machine)));
        try (NetworkConnection network = networks.getConnection()) {
            return network.logs(node, name, machine);
        } catch (NodeRefusedException refused) {
            throw new RefusedException(Kind.NOT_FOUND, "The node has no such log", new Fault("machine", String.valueOf(refused.getMessage()), machine));
        } catch (ResourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The node does not answer", new Fault("node", String.valueOf(away.getMessage()), node));
        }
    }
}
