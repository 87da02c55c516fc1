import { createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytesToHex, hexToBytes, isHex } from '../../core/bytes/hex.ts'
import { decodeUnsignedEntry } from '../../core/entry/decode.ts'
import { publicKeyOf } from '../../core/entry/sign.ts'
import { helloClaim, isHelloClaim } from '../../core/hello-claim.ts'
import type { Signature } from '../../core/ids.ts'
import type { Keys } from '../../ports/index.ts'

/** Only the owner may read or write the file. */
const ownerOnly = 0o600
/** What the file may not allow anybody else. */
const othersMask = 0o077

/** DER of an Ed25519 private key, up to its seed (RFC 8410). */
const pkcs8Prefix = hexToBytes('302e020100300506032b657004220420')

/** Ports reject with plain failures; Node wants to hear that they are meant to be thrown. */
const unusable = (path: string, reason: string): Error => ({ code: 'host/key-file', path, reason }) as unknown as Error

const hasCode = (thrown: unknown, code: string): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === code

async function readSeed(path: string): Promise<Uint8Array | undefined> {
  const file = await stat(path).catch((thrown: unknown) => {
    if (hasCode(thrown, 'ENOENT')) return undefined
    throw unusable(path, String(thrown))
  })
  if (!file) return undefined
  // Windows has no such modes; there the folder's own rights guard the file.
  if (process.platform !== 'win32' && (file.mode & othersMask) !== 0)
    throw unusable(path, `others may read it; say "chmod 600 ${path}" if you trust that nobody did`)
  const text = (await readFile(path, 'utf8')).trim()
  if (!isHex(text, 32)) throw unusable(path, 'it holds no seed of 64 hex digits')
  return hexToBytes(text)
}

/** Writes beside and then links into place: the file is there whole or not at all, and of two processes the first wins. */
async function makeSeed(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.${bytesToHex(randomBytes(8))}`
  const file = await open(beside, 'wx', ownerOnly)
  try {
    await file.writeFile(`${bytesToHex(randomBytes(32))}\n`)
    await file.sync()
    await link(beside, path)
  } catch (thrown) {
    if (!hasCode(thrown, 'EEXIST')) throw unusable(path, String(thrown))
  } finally {
    await file.close()
    await unlink(beside)
  }
}

const signerOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })

/**
 * The device key in a file of its own, mode 0600, made on first use.
 * Rejects with `host/key-file` where the file is readable by others or holds something else.
 */
export async function openKeyFile(path: string): Promise<Keys> {
  let seed = await readSeed(path)
  if (!seed) {
    await makeSeed(path)
    seed = await readSeed(path)
  }
  if (!seed) throw unusable(path, 'it disappeared while it was being made')
  const publicKey = publicKeyOf(seed)
  const key = signerOf(seed)
  seed.fill(0)

  const refuse = (reason: string): never => {
    throw { code: 'signer/refused', reason } as unknown as Error
  }
  const signBytes = (bytes: Uint8Array): Signature => new Uint8Array(sign(null, bytes, key)) as Uint8Array as Signature
  const signOne = (unsigned: Uint8Array): Signature => {
    const entry = decodeUnsignedEntry(unsigned)
    return entry.ok && entry.value.publicKey === publicKey
      ? signBytes(unsigned)
      : refuse('it is not an entry of this key')
  }
  return {
    publicKeys: () => Promise.resolve([publicKey]),
    signEntries: async (unsigned, signal) => {
      signal.throwIfAborted()
      return unsigned.map(signOne)
    },
    signHello: async (side, handshakeHash, signal) => {
      signal.throwIfAborted()
      return isHelloClaim(side, handshakeHash)
        ? signBytes(helloClaim(side, handshakeHash))
        : refuse('it is not the claim of a connection')
    },
  }
}
