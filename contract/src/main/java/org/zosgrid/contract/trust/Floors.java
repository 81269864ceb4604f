package org.zosgrid.contract.trust;

import org.zosgrid.contract.ContractException;

/** The least number of approving people for each class of change. The control plane may demand more, never less. */
public record Floors(int create, int change, int decommission) {
    public Floors {
        atLeastOne("floors.create", create);
        atLeastOne("floors.change", change);
        atLeastOne("floors.decommission", decommission);
    }

    private static void atLeastOne(String field, int floor) {
        if (floor < 1) {
            throw new ContractException(field, "must be at least 1", Integer.toString(floor));
        }
    }
}
