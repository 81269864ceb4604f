package org.zosgrid.workloads.configuration;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.zosgrid.settings.Settings;

/** The settings in force in this server, whichever source of MicroProfile Config they come from. */
public final class Effective {
    private static final String NAME = "the server's configuration";

    private Effective() {}

    /** @throws org.zosgrid.settings.SettingsException with every fault */
    public static Settings settings() {
        return Settings.check(NAME, given());
    }

    /**
     * The same before anything works by them: with what is in the files that are named.
     *
     * @throws org.zosgrid.settings.SettingsException with every fault
     */
    static Settings toStart() {
        return Settings.checkToStart(NAME, given(), System.getenv());
    }

    private static Map<String, Settings.Value> given() {
        Config config = ConfigProvider.getConfig();
        var given = new TreeMap<String, Settings.Value>();
        for (String key : config.getPropertyNames()) {
            if (Settings.isOurs(key)) {
                config.getOptionalValue(key, String.class).ifPresent(value -> given.put(key, new Settings.Value(value, String.valueOf(config.getConfigValue(key).getSourceName()))));
            }
        }
        return given;
    }
}
