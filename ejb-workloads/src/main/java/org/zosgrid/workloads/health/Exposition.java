package org.zosgrid.workloads.health;

import java.util.Map;
import java.util.TreeMap;

/** Prometheus's text format, version 0.0.4. */
public final class Exposition {
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** One value without labels. */
    public Exposition gauge(String name, String help, long value) {
        head(name, help, "gauge");
        text.append(name).append(' ').append(value).append('\n');
        return this;
    }

    /** One value for each value of a label. */
    public Exposition gauge(String name, String help, String label, Map<String, Long> values) {
        head(name, help, "gauge");
        new TreeMap<>(values).forEach((each, value) -> text.append(name).append('{').append(labelled(label, each)).append("} ").append(value).append('\n'));
        return this;
    }

    void histogram(String name, String help, String label, Map<?, Histogram> values) {
        head(name, help, "histogram");
        values.forEach((each, histogram) -> histogram.write(text, name, labelled(label, each.toString())));
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static String labelled(String label, String value) {
        return label + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
