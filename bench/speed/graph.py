"""A Graph that accepts everything at once, so that only EduBot is measured.

`python -m bench.speed.graph PORT`. GET / tells what was accepted since it was last asked, as JSON:
wamid, callback id, seconds since 1970, recipient. GET /0.3 makes it take 0.3 seconds for each
answer from now on, as Meta does.
"""

import asyncio
import json
import re
import sys
import time
from itertools import count

IDS = count(1)
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
pace = {"seconds": 0.0}
accepted: list[tuple[str, str, float, str]] = []  # wamid, callback id, when, recipient


async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            found = LENGTH.search(head)
            body = await reader.readexactly(int(found[1])) if found else b""
            if head.startswith(b"GET"):
                pace["seconds"] = float(head.split()[1][1:] or pace["seconds"])
                answer = json.dumps(_told()).encode()
            else:
                await asyncio.sleep(pace["seconds"])
                answer = json.dumps(_answer(body)).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % len(answer)
                + answer
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _told() -> object:
    told = list(accepted)
    accepted.clear()
    return told


def _answer(body: bytes) -> object:
    message = json.loads(body)
    if "status" in message:
        return {"success": True}
    wamid = f"wamid.OUT{next(IDS)}"
    to = str(message.get("to", ""))
    accepted.append((wamid, message["biz_opaque_callback_data"], time.time(), to))
    return {"messaging_product": "whatsapp", "messages": [{"id": wamid}]}


async def serve(port: int) -> None:
    server = await asyncio.start_server(talk, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
