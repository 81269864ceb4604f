package org.zosgrid.workloads.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.zosgrid.workloads.engine.DatabaseSchema;

/** Whether the application is through its start: the tables are there, and with them everything that begins after them. */
@Startup
@ApplicationScoped
public class Started implements HealthCheck {
    @EJB private DatabaseSchema schema;

    @Override
    public HealthCheckResponse call() {
        schema.await();
        return HealthCheckResponse.up("started");
    }
}
