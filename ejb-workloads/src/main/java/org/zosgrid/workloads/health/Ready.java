package org.zosgrid.workloads.health;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.zosgrid.workloads.ReportHealth;
import org.zosgrid.workloads.view.Health;

/** Whether database and workflow engine answer: the same as {@code /api/health}. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {
    @EJB private ReportHealth report;

    @Override
    public HealthCheckResponse call() {
        Health health = report.health();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("ready").status(health.ready());
        health.parts().forEach(part -> answer.withData(part.name(), part.good() ? "answers" : part.message()));
        return answer.build();
    }
}
