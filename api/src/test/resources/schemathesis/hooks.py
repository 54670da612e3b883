"""What openapi.json cannot say: which things there are, and which well-formed values are refused for what they mean."""

import json
import os
import random
import re
import uuid

import requests
import schemathesis

THINGS = json.loads(os.environ["TLDR_THINGS"])
OWN_KEY = os.environ["TLDR_OWN_KEY"]
OTHER_KEY = os.environ["TLDR_OTHER_KEY"]
ID = re.compile(r"([a-z]+)_[0-9a-hjkmnp-tv-z]{26}")
VERSION = re.compile(r'"[0-9]+"')
USABLE_KEY = re.compile(r"[!-~]{1,255}")

# What a schema has no words for: the field that is named, and in which operation.
MEANT = [
    # A cursor belongs to one list, in one order.
    (r"list.*", r"cursor"),
    # Nowhere on earth is a clock more than 18 hours from UTC.
    (r".*", r"created_(after|before)"),
    # One end of a range must be before the other one.
    (r"getSignals|getUsage", r"from|to"),
    # Days of these centuries, and not too many of them.
    (r"getHighlightAnalytics", r"from|to"),
    (r"listHighlights", r"sort|stream_id"),
    (r"listEvents", r"cursor"),
    # Of the organization, or nothing.
    (r"changeHighlights|exportHighlights", r"ids\[\d+\]|ids|stream_id|versions\..*"),
    (r"deleteOrganization", r"name"),
    # A token that was sent by mail.
    (r"resetPassword|verifyEmail|acceptInvitation", r"token"),
    # One end of a moment must stay before the other one.
    (r"judgeHighlight|changeHighlight", r"start_time|end_time"),
    # A recording has no clock, and what happened is told once.
    (r"postMarkers", r"markers\[\d+\](\.sent_at)?"),
    # Parts of a set that must fit each other: names that are there, types that have categories, formulas that can be read.
    (
        r".*Dimension(Set|Sets)|.*HighlightType|validate.*|preview.*",
        r"options\.(dimension_set_id|processing_modules|fusion(\..*)?)|(dimension_set\.)?(fallback_set_id|min_dimensions_required|clip\.(shortest|longest)"
        r"|dimensions(\[\d+\])?|dimensions\[\d+\]\.(id|range|threshold|prefer_rules|categories(\..*)?|rules\.(based_on|signals(\..*)?))"
        r"|(highlight_types\[\d+\]\.)?(id|metadata_template\..*"
        r"|criteria\.(min_scores\..*|any_of_scores\..*|required_dimensions(\[\d+\])?|score_formula|m\w+_duration|min_total_score)))",
    ),
    # What is measured stays so.
    (r"reanalyzeStream|retryStream", r"options\.thorough"),
    # Of the organization, or what this installation has: words can be heard where something listens, and when there is a letter
    # or a digit of some script in them.
    (
        r"createStream|estimateStream|createBatch|reviseStream|preview.*|reanalyzeStream|uploadStream",
        r"(streams\[\d+\]\.)?(source_url|platform|options\.(dimension_set_id|strategy|wake_words(\[\d+\])?|highlight_types(\[\d+\])?"
        r"|custom_dimensions(\..*)?|processing_modules|fusion(\..*)?|m\w+_duration|buffer_\w+))",
    ),
    # Within a year from now.
    (r"shareHighlight", r"expires_at"),
    # The order of parts.
    (r"uploadStream", r"sha256|stream"),
    (r"createApiKey|changeApiKey", r"ip_allow_list\[\d+\]|expires_at|scopes(\[\d+\])?"),
    # Addresses that may be reached, names of events that there are, headers that are not ours.
    (r"createWebhook|changeWebhook", r"url|events\[\d+\]|custom_headers\..*|retry_policy\.longest_gap"),
    (r"createStream|estimateStream|createBatch|uploadStream", r"(streams\[\d+\]\.)?webhooks\.on_\w+"),
    # The last 14 days.
    (r"recoverWebhook", r"since"),
    # A hundred faults, and how many more there are.
    (r"createBatch|postMarkers", r""),
    # Control characters and halves of characters, which nobody sees or sends.
    (r"createOrganization|changeOrganization|changeMe|register|acceptInvitation", r"name|organization_name"),
    (r"login|changeEmail|deleteMe|changePassword", r"password|current_password"),
    # What is guessed first.
    (r"register|acceptInvitation|resetPassword|changePassword", r"password|new_password"),
]

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

seen = set()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Fills in things that there are where the document has an example, and makes each idempotency key another one."""
    parameters = case.path_parameters or {}
    for name, value in list(parameters.items()):
        found = ID.fullmatch(str(value))
        if str(value) == OWN_KEY:
            # Neither revoked nor changed: the run needs it.
            parameters[name] = "key_01kb0000000000000000000000"
        elif case.operation.method.lower() != "delete" and found and str(value) not in seen and THINGS.get(found[1]):
            parameters[name] = THINGS[found[1]]
    headers = case.headers
    if headers is None:
        return
    if USABLE_KEY.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    # Everybody has an address: who tries to sign in too often from one of them learns nothing of what is behind that.
    if case.operation.path.startswith("/api/v1/auth/"):
        headers["X-Forwarded-For"] = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    # The example of a version is never the current one.
    if VERSION.fullmatch(str(headers.get("If-Match", ""))):
        headers["If-Match"] = "*"


@schemathesis.hook
def after_call(context, case, response):
    seen.update(match[0] for match in ID.finditer(response.content.decode("utf-8", "replace")))


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops the refusal of a well-formed request for what it means, when that is all that is refused in it."""
    if type(failure).__name__ != "RejectedPositiveData" or response.status_code != 400:
        return True
    operation = case.operation.definition.raw.get("operationId", "")
    errors = json.loads(response.content).get("errors") or []
    meant = [field for name, field in MEANT if re.fullmatch(name, operation)]
    return not errors or not all(
        # PostgreSQL has no text with it, in whatever field.
        "U+0000" in error["message"] or any(re.fullmatch(field, error["field"], re.DOTALL) for field in meant)
        for error in errors
    )


@schemathesis.check
def nothing_for_another_organization(ctx, response, case):
    """What was answered under an id of ours is not there for a key of another organization, however it asks."""
    named = any(ID.fullmatch(str(value)) for value in (case.path_parameters or {}).values())
    # What is possible at an address is told to everybody, whatever is there.
    if not named or response.request.method != case.operation.method.upper() or response.status_code >= 300:
        return
    if case.operation.definition.raw.get("x-required-scope") == "open":
        return
    request = response.request.copy()
    request.headers.pop("Authorization", None)
    request.headers["X-API-Key"] = OTHER_KEY
    with requests.Session() as session:
        answer = session.send(request, timeout=20)
    assert answer.status_code in (403, 404, 429), f"another organization gets {answer.status_code}"
