"""The yardstick for the API: the least that FastAPI and asyncpg need for a key's look-up and a list of 20 highlights, one of them, or
the submission of a stream that has to wait for its place.

    uvicorn --app-dir bench/api server:app --port 8001     (DATABASE_URL and KEY_SECRET in the environment, and SUBMISSION: a file
                                                            of JSON with the options, dimension_set and progress of each stream)
"""

import hashlib
import hmac
import json
import os
import re
import uuid
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

KEY = """
SELECT k.*, k.ip_allow_list::text[] AS networks, m.role, coalesce(k.expires_at <= now(), false) AS expired
FROM api_keys k LEFT JOIN memberships m ON m.organization_id = k.organization_id AND m.user_id = k.created_by
WHERE k.key_hash = $1 AND k.revoked_at IS NULL
"""
LIST = """
SELECT * FROM highlights WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT 21
"""
ONE = "SELECT * FROM highlights WHERE organization_id = $1 AND id = $2"
SECRET = os.environ["KEY_SECRET"].encode()
SUBMISSION = json.loads(Path(os.environ["SUBMISSION"]).read_text())


def statements():
    """Those of submission.sql by name, each with the names of its parameters in their order."""
    text = Path(__file__).with_name("submission.sql").read_text()
    found = {}
    for name, statement in re.findall(r"^-- (\w+)\n(.*?;)$", text, re.MULTILINE | re.DOTALL):
        names = list(dict.fromkeys(re.findall(r"(?<!:):(\w+)", statement)))
        found[name] = re.sub(r"(?<!:):(\w+)", lambda match: f"${names.index(match[1]) + 1}", statement), names
    return found


STATEMENTS = statements()


class Stream(BaseModel):
    source_url: str


async def prepare(connection):
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


@asynccontextmanager
async def lifespan(app):
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=10, max_size=10, init=prepare) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


async def organization(connection, request):
    presented = request.headers.get("x-api-key", "")
    row = await connection.fetchrow(KEY, hmac.digest(SECRET, presented.encode(), hashlib.sha256))
    if row is None or row["expired"]:
        raise HTTPException(401)
    return row["organization_id"]


@app.get("/api/v1/highlights")
async def several(request: Request):
    async with app.state.pool.acquire() as connection:
        rows = await connection.fetch(LIST, await organization(connection, request))
    return {"data": [dict(row) for row in rows[:20]], "has_more": len(rows) > 20}


@app.get("/api/v1/highlights/{number}")
async def one(number: str, request: Request):
    async with app.state.pool.acquire() as connection:
        row = await connection.fetchrow(ONE, await organization(connection, request), number)
    if row is None:
        raise HTTPException(404)
    return dict(row)


async def run(connection, name, values):
    statement, names = STATEMENTS[name]
    return await connection.fetchrow(statement, *(values[name] for name in names))


@app.post("/api/v1/streams", status_code=202)
async def submit(stream: Stream, request: Request):
    async with app.state.pool.acquire() as connection:
        values = {
            "organization": await organization(connection, request),
            "stream": uuid.uuid4(),
            "url": stream.source_url,
            **SUBMISSION,
        }
        await run(connection, "plan", values)
        await run(connection, "usage", values)
        await run(connection, "find", values)
        async with connection.transaction():
            row = await run(connection, "insert", values)
        if row is None:
            raise HTTPException(409)
        async with connection.transaction():
            await run(connection, "lock", values)
            granted = await run(connection, "grant", values)
    # Bytes are no JSON.
    return {name: value for name, value in (granted or row).items() if name != "source_key"}
