/**
 * What both halves of the system share: the documents, who may sign them, and the proofs that they did.
 *
 * <p>A node decides with this module alone whether it runs something, so it knows neither Jakarta EE nor Linux, opens no connection and keeps no
 * state. Bytes that were signed are never serialised again: they are parsed, looked at, and passed on as they came.
 *
 * <p>Start reading at {@link org.zosgrid.contract.admission.Admission}: the one function that says yes or no.
 */
@NullMarked
package org.zosgrid.contract;

import org.jspecify.annotations.NullMarked;
