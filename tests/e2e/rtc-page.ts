/** What the page of rtc.spec.ts runs: connections in the page, channels in a worker. */
import { ownCertificate } from '../../src/adapters/web/rtc-certificate.ts'
import { openRtc, type RtcConnection } from '../../src/adapters/web/rtc-connection.ts'
import { handOver, type HandedOver } from '../../src/adapters/web/rtc-handover.ts'
import { createStandby, type Standby } from '../../src/adapters/web/rtc-standby.ts'
import { webClock } from '../../src/adapters/web/web-clock.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import { type ConnectionBlob, decodeBlob, encodeBlob } from '../../src/core/meeting/blob.ts'

const worker = new Worker('./worker.js', { type: 'module' })
const calls = new Map<number, (value: unknown) => void>()
worker.addEventListener('message', ({ data }: MessageEvent<{ readonly call: number; readonly value: unknown }>) =>
  calls.get(data.call)?.(data.value),
)

const connections: RtcConnection[] = []
const handed: HandedOver[] = []
let standby: Standby | undefined

const toHex = (blob: ConnectionBlob): string => bytesToHex(encodeBlob(blob))
const fromHex = (hex: string): ConnectionBlob => {
  const blob = decodeBlob(hexToBytes(hex))
  if (!blob.ok) throw new Error(blob.error.expected)
  return blob.value
}

async function open(mayTransfer: boolean): Promise<RtcConnection> {
  const opened = await openRtc({
    certificate: await ownCertificate('test', Date.now()),
    onDataChannel: (line) =>
      handed.push(handOver(line, (message, transfer) => worker.postMessage(message, transfer), mayTransfer)),
  })
  if (!opened.ok) throw new Error(opened.error.code)
  connections.push(opened.value)
  return opened.value
}

Object.assign(globalThis, {
  rtc: {
    open: async (mayTransfer: boolean) => toHex((await open(mayTransfer)).blob()),
    connect: (at: number, hex: string) => connections[at]?.connect(fromHex(hex)),
    restart: async (at: number) => {
      const blob = await connections[at]?.restart()
      return blob?.ok ? toHex(blob.value) : blob?.error.code
    },
    meet: (at: number) =>
      handed[at]?.meet({ role: 'client', transportKey: 'ab'.repeat(32) as PublicKey, inviteSecret: null }),
    state: (at: number) => connections[at]?.state(),
    close: (at: number) => connections[at]?.close(),
    ended: (at: number) => handed[at]?.ended.then(() => 'ended'),

    standby: async (count: number) => {
      const ready: RtcConnection[] = []
      for (let made = 0; made < count; made++) ready.push(await open(true))
      standby = createStandby(ready, webClock)
      return standby.blobs.map(toHex)
    },
    pair: (theirs: readonly string[]) => standby?.pair(theirs.map(fromHex)),
    recover: async () => {
      const opened = await standby?.recover(new AbortController().signal)
      standby?.close(opened)
      return opened ? connections.indexOf(opened) : 'none'
    },

    /** Fingerprint of the certificate that is used so many days from now. */
    fingerprint: async (days: number) => {
      const certificate = await ownCertificate('test', Date.now() + days * 86_400_000)
      return {
        value: certificate.getFingerprints()[0]?.value,
        days: Math.round((certificate.expires - Date.now()) / 86_400_000),
      }
    },
  },
  inWorker: (channel: number, what: string, size = 0) =>
    new Promise((resolve) => {
      const call = calls.size
      calls.set(call, resolve)
      worker.postMessage({ call, channel, what, size })
    }),
})
