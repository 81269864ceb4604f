package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;

/** What machines cost a month, by the prices in the settings. */
@ApplicationScoped
public class Prices {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    @Inject
    @ConfigProperty(name = "zos.workflow.price-processor")
    Optional<String> processor = Optional.empty();

    @Inject
    @ConfigProperty(name = "zos.workflow.price-memory")
    Optional<String> memory = Optional.empty();

    /** Of all its machines in a month, rounded up; {@link ChangeFacts#UNKNOWN_COST} without prices. */
    public long of(Deployment deployment) {
        if (processor.isEmpty() || memory.isEmpty()) {
            return ChangeFacts.UNKNOWN_COST;
        }
        BigDecimal perMilli = new BigDecimal(processor.get());
        BigDecimal perGib = new BigDecimal(memory.get());
        BigDecimal sum = BigDecimal.ZERO;
        for (Machine machine : deployment.machines()) {
            // Both divisors have no prime factors but 2 and 5: the quotients end.
            sum = sum.add(perMilli.multiply(BigDecimal.valueOf(machine.cpuMillis())).divide(MILLIS)).add(perGib.multiply(BigDecimal.valueOf(machine.memory().bytes())).divide(GIB));
        }
        return sum.setScale(0, RoundingMode.CEILING).longValue();
    }
}
