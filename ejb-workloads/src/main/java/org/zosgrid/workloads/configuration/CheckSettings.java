package org.zosgrid.workloads.configuration;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.logging.Logger;

/** Refuses to start on settings that the catalogue does not have or that are none. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class CheckSettings {
    private static final Logger LOG = Logger.getLogger(CheckSettings.class.getName());

    /** @throws org.zosgrid.settings.SettingsException with every fault */
    @PostConstruct
    public void check() {
        Effective.settings().warnings().forEach(LOG::warning);
    }
}
