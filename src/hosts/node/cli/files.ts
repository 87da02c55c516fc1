import { createReadStream } from 'node:fs'
import { access, open, rename, rm, stat } from 'node:fs/promises'
import { WrongUse } from './wrong-use.ts'

/** Says which file it is about, in words instead of error numbers. */
function unreadable(path: string, thrown: unknown): WrongUse {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT') return new WrongUse(`There is no ${path}.`)
  if (code === 'EACCES') return new WrongUse(`${path} may not be opened.`)
  if (code === 'EISDIR') return new WrongUse(`${path} is a directory.`)
  return new WrongUse(`${path} cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}.`)
}

/** The bytes of a file as they are read. Throws `WrongUse` where it cannot be. */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path)) yield piece as Uint8Array
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

/** A whole file as text. */
export async function readText(path: string): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of readPieces(path)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** Complains early, so that nothing else was done yet. */
export async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown)
  })
  if (found.isDirectory()) throw new WrongUse(`${path} is a directory.`)
}

/** Complains where a data directory should be and none is. */
export async function mustBeDataDir(path: string): Promise<void> {
  await access(`${path}/store`).catch(() => {
    throw new WrongUse(`There is no data directory at ${path}.`)
  })
}

/** Writes a file whole or not at all: beside it first, then into its place. */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const beside = `${path}.${process.pid}.part`
  try {
    const file = await open(beside, 'wx')
    try {
      for await (const piece of pieces) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (thrown) {
    await rm(beside, { force: true })
    throw thrown instanceof Error && 'code' in thrown ? unreadable(path, thrown) : thrown
  }
}
