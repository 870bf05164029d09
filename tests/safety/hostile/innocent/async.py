"""Await something.

Must: full points
"""

import asyncio

async def wait():
    await asyncio.sleep(0.01)
    return 1

print(await wait(), await asyncio.gather(wait(), wait()))
