package org.zosgrid.bpmn;

import java.time.Duration;

/**
 * How patient the processes are.
 *
 * @param retryPause between two attempts to reach a hub, a node or a gateway
 * @param verificationPatience how long the hub may be away while a change is verified, before the change is given back
 * @param provisioningPatience how long nodes and gateways may take from sealing until everything runs, before all of it is taken back
 */
public record ProcessTiming(Duration retryPause, Duration verificationPatience, Duration provisioningPatience) {}
