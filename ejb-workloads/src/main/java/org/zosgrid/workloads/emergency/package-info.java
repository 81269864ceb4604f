/**
 * Emergency changes: fewer people approve them, nodes end them by themselves, and people review them afterwards. {@link org.zosgrid.workloads.emergency.EmergencyChanges} says which may come and what is owed
 * of one that was sealed; {@link org.zosgrid.workloads.emergency.FollowEmergencies} follows each until that was done. Nothing here can make one last longer: when it ends stands in the signed document, and
 * nodes keep to it whether this side is there or not.
 */
@NullMarked
package org.zosgrid.workloads.emergency;

import org.jspecify.annotations.NullMarked;
