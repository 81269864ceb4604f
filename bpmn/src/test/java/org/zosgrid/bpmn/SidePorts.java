package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** What blocks of customers' models ask of the application besides {@link Ports}; written down in the same list of calls. */
final class SidePorts implements Notices, Webhooks, Tickets, MaintenanceWindows {
    private final Ports ports;
    /** When the window opens; now, if null. */
    Instant opens = ClockUtil.getCurrentTime().toInstant();

    SidePorts(Ports ports) {
        this.ports = ports;
    }

    Map<String, Object> steps() {
        return ModelSteps.of(ports, this, this, this, this);
    }

    @Override
    public void tell(long change, Audience audience, String text) {
        call("tell " + audience + ": " + text);
    }

    @Override
    public void call(long change, String endpoint, String text) {
        call("webhook " + endpoint);
    }

    @Override
    public String open(long change, String system, String summary, String key) {
        call("ticket " + system);
        return "CHG-1";
    }

    @Override
    public Instant opens(String window, Instant from) {
        call("window " + window);
        return opens.isBefore(from) ? from : opens;
    }

    private void call(String name) {
        ports.calls.add(name);
        RuntimeException refusal = ports.refusals.get(name);
        if (refusal != null) {
            throw refusal;
        }
    }
}
