/**
 * Any CBOR value that has exactly one form, both ways. Operations read and write their own shape with `cbor-reader.ts` and
 * `cbor-writer.ts`; this is for the smaller things that travel as CBOR.
 */
import { fail, ok } from '../result.ts'
import type { Result } from '../result.ts'
import {
  cborCursor,
  failAt,
  readArray,
  readBool,
  readBytes,
  readEnd,
  readFloat,
  readInt,
  readMap,
  readNull,
  readText,
  typeHere,
} from './cbor-reader.ts'
import type { CborCursor, CborFailure } from './cbor-reader.ts'
import {
  cborWriter,
  writeArray,
  writeBool,
  writeBytes,
  writeFloat,
  writeInt,
  writeMap,
  writeNull,
  writeText,
  writtenBytes,
} from './cbor-writer.ts'
import type { CborWriter } from './cbor-writer.ts'
import { compareUtf8 } from './utf8.ts'

/** A `bigint` is an integer, a `number` a float, always. Map keys are text. */
export type CborValue =
  | bigint
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<string, CborValue>

/** Arrays and maps inside one another. What we exchange needs four; the rest is air. */
const depthLimit = 16

/** Bytes to the one value they encode canonically. Never throws; bytes in the value are copies. */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborFailure> {
  const cursor = cborCursor(bytes)
  const value = readValue(cursor, depthLimit)
  readEnd(cursor)
  return cursor.failure === undefined ? ok(value) : fail(cursor.failure)
}

/** Value to its canonical bytes. Integers must fit 64 bits and texts be well-formed; that is the caller's duty. */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = cborWriter()
  writeValue(writer, value)
  return writtenBytes(writer)
}

function readValue(cursor: CborCursor, depthLeft: number): CborValue {
  switch (typeHere(cursor)) {
    case 'int':
      return readInt(cursor)
    case 'bytes':
      return readBytes(cursor).slice()
    case 'text':
      return readText(cursor)
    case 'bool':
      return readBool(cursor)
    case 'float':
      return readFloat(cursor)
    case 'array':
      return readItems(cursor, depthLeft)
    case 'map':
      return readPairs(cursor, depthLeft)
    case 'null':
      return readNull(cursor)
    case 'nothing':
      failAt(cursor, cursor.at, 'a value')
      return null
  }
}

function readItems(cursor: CborCursor, depthLeft: number): readonly CborValue[] {
  if (depthLeft === 0) failAt(cursor, cursor.at, `at most ${depthLimit} levels`)
  const items: CborValue[] = []
  for (let left = readArray(cursor); left > 0 && cursor.failure === undefined; left--)
    items.push(readValue(cursor, depthLeft - 1))
  return items
}

function readPairs(cursor: CborCursor, depthLeft: number): ReadonlyMap<string, CborValue> {
  if (depthLeft === 0) failAt(cursor, cursor.at, `at most ${depthLimit} levels`)
  const pairs = new Map<string, CborValue>()
  let before: string | undefined
  for (let left = readMap(cursor); left > 0 && cursor.failure === undefined; left--) {
    const at = cursor.at
    const key = readText(cursor, 'a key')
    if (before !== undefined && compareUtf8(before, key) >= 0) failAt(cursor, at, 'keys in byte order, each once')
    pairs.set(key, readValue(cursor, depthLeft - 1))
    before = key
  }
  return pairs
}

function writeValue(writer: CborWriter, value: CborValue): void {
  if (value === null) writeNull(writer)
  else if (typeof value === 'bigint') writeInt(writer, value)
  else if (typeof value === 'number') writeFloat(writer, value)
  else if (typeof value === 'boolean') writeBool(writer, value)
  else if (typeof value === 'string') writeText(writer, value)
  else if (value instanceof Uint8Array) writeBytes(writer, value)
  else if (value instanceof Map) writePairs(writer, value)
  else writeItems(writer, value as readonly CborValue[])
}

function writeItems(writer: CborWriter, items: readonly CborValue[]): void {
  writeArray(writer, items.length)
  for (const item of items) writeValue(writer, item)
}

function writePairs(writer: CborWriter, pairs: ReadonlyMap<string, CborValue>): void {
  writeMap(writer, pairs.size)
  for (const [key, value] of [...pairs].sort(([a], [b]) => compareUtf8(a, b))) {
    writeText(writer, key)
    writeValue(writer, value)
  }
}
