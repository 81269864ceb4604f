package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.zosgrid.bpmn.Exposure;
import org.zosgrid.bpmn.RefusedByNodeException;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.network.NodeRefusedException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.Documents;

/** Asks gateways to open and close routes. They do it only if a contract they have accepted says so; this side only says when. */
@ApplicationScoped
public class RouteExposure implements Exposure {
    private static final Logger LOG = Logger.getLogger(RouteExposure.class.getName());

    @Resource(lookup = "zos/network")
    private NetworkConnectionFactory networks;

    @Inject private Changes changes;

    @Override
    public void open(long id) {
        Change change = changes.lock(id);
        Deployment deployment = Documents.deployment(change).or(() -> changes.current(change.name()).flatMap(Documents::deployment))
                .orElseThrow(() -> new IllegalStateException("change " + id + " exposes nothing"));
        try (NetworkConnection network = networks.getConnection()) {
            for (GatewayRoute route : deployment.gateways()) {
                if (!network.expose(route.node(), deployment.name(), route.name()).open()) {
                    throw new RefusedByNodeException("gateways." + route.name() + ": " + route.node() + " has not opened the route");
                }
            }
        } catch (NodeRefusedException refused) {
            throw new RefusedByNodeException(String.valueOf(refused.getMessage()));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    @Override
    public void close(long id) {
        Change change = changes.lock(id);
        Set<GatewayRoute> routes = new LinkedHashSet<>();
        Documents.deployment(change).ifPresent(deployment -> routes.addAll(deployment.gateways()));
        Optional<Deployment> current = changes.current(change.name()).flatMap(Documents::deployment);
        current.ifPresent(deployment -> routes.addAll(deployment.gateways()));
        try (NetworkConnection network = networks.getConnection()) {
            for (GatewayRoute route : routes) {
                close(network, route, change.name());
            }
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private static void close(NetworkConnection network, GatewayRoute route, String deployment) throws ResourceException {
        try {
            network.withdraw(route.node(), deployment, route.name());
        } catch (NodeRefusedException unknownThere) {
            // A route that the gateway does not know is not open: what was wanted.
            LOG.fine(unknownThere.getMessage());
        }
    }
}
