package tv.tldr.workflows.activity;

/** What every activity is given: it works for one stream, and says which. */
public interface StreamCommand {
    StreamRef stream();
}
