package org.zosgrid.workloads.scim;

import jakarta.ejb.ApplicationException;
import org.zosgrid.contract.Fault;

/** A request of a provisioning service that is not carried out; nothing of it remains. */
@ApplicationException(rollback = true)
public class ScimException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong, with the word that RFC 7644, section 3.12 has for it. */
    public enum Kind {
        INVALID_FILTER(400, "invalidFilter"),
        UNIQUENESS(409, "uniqueness"),
        MUTABILITY(400, "mutability"),
        INVALID_SYNTAX(400, "invalidSyntax"),
        INVALID_PATH(400, "invalidPath"),
        NO_TARGET(400, "noTarget"),
        INVALID_VALUE(400, "invalidValue"),
        NOT_FOUND(404, ""),
        /** The entity tag in If-Match is not that of the resource as it is now. */
        CHANGED_MEANWHILE(412, ""),
        TOO_LARGE(413, "");

        private final int status;
        private final String scimType;

        Kind(int status, String scimType) {
            this.status = status;
            this.scimType = scimType;
        }

        /** The HTTP status code. */
        public int status() {
            return status;
        }

        /** Empty where the RFC has no word. */
        public String scimType() {
            return scimType;
        }
    }

    private final Kind kind;

    public ScimException(Kind kind, Fault fault) {
        super(fault.toString());
        this.kind = kind;
    }

    ScimException(Kind kind, String field, String problem, String value) {
        this(kind, new Fault(field, problem, value));
    }

    public Kind kind() {
        return kind;
    }
}
