import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytesToHex, hexToBytes, isHex } from '../../core/bytes/hex.ts'
import { toPkcs8 } from '../../core/transport-key/pkcs8.ts'

/** Only the owner may read or write the file. */
const ownerOnly = 0o600
const seedBytes = 32
/** What the file may not allow anybody else. */
const othersMask = 0o077

/** Ports reject with plain failures; Node wants to hear that they are meant to be thrown. */
const unusable = (path: string, reason: string): Error => ({ code: 'host/key-file', path, reason }) as unknown as Error

const hasCode = (thrown: unknown, code: string): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === code

/**
 * The secret in a file, of one of these lengths in bytes; `undefined` where there is no file. Whoever gets it wipes it after use.
 * Rejects with `host/key-file` where the file is readable by others or holds something else.
 */
export async function readSecretFile(path: string, lengths: readonly number[]): Promise<Uint8Array | undefined> {
  const file = await stat(path).catch((thrown: unknown) => {
    if (hasCode(thrown, 'ENOENT')) return undefined
    throw unusable(path, String(thrown))
  })
  if (!file) return undefined
  // Windows has no such modes; there the folder's own rights guard the file.
  if (process.platform !== 'win32' && (file.mode & othersMask) !== 0)
    throw unusable(path, `others may read it; say "chmod 600 ${path}" if you trust that nobody did`)
  const text = (await readFile(path, 'utf8')).trim()
  if (!lengths.some((length) => isHex(text, length)))
    throw unusable(path, `it holds no secret of ${lengths.map((length) => length * 2).join(' or ')} hex digits`)
  return hexToBytes(text)
}

/** Writes a secret beside and then links it into place: the file is there whole or not at all, and of two processes the first wins. */
export async function writeSecretFile(path: string, secret: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.${bytesToHex(randomBytes(8))}`
  const file = await open(beside, 'wx', ownerOnly)
  try {
    await file.writeFile(`${bytesToHex(secret)}\n`)
    await file.sync()
    await link(beside, path)
  } catch (thrown) {
    if (!hasCode(thrown, 'EEXIST')) throw unusable(path, String(thrown))
  } finally {
    await file.close()
    await unlink(beside)
  }
}

/**
 * The seed of a key in a file of its own, mode 0600, made on first use. Whoever gets it wipes it after use.
 * Rejects with `host/key-file` where the file is readable by others or holds something else.
 */
export async function openSeedFile(path: string): Promise<Uint8Array> {
  const kept = await readSecretFile(path, [seedBytes])
  if (kept) return kept
  const seed = randomBytes(seedBytes)
  await writeSecretFile(path, seed)
  seed.fill(0)
  const made = await readSecretFile(path, [seedBytes])
  if (!made) throw unusable(path, 'it disappeared while it was being made')
  return made
}

/** A secret of 32 bytes as OpenSSL holds it. */
export function privateKeyOf(curve: 'Ed25519' | 'X25519', secret: Uint8Array): KeyObject {
  const key = Buffer.from(toPkcs8(curve, secret))
  const made = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  key.fill(0)
  return made
}
