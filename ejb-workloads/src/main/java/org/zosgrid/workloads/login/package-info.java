/**
 * Logins with a name and a password: of accounts that are kept here, and of people whom a directory knows (LDAP). What comes of one is a token that counts for a while; it allows
 * what tokens of an OpenID provider allow, and never more. {@link org.zosgrid.workloads.login.LoginRoles} says which groups have which role.
 */
@NullMarked
package org.zosgrid.workloads.login;

import org.jspecify.annotations.NullMarked;
