/** What the page of meet-host.spec.ts runs: meetings and links as the app has them, with channels in a worker that moves bytes. */
import { webClock } from '../../src/adapters/web/web-clock.ts'
import type { RtcState } from '../../src/adapters/web/rtc-connection.ts'
import type { Handover } from '../../src/adapters/web/rtc-handover.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import { decodeBlob, encodeBlob } from '../../src/core/meeting/blob.ts'
import { type Meet, startMeet } from '../../src/hosts/page/meet.ts'
import { meetingCodes } from '../../src/hosts/page/code-kind.ts'
import { passCodeOn } from '../../src/hosts/page/meet-tabs.ts'
import { keepLink } from '../../src/hosts/page/rtc-link.ts'
import { type Line, openLine } from '../../src/hosts/page/rtc-line.ts'

const worker = new Worker('./worker.js', { type: 'module' })
const calls = new Map<number, (value: unknown) => void>()
worker.addEventListener('message', ({ data }: MessageEvent<{ readonly call: number; readonly value: unknown }>) =>
  calls.get(data.call)?.(data.value),
)
const post = (message: Handover, transfer: Transferable[]): void => worker.postMessage(message, transfer)
const database = 'test'
const keyOf = (name: string): PublicKey => name.repeat(32) as PublicKey

let meet: Meet | undefined
let line: Line | undefined
let linkEnded = false
let isLost = false
let isPaired = false
const losses = new Set<(state: RtcState) => void>()

const blobOf = (hex: string) => {
  const blob = decodeBlob(hexToBytes(hex))
  if (!blob.ok) throw new Error(blob.error.expected)
  return blob.value
}

const losable = ({ connection, handed }: Line): Line => ({
  handed,
  connection: {
    ...connection,
    state: () => (isLost ? 'failed' : connection.state()),
    onTold: (listener) =>
      connection.onTold((word) => {
        listener(word)
        isPaired = true
      }),
    subscribe: (listener) => {
      losses.add(listener)
      return connection.subscribe(listener)
    },
  },
})

Object.assign(globalThis, {
  meet: {
    start: (name: string) => {
      meet = startMeet({
        database,
        post,
        transportKey: async () => keyOf(name),
        codes: meetingCodes(name === 'aa' ? new Uint8Array(16) : null),
      })
    },
    state: () => meet?.getState(),
    take: (found: string) => meet?.take(found),
    again: () => meet?.again(),
    close: () => meet?.close(),
    passOn: (code: string) => passCodeOn(database, 'meet', code),
  },
  link: {
    open: async () => {
      const opened = await openLine({ database, post })
      if (!opened.ok) throw new Error(opened.error.code)
      line = opened.value
      return bytesToHex(encodeBlob(line.connection.blob()))
    },
    keep: async (hex: string) => {
      const setup = await line?.connection.connect(blobOf(hex))
      const role = setup?.ok && setup.value === 'active' ? 'client' : 'server'
      const met = { role, transportKey: keyOf('cc'), inviteSecret: null } as const
      const keep = async (): Promise<void> => {
        await keepLink(losable(line!), met, { database, post }, webClock, new AbortController().signal)
        linkEnded = true
      }
      void keep()
    },
    /** The connection says that it failed, as after 16 seconds of silence: nothing in a browser cuts one off. */
    lose: () => {
      isLost = true
      for (const tell of losses) tell('failed')
    },
    hasEnded: () => linkEnded,
    /** Whether the other page has told of its connections on standby. */
    isPaired: () => isPaired,
  },
  inWorker: (channel: number, what: string, size = 0) =>
    new Promise((resolve) => {
      const call = calls.size
      calls.set(call, resolve)
      worker.postMessage({ call, channel, what, size })
    }),
})
