package tv.tldr.workflows.selection;

import tv.tldr.workflows.stream.TimeRange;

/** Where does a clip begin and end, and what do its edges rest on? */
record Placement(TimeRange range, Edge start, Edge end) {}
