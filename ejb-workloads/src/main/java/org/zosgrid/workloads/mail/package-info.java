/**
 * Tells people by mail what they have to know: that their approval is asked for, that it is still missing, that a change is about to expire, and how one ended.
 *
 * <p>{@link org.zosgrid.workloads.mail.Notices} writes each message in the transaction of what it tells of, in the words of the one catalogue, {@code MailText}.
 * {@link org.zosgrid.workloads.mail.SendMail} hands what waits to the configured SMTP server. Without one, nothing is written, and nothing for an
 * organisation that has no file with its people's addresses.
 *
 * <p>Mail goes out only. Nothing that comes back is read, and no message has a link that does something: an approval is a signature.
 */
@NullMarked
package org.zosgrid.workloads.mail;

import org.jspecify.annotations.NullMarked;
