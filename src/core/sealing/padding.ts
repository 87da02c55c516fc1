/**
 * What hides how long a text is (secret-groups.md §11): one byte `80`, then zeros, up to the next step. Steps are 32 bytes wide up to 256 bytes; from
 * there they are those of Padmé, which give away the size but for some bits, and cost 12 % at most.
 */

const mark = 0x80
const smallStep = 32
const smallLimit = 256

/** Bytes that so many take once they are padded. At least one byte is added. */
function paddedLength(length: number): number {
  const marked = length + 1
  if (marked <= smallLimit) return Math.ceil(marked / smallStep) * smallStep
  const exponent = Math.floor(Math.log2(marked))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(marked / step) * step
}

export function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedLength(bytes.length))
  padded.set(bytes)
  padded[bytes.length] = mark
  return padded
}

/** A view of what was padded, or `undefined` where this is not how anything is padded. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  const length = padded.findLastIndex((byte) => byte !== 0)
  if (padded[length] !== mark || paddedLength(length) !== padded.length) return undefined
  return padded.subarray(0, length)
}
