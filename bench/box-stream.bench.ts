import { concatBytes } from '../src/core/bytes/concat.ts'
import { endWriting, flush, read, startReading, startWriting, write } from '../src/handshake/box-stream.ts'
import type { Case, Subject } from './harness/subject.ts'

const megabytes = 8
const bytes = megabytes * 1_000_000
/** What one read of a file or a socket gives. */
const chunkBytes = 64 * 1024
/** A message between peers that carries no entries. */
const messageBytes = 100
const messages = 20_000

const key = new Uint8Array(32).fill(7)
const nonce = new Uint8Array(24).fill(9)

const piecesOf = (whole: Uint8Array, length: number): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(whole.length / length) }, (_, index) =>
    whole.subarray(index * length, (index + 1) * length),
  )

/** Everything that leaves for these writes, in chunks. */
function seal(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  let writer = startWriting({ key, nonce })
  const wire: Uint8Array[] = []
  for (const piece of pieces) {
    const [next, packets] = write(writer, piece)
    writer = next
    if (packets.length > 0) wire.push(packets)
  }
  const [flushed, rest] = flush(writer)
  return [...wire, rest, endWriting(flushed)]
}

/** Bytes that were opened. */
function open(chunks: readonly Uint8Array[]): number {
  let reader = startReading({ key, nonce })
  let opened = 0
  for (const chunk of chunks) {
    const [next, bodies] = read(reader, chunk)
    reader = next
    for (const body of bodies) opened += body.length
  }
  if (reader.kind !== 'ended') throw new Error(`The stream is ${reader.kind}`)
  return opened
}

const expectBytes = (found: number, expected: number): void => {
  if (found !== expected) throw new Error(`${found} bytes came out, not ${expected}`)
}

/** The same work by the npm package, which has a native library in Node only. */
function npmCases(plain: readonly Uint8Array[], wire: readonly Uint8Array[]): readonly Case[] {
  // Asked of Node, so that no bundler takes them into the page.
  const require = process.getBuiltinModule('node:module').createRequire(`${process.cwd()}/package.json`)
  type Through = typeof import('pull-box-stream').default
  const boxes = require('pull-box-stream') as Through
  const pull = require('pull-stream') as typeof import('pull-stream').default
  const through = (make: Through[keyof Through], pieces: readonly Uint8Array[]): Promise<number> =>
    new Promise((resolve, reject) => {
      const count = (error: Error | null, values: readonly Uint8Array[]): void =>
        error ? reject(error) : resolve(values.reduce((sum, { length }) => sum + length, 0))
      const source = pull.values(pieces.map((piece) => Buffer.from(piece.buffer, piece.byteOffset, piece.length)))
      pull(source, make(Buffer.from(key), Buffer.from(nonce)), pull.collect(count))
    })
  return [
    { name: 'pull-box-stream: seal', run: () => through(boxes.createBoxStream, plain) },
    {
      name: 'pull-box-stream: open',
      run: async () => expectBytes(await through(boxes.createUnboxStream, wire), bytes),
    },
  ]
}

export const subject: Subject = {
  name: 'box-stream',
  about: `Seals and opens ${megabytes} MB in chunks of 64 KiB by box stream, in plain JavaScript; beside it pull-box-stream, which has libsodium compiled for this machine; and seals ${messages} messages of ${messageBytes} bytes.`,
  where: ['worker', 'node'],
  items: 1,
  rounds: 5,
  prepare: async () => {
    const whole = Uint8Array.from({ length: bytes }, (_, at) => at & 255)
    const plain = piecesOf(whole, chunkBytes)
    const wire = piecesOf(concatBytes(...seal(plain)), chunkBytes)
    const small = piecesOf(whole.subarray(0, messages * messageBytes), messageBytes)
    const isNode = typeof process !== 'undefined'
    return [
      { name: 'seal', bytes, run: async () => seal(plain) },
      { name: 'open', bytes, run: async () => expectBytes(open(wire), bytes) },
      ...(isNode ? npmCases(plain, wire) : []).map((each) => ({ ...each, bytes })),
      {
        name: `seal messages of ${messageBytes} bytes, together`,
        bytes: messages * messageBytes,
        run: async () => seal(small),
      },
    ]
  },
}
