package org.zosgrid.workloads.view;

/**
 * A setting in force.
 *
 * @param value empty for none; what could hold a secret is not shown
 * @param source where it was given, or {@code default}
 * @param type what it may be, for people
 */
public record SettingView(String key, String value, String source, String type, String description) {}
