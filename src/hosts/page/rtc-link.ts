import type { RtcConnection } from '../../adapters/web/rtc-connection.ts'
import type { Met } from '../../adapters/web/rtc-handover.ts'
import { createStandby, type Standby } from '../../adapters/web/rtc-standby.ts'
import { decodeCbor, encodeCbor } from '../../core/bytes/cbor.ts'
import { type ConnectionBlob, decodeBlob, encodeBlob } from '../../core/meeting/blob.ts'
import type { Clock } from '../../ports/index.ts'
import { type Line, type LineOptions, openLine } from './rtc-line.ts'

/** Connections kept ready for each peer: sockets that cost little and save a scan. */
const standbyCount = 3
/** A failed connection revives when the other side was only asleep (webrtc.md §5); after this it hardly will. */
const reviveMs = 60_000

/** How a connection that was open stopped being so: `failed` may be mended, `ended` was wanted by one of both sides. */
const endOf = ({ connection, handed }: Line): Promise<'failed' | 'ended'> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (connection.state() === 'failed') resolve('failed')
      if (connection.state() === 'closed') resolve('ended')
    }
    connection.subscribe(look)
    look()
    void handed.ended.then(() => resolve('ended'))
  })

/** Resolves with true when the connection opened again, with false when it did not. */
async function revives(connection: RtcConnection, clock: Clock, signal: AbortSignal): Promise<boolean> {
  for (const until = clock.now() + reviveMs; clock.now() < until; await clock.sleep(1000, signal)) {
    if (connection.state() === 'open') return true
    if (connection.state() === 'closed') return false
  }
  return false
}

/** What the other page told of its connections on standby: those of its blobs that are some. */
function decodeBlobs(word: Uint8Array): readonly ConnectionBlob[] {
  const decoded = decodeCbor(word)
  const items = decoded.ok && Array.isArray(decoded.value) ? decoded.value.slice(0, standbyCount) : []
  return items.flatMap((item) => {
    const blob = item instanceof Uint8Array ? decodeBlob(item) : undefined
    return blob?.ok ? [blob.value] : []
  })
}

/** Makes the connections that stand by for this line, and tells the other page of them. */
async function standBy(line: Line, options: LineOptions, clock: Clock): Promise<readonly [Standby, readonly Line[]]> {
  const lines: Line[] = []
  for (let made = 0; made < standbyCount; made++) {
    const opened = await openLine(options)
    if (opened.ok) lines.push(opened.value)
  }
  const standby = createStandby(
    lines.map(({ connection }) => connection),
    clock,
  )
  line.connection.onTold((word) => standby.pair(decodeBlobs(word)))
  line.connection.tell(encodeCbor(standby.blobs.map(encodeBlob)))
  return [standby, lines]
}

/**
 * Keeps the link to a peer up: where its connection fails, one on standby takes its place, and the worker gets a new channel to the same
 * peer. Resolves when the link is over: either side ended it, or nothing brought it back.
 *
 * @param first open, or about to be
 * @param onFailed a connection failed, and others are tried now
 */
export async function keepLink(
  first: Line,
  met: Met,
  options: LineOptions,
  clock: Clock,
  signal: AbortSignal,
  onFailed: () => void = () => undefined,
): Promise<void> {
  let line: Line | undefined = first
  while (line) {
    const current: Line = line
    const stop = (): void => current.connection.close()
    signal.addEventListener('abort', stop, { once: true })
    // A ceremony has one connection: what takes its place is for devices that know each other by then.
    const { purpose, ...again } = met
    current.handed.meet(current === first && purpose ? met : again)
    const [standby, lines] = await standBy(current, options, clock)
    line = await successorOf(current, standby, lines, clock, signal, onFailed).catch(() => undefined)
    signal.removeEventListener('abort', stop)
    standby.close(line?.connection)
    current.handed.end()
    current.connection.close()
  }
}

/** The line that takes over when this one is over, or `undefined` when none does. Rejects when aborted. */
async function successorOf(
  line: Line,
  standby: Standby,
  lines: readonly Line[],
  clock: Clock,
  signal: AbortSignal,
  onFailed: () => void,
): Promise<Line | undefined> {
  while ((await endOf(line)) === 'failed') {
    onFailed()
    const opened = await standby.recover(signal)
    if (opened) return lines.find(({ connection }) => connection === opened)
    if (!(await revives(line.connection, clock, signal))) return undefined
  }
  return undefined
}
