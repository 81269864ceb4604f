package org.zosgrid.contract;

import java.util.List;
import java.util.stream.Collectors;

/** An input is refused; every fault that could be found is told at once. */
public class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public ContractException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public ContractException(String field, String problem, String value) {
        this(List.of(new Fault(field, problem, value)));
    }

    public ContractException(String field, String problem) {
        this(field, problem, "");
    }

    public List<Fault> faults() {
        return faults;
    }
}
