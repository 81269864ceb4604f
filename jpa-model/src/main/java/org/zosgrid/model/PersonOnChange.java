package org.zosgrid.model;

import java.io.Serializable;
import java.util.Objects;

/** The key of what one person said of one change. */
public class PersonOnChange implements Serializable {
    private static final long serialVersionUID = 1;

    private long changeId;
    private String person = "";

    protected PersonOnChange() {}

    public PersonOnChange(long changeId, String person) {
        this.changeId = changeId;
        this.person = person;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonOnChange that && changeId == that.changeId && person.equals(that.person);
    }

    @Override
    public int hashCode() {
        return Objects.hash(changeId, person);
    }
}
