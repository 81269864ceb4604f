package org.zosgrid.workloads.model;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.MaintenanceWindows;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.policy.Window;

/** Maintenance windows out of the file that {@code zos.workflow.windows} names. */
@ApplicationScoped
public class ConfiguredWindows implements MaintenanceWindows {
    @Inject
    @ConfigProperty(name = "zos.workflow.windows")
    private Optional<String> file;

    private Map<String, List<Window>> windows = Map.of();

    @PostConstruct
    void read() {
        file.ifPresent(path -> {
            try {
                windows = Window.named(Files.readAllBytes(Path.of(path)));
            } catch (IOException | ContractException wrong) {
                throw new IllegalStateException("zos.workflow.windows: " + path + ": " + wrong.getMessage(), wrong);
            }
        });
    }

    Set<String> names() {
        return windows.keySet();
    }

    @Override
    public Instant opens(String window, Instant from) {
        List<Window> named = windows.get(window);
        if (named == null) {
            throw new InvalidChangeException("window: there is no maintenance window '" + window + "' any more");
        }
        if (named.stream().anyMatch(each -> each.contains(from))) {
            return from;
        }
        return named.stream().flatMap(each -> each.openings(from)).min(Instant::compareTo)
            .orElseThrow(() -> new InvalidChangeException("window: the maintenance window '" + window + "' never opens again"));
    }
}
