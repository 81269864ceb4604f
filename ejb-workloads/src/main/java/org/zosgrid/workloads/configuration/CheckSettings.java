package org.zosgrid.workloads.configuration;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.zosgrid.settings.Settings;

/** Refuses to start on settings that the catalogue does not have or that are none, whichever source of MicroProfile Config they come from. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class CheckSettings {
    private static final Logger LOG = Logger.getLogger(CheckSettings.class.getName());

    /** @throws org.zosgrid.settings.SettingsException with every fault */
    @PostConstruct
    public void check() {
        Config config = ConfigProvider.getConfig();
        var given = new TreeMap<String, Settings.Value>();
        for (String key : config.getPropertyNames()) {
            if (Settings.isOurs(key)) {
                config.getOptionalValue(key, String.class).ifPresent(value -> given.put(key, new Settings.Value(value, String.valueOf(config.getConfigValue(key).getSourceName()))));
            }
        }
        Settings.check("the server's configuration", given).warnings().forEach(LOG::warning);
    }
}
