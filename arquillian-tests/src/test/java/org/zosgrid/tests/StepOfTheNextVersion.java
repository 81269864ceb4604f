package org.zosgrid.tests;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What only servers of the next version can do: a server without this class fails in the step. */
@Named(StepOfTheNextVersion.NAME)
@ApplicationScoped
public class StepOfTheNextVersion implements JavaDelegate {
    static final String NAME = "stepOfTheNextVersion";

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("nextVersion", true);
    }
}
