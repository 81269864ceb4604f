package org.zosgrid.settings;

import java.util.List;

/** Settings that nothing may be started with; every fault begins with the setting's key. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> faults;

    SettingsException(String what, List<String> faults) {
        super(what + (faults.isEmpty() ? "" : ":\n  " + String.join("\n  ", faults)));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
