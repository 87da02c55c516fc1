import type { Random } from '../../ports/index.ts'

/** What one call of the platform gives at most. */
const pieceLength = 65_536

/** The platform's randomness. Works in pages, workers and Node. */
export const webRandom: Random = {
  bytes: (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += pieceLength) crypto.getRandomValues(bytes.subarray(at, at + pieceLength))
    return bytes
  },
}
