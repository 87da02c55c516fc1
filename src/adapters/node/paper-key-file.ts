import { randomBytes } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { bytesToHex, hexToBytes, isHex } from '../../core/bytes/hex.ts'
import { publicKeyOf } from '../../core/entry/sign.ts'
import { paperSeed } from '../../core/identity/paper-key.ts'
import type { Store } from '../../ports/store.ts'
import { type EntropyPlace, type SigningPaperKey, paperDamaged, paperKeyAt } from '../memory/paper-key.ts'
import { readSecretFile, writeSecretFile } from './seed-file.ts'

const reasonOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'reason' in thrown ? String(thrown.reason) : String(thrown)

/** Bytes: 12 or 24 words. */
const lengths = [16, 32]

const randomOf = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** An entropy place over what reads, keeps and wipes the bytes. */
const placeOf = (
  read: () => Promise<Uint8Array | undefined>,
  add: (entropy: Uint8Array) => Promise<void>,
  wipe: () => Promise<void>,
): EntropyPlace => {
  const use: EntropyPlace['use'] = async (body) => {
    const entropy = await read()
    try {
      return entropy && body(entropy)
    } finally {
      entropy?.fill(0)
    }
  }
  return {
    use,
    wipe,
    publicKey: () => use((entropy) => publicKeyOf(paperSeed(entropy))),
    add: (_, entropy) => add(entropy),
  }
}

/**
 * The paper key in a file of its own, mode 0600, that is there until its words are confirmed.
 * Its calls reject with `signer/paper-damaged` where the file is readable by others or holds something else.
 */
export const openPaperKeyFile = (path: string): SigningPaperKey =>
  paperKeyAt(
    placeOf(
      () => readSecretFile(path, lengths).catch((thrown: unknown) => Promise.reject(paperDamaged(reasonOf(thrown)))),
      (entropy) => writeSecretFile(path, entropy),
      () => unlink(path).catch(() => undefined),
    ),
    randomOf,
  )

const row = 'seed/paper'

/** The paper key in a `local` row, for a database that several processes share. Whoever may read the database has it too. */
export function openPaperKeyRow(store: Store): SigningPaperKey {
  const read = async (): Promise<Uint8Array | undefined> => {
    const kept = await store.local(row)
    if (kept === undefined) return undefined
    if (typeof kept === 'string' && lengths.some((length) => isHex(kept, length))) return hexToBytes(kept)
    throw paperDamaged(`the row ${row} holds something else`)
  }
  const add = async (entropy: Uint8Array): Promise<void> => {
    await store.commit([{ put: 'local', key: row, value: bytesToHex(entropy) }], [{ local: row, value: undefined }])
  }
  const wipe = async (): Promise<void> => {
    await store.commit([{ delete: 'local', key: row }], [])
  }
  return paperKeyAt(placeOf(read, add, wipe), randomOf)
}
