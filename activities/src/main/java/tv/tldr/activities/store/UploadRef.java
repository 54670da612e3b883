package tv.tldr.activities.store;

import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.UploadId;

/** Which upload, and whose? */
public record UploadRef(OrganizationId organizationId, UploadId uploadId) {
    /** Below which its objects are. */
    public ObjectKey folder() {
        return ObjectKeys.upload(organizationId, uploadId);
    }

    Removal removal() {
        return new Removal(organizationId, folder());
    }
}
