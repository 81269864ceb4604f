/**
 * Tokens that an OpenID provider, or an issuer for MicroProfile JWT, signed: {@link org.zosgrid.workloads.token.TokenVerifier} tells whether one is good and
 * {@link org.zosgrid.workloads.token.TokenSettings} which groups have which role. What a token allows is never more than reading and setting this server up.
 */
@NullMarked
package org.zosgrid.workloads.token;

import org.jspecify.annotations.NullMarked;
