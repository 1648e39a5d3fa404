"""The clients, each as somebody would write it with that library.

``BLOCKING`` makes a client and gives a function that makes a call and checks its answer;
``CONCURRENT`` measures so many calls in so many tasks of asyncio.
"""

import json
import time

KEY = "key_bench"
CONFIG = "ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9"


def data():
    """The connector and its settings, made anew for each call."""
    credentials = {"access_token": "ya29.a0AfH6SMBx4h2kJ7", "expires_in": 3600}
    return {"connector_name": "acme-oauth2", "settings": {"oauth": {"credentials": credentials}}}


def body():
    """Body of a client without types of its own."""
    return {"connector_config_id": CONFIG, "customer_id": "customer_id", "data": data()}


HEADERS = {
    "authorization": f"Bearer {KEY}",
    "accept": "application/json",
    "content-type": "application/json",
}


def check(connection):
    """Look at an answer, so that no work can be left out."""
    assert connection["id"].startswith("conn_")


def creating(client):
    """A call of a client whose method has the API's name."""

    def call():
        connection = client.create_connection(
            connector_config_id=CONFIG, customer_id="customer_id", data=data()
        )
        assert connection.id.startswith("conn_")

    return call


def ours(base_url):
    """The SDK."""
    from openint_sdk import Openint

    return creating(Openint(api_key=KEY, base_url=base_url))


def incumbent(base_url):
    """The generated SDK that is on the package index."""
    from openint import Openint

    return creating(Openint(token=KEY, base_url=base_url))


def ours_list(base_url):
    """A page of 1,000 connections with the SDK, of which each row is looked at."""
    from openint_sdk import Openint

    client = Openint(api_key=KEY, base_url=base_url.replace("/v1", "/rows-1000/v1"))

    def call():
        page = client.list_connections(limit=1000)
        assert len([row.id for row in page]) == 1000

    return call


def httpx_list(base_url):
    """The same with httpx, `json.loads` and dataclasses."""
    from dataclasses import dataclass, fields

    import httpx

    @dataclass(frozen=True)
    class Connection:
        id: str
        customer_id: str | None = None
        connector_config_id: str | None = None
        integration_id: str | None = None
        created_at: str | None = None
        updated_at: str | None = None
        display_name: str | None = None
        disabled: bool | None = None
        metadata: dict | None = None
        connector_name: str | None = None
        settings: dict | None = None
        status: str | None = None
        status_message: str | None = None

    names = {field.name for field in fields(Connection)}
    client = httpx.Client(headers=HEADERS)
    url = base_url.replace("/v1", "/rows-1000/v1")

    def call():
        response = client.get(f"{url}/connection", params={"limit": 1000})
        response.raise_for_status()
        rows = json.loads(response.content)["items"]
        page = [Connection(**{key: row[key] for key in row if key in names}) for row in rows]
        assert len([row.id for row in page]) == 1000

    return call


def pycurl(base_url):
    """libcurl, with a handle for each thread."""
    import threading
    from io import BytesIO

    import pycurl

    handles = threading.local()

    def call():
        curl = getattr(handles, "curl", None)
        if curl is None:
            curl = handles.curl = pycurl.Curl()
            curl.setopt(pycurl.URL, f"{base_url}/connection")
            # Without the last one libcurl asks for leave before it sends a body.
            lines = [f"{name}: {value}" for name, value in HEADERS.items()]
            curl.setopt(pycurl.HTTPHEADER, [*lines, "expect:"])
            curl.setopt(pycurl.TCP_NODELAY, 1)
        answer = BytesIO()
        curl.setopt(pycurl.POSTFIELDS, json.dumps(body()))
        curl.setopt(pycurl.WRITEDATA, answer)
        curl.perform()
        assert curl.getinfo(pycurl.RESPONSE_CODE) == 200
        check(json.loads(answer.getvalue()))

    return call


def http_client(base_url):
    """The standard library, with a connection for each thread."""
    import threading
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    connections = threading.local()
    parts = urlsplit(base_url)

    def call():
        connection = getattr(connections, "connection", None)
        if connection is None:
            connection = connections.connection = HTTPConnection(parts.netloc)
        connection.request("POST", f"{parts.path}/connection", json.dumps(body()), HEADERS)
        response = connection.getresponse()
        assert response.status == 200
        check(json.loads(response.read()))

    return call


