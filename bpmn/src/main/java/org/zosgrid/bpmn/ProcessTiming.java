package org.zosgrid.bpmn;

import java.time.Duration;

/**
 * How patient the processes are.
 *
 * @param retryPause between two attempts to reach a hub, a node or a gateway
 * @param verificationPatience how long the hub may be away while a change is verified, before the change is given back
 * @param provisioningPatience how long nodes and gateways may take from sealing until everything runs, before all of it is taken back
 * @param rotationPatience how long the trust root may take that names a new node; a quarter of it is what people are left alone with a node that is not empty
 */
public record ProcessTiming(Duration retryPause, Duration verificationPatience, Duration provisioningPatience, Duration rotationPatience) {}
