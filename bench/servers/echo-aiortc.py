"""python3 echo-aiortc.py PORT: as echo-node.mjs, with aiortc (Debian's python3-aiortc and python3-aiohttp)."""

import sys

from aiohttp import web
from aiortc import RTCPeerConnection, RTCSessionDescription

connections = set()


async def answer(request):
    connection = RTCPeerConnection()
    connections.add(connection)

    @connection.on("datachannel")
    def on_channel(channel):
        channel.on("message", channel.send)

    @connection.on("connectionstatechange")
    async def on_state():
        if connection.connectionState in ("disconnected", "failed", "closed"):
            connections.discard(connection)
            await connection.close()

    await connection.setRemoteDescription(RTCSessionDescription(sdp=await request.text(), type="offer"))
    await connection.setLocalDescription(await connection.createAnswer())
    return web.Response(text=connection.localDescription.sdp)


async def alive(request):
    return web.Response()


application = web.Application()
application.router.add_get("/", alive)
application.router.add_post("/offer", answer)
web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]))
