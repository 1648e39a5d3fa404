"""A FastAPI service that holds its customers' connections in OpenInt.

    uvicorn fastapi_app:app

It takes OPENINT_API_KEY, and OPENINT_BASE_URL where that is set. One client serves the whole
application: it has the connections to the API, and closes them when the application ends.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from openint_sdk import (
    APIConnectionError,
    APIStatusError,
    AsyncOpenint,
    NotFoundError,
    RateLimitError,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    async with AsyncOpenint(max_concurrency=32, total_timeout=20) as client:
        app.state.openint = client
        yield


app = FastAPI(lifespan=lifespan)


def openint(request: Request) -> AsyncOpenint:
    client: AsyncOpenint = request.app.state.openint
    return client


def signed_in_customer(x_customer: Annotated[str, Header(max_length=64)]) -> str:
    """Says whose browser this is. A real service reads its own session here."""
    if not x_customer.isalnum():
        raise HTTPException(401, "sign in first")
    return x_customer


Client = Annotated[AsyncOpenint, Depends(openint)]
Customer = Annotated[str, Depends(signed_in_customer)]


class Token(BaseModel):
    """Lets the customer's browser connect services, for ten minutes."""

    token: str
    connect_url: str | None


class ConnectionRow(BaseModel):
    """Tells the browser of a connection. Settings with credentials stay on the server."""

    id: str
    connector: str | None
    status: str | None


@app.post("/openint/token")
async def create_token(client: Client, customer: Customer) -> Token:
    made = await client.create_customer_token(customer, validity_in_seconds=600)
    return Token(token=made.token, connect_url=made.magic_link_url)


@app.get("/connections")
async def list_connections(client: Client, customer: Customer) -> list[ConnectionRow]:
    rows = client.iter_connections(customer_id=customer)
    return [
        ConnectionRow(id=row.id, connector=row.connector_name, status=row.status)
        async for row in rows
    ]


@app.delete("/connections/{id}", status_code=204)
async def delete_connection(id: str, client: Client, customer: Customer) -> None:
    connection = await client.get_connection(id)
    if connection.customer_id != customer:
        raise HTTPException(404, "there is no such connection")
    await client.delete_connection(id)


@app.exception_handler(NotFoundError)
async def not_found(_: Request, __: NotFoundError) -> JSONResponse:
    return JSONResponse({"detail": "there is no such connection"}, 404)


@app.exception_handler(RateLimitError)
async def too_many(_: Request, error: RateLimitError) -> JSONResponse:
    wait = max(1, round(error.retry_after or 1))
    return JSONResponse({"detail": "try again later"}, 503, {"retry-after": str(wait)})


@app.exception_handler(APIConnectionError)
async def unreachable(_: Request, __: APIConnectionError) -> JSONResponse:
    return JSONResponse({"detail": "OpenInt cannot be reached"}, 503)


@app.exception_handler(APIStatusError)
async def refused(_: Request, error: APIStatusError) -> JSONResponse:
    # The request id is what OpenInt's support asks for.
    return JSONResponse({"detail": "OpenInt refused", "request_id": error.request_id}, 502)
