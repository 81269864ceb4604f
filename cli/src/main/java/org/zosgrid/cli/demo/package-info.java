/** The main job, told step by step: a deployment that is approved, runs and answers; then the attacks; then its removal. */
@NullMarked
package org.zosgrid.cli.demo;

import org.jspecify.annotations.NullMarked;