def httpx(base_url):
    """httpx's client, shared by all threads."""
    import httpx

    client = httpx.Client(headers=HEADERS, limits=httpx.Limits(max_connections=None))

    def call():
        response = client.post(f"{base_url}/connection", json=body())
        response.raise_for_status()
        check(response.json())

    return call


def requests(base_url):
    """A session of requests, with room for the threads."""
    import requests

    session = requests.Session()
    session.headers.update(HEADERS)
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=64))

    def call():
        response = session.post(f"{base_url}/connection", json=body())
        response.raise_for_status()
        check(response.json())

    return call


def socket(base_url):
    """The least that a call can be in Python: one write, one read, json."""
    import socket
    from urllib.parse import urlsplit

    parts = urlsplit(base_url)
    connection = socket.create_connection((parts.hostname, parts.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    lines = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    head = f"POST {parts.path}/connection HTTP/1.1\r\nhost: {parts.netloc}\r\n{lines}"

    def call():
        sent = json.dumps(body()).encode()
        connection.sendall(f"{head}content-length: {len(sent)}\r\n\r\n".encode() + sent)
        answer = connection.recv(65_536)
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65_536)
        top, _, rest = answer.partition(b"\r\n\r\n")
        status, *lines = top.split(b"\r\n")
        assert status == b"HTTP/1.1 200 OK"
        headers = dict(line.lower().split(b": ", 1) for line in lines)
        while len(rest) < int(headers[b"content-length"]):
            rest += connection.recv(65_536)
        check(json.loads(rest))

    return call


def bare(_):
    """Python and nothing else."""
    return lambda: None


async def in_tasks(call, tasks, count):
    """Make calls from several tasks at once, over connections that are there."""
    import asyncio

    async def work(count):
        for _ in range(count):
            await call()

    await asyncio.gather(*(work(1) for _ in range(tasks)))
    start, cpu = time.perf_counter_ns(), time.process_time_ns()
    await asyncio.gather(*(work(count) for _ in range(tasks)))
    return {
        "wall_ns": time.perf_counter_ns() - start,
        "cpu_ns": time.process_time_ns() - cpu,
        "calls": tasks * count,
    }


def ours_async(base_url, tasks, count):
    """The SDK's client for asyncio."""
    import asyncio

    from openint_sdk import AsyncOpenint

    async def run():
        async with AsyncOpenint(api_key=KEY, base_url=base_url) as client:

            async def call():
                connection = await client.create_connection(
                    connector_config_id=CONFIG, customer_id="customer_id", data=data()
                )
                assert connection.id.startswith("conn_")

            return await in_tasks(call, tasks, count)

    return asyncio.run(run())


def aiohttp(base_url, tasks, count):
    """aiohttp's session, without its limit on connections."""
    import asyncio

    import aiohttp

    async def run():
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(headers=HEADERS, connector=connector) as session:

            async def call():
                async with session.post(f"{base_url}/connection", json=body()) as response:
                    response.raise_for_status()
                    check(await response.json())

            return await in_tasks(call, tasks, count)

    return asyncio.run(run())


def httpx_async(base_url, tasks, count):
    """httpx's client for asyncio, without its limit on connections."""
    import asyncio

    import httpx

    async def run():
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=tasks)
        async with httpx.AsyncClient(headers=HEADERS, limits=limits, timeout=60) as client:

            async def call():
                response = await client.post(f"{base_url}/connection", json=body())
                response.raise_for_status()
                check(response.json())

            return await in_tasks(call, tasks, count)

    return asyncio.run(run())


BLOCKING = {
    "bare": bare,
    "http.client": http_client,
    "httpx": httpx,
    "httpx-list": httpx_list,
    "incumbent": incumbent,
    "ours": ours,
    "ours-list": ours_list,
    "pycurl": pycurl,
    "requests": requests,
    "socket": socket,
}
CONCURRENT = {"aiohttp": aiohttp, "httpx": httpx_async, "ours": ours_async}
