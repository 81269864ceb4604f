package org.zosgrid.workloads.view;

import java.util.List;

/**
 * What happened to changes since somebody looked.
 *
 * @param complete whether it begins where they stopped; otherwise what is between is forgotten, and all must be looked at anew
 * @param position from where to go on
 * @param changes each once, as it is now, in the order of what happened last
 */
public record ChangeNews(boolean complete, String position, List<ChangeSummary> changes) {}
