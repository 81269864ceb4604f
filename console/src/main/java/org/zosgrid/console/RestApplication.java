package org.zosgrid.console;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Everything that answers under {@code /api}. */
@ApplicationPath("/api")
public class RestApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                HealthResource.class,
                LoginsResource.class,
                UsersResource.class,
                DescriptionResource.class,
                DeploymentsResource.class,
                EventsResource.class,
                ModelsResource.class,
                OrdersResource.class,
                PlansResource.class,
                DemandResource.class,
                ImagesResource.class,
                EmergenciesResource.class,
                IncidentsResource.class,
                LedgerResource.class,
                NodesResource.class,
                ProcessesResource.class,
                QuotaResource.class,
                SettingsResource.class,
                TasksResource.class,
                TerminalsResource.class,
                TrustRootsResource.class,
                WebhooksResource.class,
                EntityTags.class,
                ProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // openapi.yaml describes the interface, and nothing else does
                "jersey.config.server.wadl.disableWadl", true,
                // a Location is not made of the Host header, which anybody can write
                "jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
