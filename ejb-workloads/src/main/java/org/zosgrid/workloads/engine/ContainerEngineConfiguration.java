package org.zosgrid.workloads.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.JakartaTransactionProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.interceptor.AbstractTransactionInterceptor;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** An engine whose transactions the container begins and ends. */
final class ContainerEngineConfiguration extends JakartaTransactionProcessEngineConfiguration {
    private final OwnTransaction own;

    ContainerEngineConfiguration(OwnTransaction own) {
        this.own = own;
    }

    @Override
    protected Collection<? extends CommandInterceptor> getDefaultCommandInterceptorsTxRequired() {
        return inContainer(super.getDefaultCommandInterceptorsTxRequired(), false);
    }

    @Override
    protected Collection<? extends CommandInterceptor> getDefaultCommandInterceptorsTxRequiresNew() {
        return inContainer(super.getDefaultCommandInterceptorsTxRequiresNew(), true);
    }

    private Collection<CommandInterceptor> inContainer(Collection<? extends CommandInterceptor> usual, boolean alwaysNew) {
        List<CommandInterceptor> ours = new ArrayList<>(usual);
        ours.replaceAll(each -> each instanceof AbstractTransactionInterceptor ? new ContainerTransactionInterceptor(transactionManager, own, alwaysNew) : each);
        return ours;
    }
}
