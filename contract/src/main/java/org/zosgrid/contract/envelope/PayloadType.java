package org.zosgrid.contract.envelope;

/** What an envelope's bytes are: part of what is signed, so that a signature over one kind never counts for another. */
public final class PayloadType {
    public static final String DEPLOYMENT = "application/vnd.zosgrid.deployment.v1+json";
    public static final String PAUSE = "application/vnd.zosgrid.pause.v1+json";
    public static final String RESUME = "application/vnd.zosgrid.resume.v1+json";
    public static final String DECOMMISSION = "application/vnd.zosgrid.decommission.v1+json";
    public static final String MODEL = "application/vnd.zosgrid.model.v1+json";
    public static final String SKIP = "application/vnd.zosgrid.skip.v1+json";
    public static final String ADMISSION = "application/vnd.zosgrid.admission.v1+json";
    public static final String RETIREMENT = "application/vnd.zosgrid.retirement.v1+json";
    public static final String PROMOTION = "application/vnd.zosgrid.promotion.v1+json";
    public static final String REVIEW = "application/vnd.zosgrid.review.v1+json";
    public static final String WITHDRAWAL = "application/vnd.zosgrid.withdrawal.v1+json";
    public static final String RECEIPT = "application/vnd.zosgrid.receipt.v1+json";
    public static final String TRUST_ROOT = "application/vnd.zosgrid.trust-root.v1+json";
    public static final String IMAGE = "application/vnd.zosgrid.image.v1+json";
    public static final String RELEASE = "application/vnd.zosgrid.release.v1+json";
    public static final String TERMINAL_REQUEST = "application/vnd.zosgrid.terminal-request.v1+json";
    public static final String TERMINAL_ANSWER = "application/vnd.zosgrid.terminal-answer.v1+json";

    private PayloadType() {}
}
