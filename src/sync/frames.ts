/**
 * Messages as a stream of bytes: `varu64(length) | CBOR(message) | varu64(length) | …` (sync.md §1). Frames know nothing of the
 * packets below them: many may share one, one may span many. The box stream fills its packets by itself (`handshake/box-stream.ts`).
 */
import { concatBytes } from '../core/bytes/concat.ts'
import { decodeVarU64, encodeVarU64 } from '../core/bytes/varu64.ts'
import { maxFrameBytes } from '../core/limits.ts'
import { type MessageFailure, decodeMessage, encodeMessage } from './message-codec.ts'
import type { Message } from './messages.ts'

/** Why a stream of frames can't be read on. Each ends the connection. */
export type FrameFailure =
  | { readonly code: 'frame/too-large'; readonly bytes: bigint; readonly limit: number }
  /** The length is not written in its shortest form, so nobody knows where the next frame begins. */
  | { readonly code: 'frame/length-invalid' }
  | MessageFailure

/** What some bytes brought: whole messages in order, and after the last of them perhaps the end. */
export interface Frames {
  readonly messages: readonly Message[]
  /** Of each message, the bytes of its frame. */
  readonly sizes: readonly number[]
  readonly failure?: FrameFailure
}

export interface FrameReader {
  /** Takes the next bytes, cut anywhere; keeps none of them but what it copies. After a failure there is nothing more to read. */
  readonly push: (chunk: Uint8Array) => Frames
  /** Whether the stream may end here: no frame is begun. */
  readonly isBetweenFrames: () => boolean
}

/** The first frame of `bytes` and where the next begins; or how many bytes it takes to go on. */
type Step =
  | { readonly message: Message; readonly next: number }
  | { readonly needs: number }
  | { readonly failure: FrameFailure }

function readFrame(bytes: Uint8Array): Step {
  const length = decodeVarU64(bytes, 0)
  if (!length.ok) {
    if (length.error.code === 'varu64/cut-off') return { needs: bytes.length + 1 }
    return { failure: { code: 'frame/length-invalid' } }
  }
  const { value, next: start } = length.value
  if (value > maxFrameBytes) return { failure: { code: 'frame/too-large', bytes: value, limit: maxFrameBytes } }
  const next = start + Number(value)
  if (next > bytes.length) return { needs: next }
  const message = decodeMessage(bytes.subarray(start, next))
  return message.ok ? { message: message.value, next } : { failure: message.error }
}

/** Room a reader keeps while nothing larger waits. */
const usualBytes = 4096

/** Reads frames from bytes as they come. Holds at most one frame and a chunk, in one buffer, so that tiny chunks don't make a large frame slow. */
export function frameReader(): FrameReader {
  let buffer = new Uint8Array(usualBytes)
  let held = 0
  let needed = 1
  let failure: FrameFailure | undefined

  const keep = (chunk: Uint8Array): void => {
    if (held + chunk.length > buffer.length) {
      const larger = new Uint8Array(Math.max(held + chunk.length, buffer.length * 2))
      larger.set(buffer.subarray(0, held))
      buffer = larger
    }
    buffer.set(chunk, held)
    held += chunk.length
  }
  /** What is held from `at` on moves to the front. */
  const dropBefore = (at: number): void => {
    const rest = buffer.subarray(at, held)
    if (rest.length < usualBytes && buffer.length > usualBytes) buffer = new Uint8Array(usualBytes)
    buffer.set(rest)
    held = rest.length
  }
  const readOn = (): Pick<Frames, 'messages' | 'sizes'> => {
    const messages: Message[] = []
    const sizes: number[] = []
    let at = 0
    needed = 1
    while (at < held && !failure) {
      const step = readFrame(buffer.subarray(at, held))
      if ('failure' in step) {
        failure = step.failure
        at = held
      } else if ('needs' in step) {
        needed = step.needs
        break
      } else {
        messages.push(step.message)
        sizes.push(step.next)
        at += step.next
      }
    }
    dropBefore(at)
    return { messages, sizes }
  }

  return {
    push: (chunk) => {
      if (!failure) keep(chunk)
      const read = !failure && held >= needed ? readOn() : { messages: [], sizes: [] }
      return failure ? { ...read, failure } : read
    },
    isBetweenFrames: () => held === 0,
  }
}

/** One message as a frame. */
export function encodeFrame(message: Message): Uint8Array {
  const bytes = encodeMessage(message)
  return concatBytes(encodeVarU64(BigInt(bytes.length)), bytes)
}
