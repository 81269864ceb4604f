/**
 * Brings the catalogue of settings ({@link org.zosgrid.settings.Setting}) into the server, whoever started it: its defaults as a source of MicroProfile Config, and its
 * rules at the application's start.
 */
@NullMarked
package org.zosgrid.workloads.configuration;

import org.jspecify.annotations.NullMarked;
