import { EventEmitter, once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { pipeline } from 'node:stream/promises'

/** A line to a local port that carries no more towards who dialled it than it is allowed to, and then stands still. */
export interface HeldLine {
  readonly port: number
  /** Lets so many bytes more through. */
  readonly allow: (bytes: number) => void
  readonly close: () => Promise<void>
}

/** @param to the port behind it */
export async function aHeldLine(to: number): Promise<HeldLine> {
  const told = new EventEmitter()
  const allowance = { left: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, 'localhost')
    sockets.add(near).add(far)
    const held = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        while (allowance.left <= 0) await once(told, 'more')
        allowance.left -= chunk.length
        yield chunk
      }
    }
    // Either end may be gone at any time: that is how tests cut it.
    pipeline(near, far).catch(() => near.destroy())
    pipeline(far, held, near).catch(() => far.destroy())
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const allow = (bytes: number): void => {
    allowance.left += bytes
    told.emit('more')
  }
  return {
    port: (server.address() as AddressInfo).port,
    allow,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
