import type { BrowserContext, Page } from '@playwright/test'

interface Heap {
  readonly usedSize: number
  readonly backingStorageSize?: number
}

/** Asks one thread of the page for its heap. */
type Ask = () => Promise<Heap>

const bytesOf = ({ usedSize, backingStorageSize = 0 }: Heap): number => usedSize + backingStorageSize

/**
 * What a page and its workers hold in memory, by the browser's debugging protocol: used heap and backing storage of all threads together,
 * in bytes. Sampled every 100 ms while `body` runs; nothing is collected by force.
 *
 * @returns the highest sum
 */
export async function highestHeap(context: BrowserContext, page: Page, body: () => Promise<void>): Promise<number> {
  const session = await context.newCDPSession(page)
  const asks: Ask[] = [() => session.send('Runtime.getHeapUsage')]
  const answers = new Map<number, (heap: Heap) => void>()
  let asked = 0
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    asks.push(
      () =>
        new Promise((resolve, reject) => {
          const id = (asked += 1)
          answers.set(id, resolve)
          const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' })
          session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject)
        }),
    )
  })
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { readonly id?: number; readonly result: Heap }
    if (id !== undefined) answers.get(id)?.(result)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })

  const end = new AbortController()
  let highest = 0
  const watch = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const heaps = await Promise.all(asks.map((ask) => ask()))
      highest = Math.max(
        highest,
        heaps.reduce((sum, heap) => sum + bytesOf(heap), 0),
      )
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const watching = watch()
  try {
    await body()
  } finally {
    end.abort()
    await watching
    await session.detach()
  }
  if (asks.length < 3) throw new Error('The workers of the page were not found')
  return highest
}
