package org.zosgrid.workloads.configuration;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.logging.Logger;

/** Refuses to start on settings that the catalogue does not have or that are none, and on files that do not hold what they must; warns of variables that are no settings. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class CheckSettings {
    private static final Logger LOG = Logger.getLogger(CheckSettings.class.getName());

    /** @throws org.zosgrid.settings.SettingsException with every fault */
    @PostConstruct
    public void check() {
        Effective.toStart().warnings().forEach(LOG::warning);
    }
}
