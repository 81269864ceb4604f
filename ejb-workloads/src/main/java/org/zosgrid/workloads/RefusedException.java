package org.zosgrid.workloads;

import jakarta.ejb.ApplicationException;
import java.util.List;
import org.zosgrid.contract.Fault;

/** A request that is not carried out; nothing of it remains. Every fault that could be found is told at once. */
@ApplicationException(rollback = true)
public class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of no it is. */
    public enum Kind {
        /** Nobody proved who asks. */
        UNAUTHENTICATED,
        /** The caller may not ask for this. */
        FORBIDDEN,
        NOT_FOUND,
        /** It would be right at another time or in another state. */
        CONFLICT,
        /** The request's own content is wrong. */
        INVALID,
        /** Somebody who must be asked does not answer now. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String title;
    private final transient List<Fault> faults;

    public RefusedException(Kind kind, String title, List<Fault> faults) {
        super(title + (faults.isEmpty() ? "" : ": " + String.join("; ", faults.stream().map(Fault::toString).toList())));
        this.kind = kind;
        this.title = title;
        this.faults = List.copyOf(faults);
    }

    public RefusedException(Kind kind, String title, Fault... faults) {
        this(kind, title, List.of(faults));
    }

    public Kind kind() {
        return kind;
    }

    /** A short sentence without the faults. */
    public String title() {
        return title;
    }

    public List<Fault> faults() {
        return faults;
    }
}
