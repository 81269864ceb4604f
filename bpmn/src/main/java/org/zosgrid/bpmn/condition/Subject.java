package org.zosgrid.bpmn.condition;

import java.time.Duration;
import org.zosgrid.bpmn.ChangeFacts;

/**
 * What a condition is asked about.
 *
 * @param facts of the change
 * @param name of what is deployed or removed
 * @param version that the change makes
 * @param age time since the process began
 */
public record Subject(ChangeFacts facts, String name, long version, Duration age) {}
