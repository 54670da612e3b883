"""What somebody does first with a client that was generated from openapi.json: submit, look, list, and be refused."""

import os

from tldr_highlight_api_client import AuthenticatedClient
from tldr_highlight_api_client.api.highlights import list_highlights
from tldr_highlight_api_client.api.streams import create_stream, get_stream, list_streams
from tldr_highlight_api_client.models import CreateStream, CreateStreamOptions, Problem

client = AuthenticatedClient(
    base_url=os.environ["TLDR_URL"], token=os.environ["TLDR_KEY"], prefix="", auth_header_name="X-API-Key"
)

wanted = CreateStream(source_url="https://media.example.com/client.mp4", options=CreateStreamOptions(max_highlights=3))
made = create_stream.sync(client=client, body=wanted)
assert made.options.max_highlights == 3, made
assert get_stream.sync(client=client, id=made.id).source_url == wanted.source_url
assert made.id in [stream.id for stream in list_streams.sync(client=client).data]
highlights = list_highlights.sync(client=client).data
assert highlights and all(highlight.confidence_score > 0 for highlight in highlights), highlights

refused = create_stream.sync(client=client, body=CreateStream(source_url="ftp://media.example.com/a.mp4"))
assert isinstance(refused, Problem) and refused.errors[0].field == "source_url", refused
print("all is well")
