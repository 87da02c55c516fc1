import { describe, expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { Pictures } from '../../src/ports/pictures.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, codeOf, collect, from, join, valueOf } from './support.ts'

const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 251)
const inChunks = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
const blobs = 'blob_v1' as SchemaId
const pieces = 'blob_piece_v1' as SchemaId

describe('a file', () => {
  test.each([0, 1, 255_999, 256_000, 256_001, 1_300_000])('of %i bytes comes out as it went in', async (length) => {
    const { api } = memoryEngine(71)
    const bytes = pattern(length)
    const reported: number[] = []
    const about = { mimeType: 'application/octet-stream', length }
    const id = valueOf(
      await api.putBlob(from(inChunks(bytes, 77_777)), about, { ...call, report: (n) => reported.push(n) }),
    )
    expect(reported.at(-1)).toBe(length)
    expect(valueOf(await api.blobInfo(id))).toEqual({
      documentId: id,
      length,
      mimeType: 'application/octet-stream',
      missingPieces: 0,
    })
    const parts = await collect(valueOf(await api.getBlob(id, call)))
    expect(Buffer.compare(join(parts), bytes)).toBe(0)
    for (const part of parts.slice(0, -1)) expect(part).toHaveLength(256_000)
    await api.close()
  })

  test('keeps the data of its pieces once: their views have none, and reading one still gives it', async () => {
    const { api, store } = memoryEngine(72)
    valueOf(await api.putBlob(from([pattern(300)]), { mimeType: 'image/png', length: 300 }, call))
    const [piece] = valueOf(await api.query({ schema: pieces }, call)).documents
    expect((await store.view(piece!.id))?.fields).toEqual({})
    expect(valueOf(await api.document(piece!.id))?.fields['data']).toEqual(pattern(300))
    await api.close()
  })

  test.each([
    ['shorter than announced', 300_000, 300_001, 300_000],
    ['longer than announced', 1_500_000, 300_000, 512_000],
  ])('%s is refused, and nothing of it shows', async (_, real, length, found) => {
    const { api } = memoryEngine(73)
    const put = await api.putBlob(from(inChunks(pattern(real), 100_000)), { mimeType: 'image/png', length }, call)
    expect(put).toEqual({ ok: false, error: { code: 'blob/length-mismatch', expected: length, found } })
    expect(valueOf(await api.query({ schema: blobs }, call)).documents).toEqual([])
    expect(valueOf(await api.query({ schema: pieces }, call)).documents).toEqual([])
    await api.close()
  })

  test('of no type is refused before a byte is read', async () => {
    const { api } = memoryEngine(74)
    const never = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('read')) }) }
    expect(codeOf(await api.putBlob(never, { mimeType: 'not a type', length: 1 }, call))).toBe(
      'operation/field-invalid',
    )
    await api.close()
  })

  test('whose sending is stopped leaves nothing to see', async () => {
    const { api } = memoryEngine(75)
    const end = new AbortController()
    const put = await api.putBlob(
      from(inChunks(pattern(3_000_000), 256_000)),
      { mimeType: 'image/png', length: 3_000_000 },
      {
        signal: end.signal,
        report: () => end.abort(),
      },
    )
    expect(codeOf(put)).toBe('call/aborted')
    expect(valueOf(await api.query({ schema: blobs }, call)).documents).toEqual([])
    expect(valueOf(await api.query({ schema: pieces }, call)).documents).toEqual([])
    await api.close()
  })

  test('that is not here, or not all of it, is said so', async () => {
    const { api } = memoryEngine(76)
    const id = `0020${'1'.repeat(64)}`
    expect(codeOf(await api.getBlob(id as DocumentId, call))).toBe('blob/unknown')
    expect(valueOf(await api.blobInfo(id as DocumentId))).toBeUndefined()
    const fields = { length: 10, mime_type: 'image/png', pieces: [id] }
    const [blob] = valueOf(await api.publish([{ action: 'create', schema: blobs, fields }], call))
    expect(valueOf(await api.blobInfo(blob!.documentId))).toMatchObject({ missingPieces: 1 })
    expect(await api.getBlob(blob!.documentId, call)).toEqual({
      ok: false,
      error: { code: 'blob/missing-pieces', documentId: blob!.documentId, missing: 1 },
    })
    await api.close()
  })

  test('whose pieces are not as long as it says ends in a failure, and gives no byte too many', async () => {
    const { api } = memoryEngine(77)
    const [piece] = valueOf(
      await api.publish([{ action: 'create', schema: pieces, fields: { data: pattern(20) } }], call),
    )
    for (const [length, given] of [
      [10, 0],
      [30, 20],
    ] as const) {
      const fields = { length, mime_type: 'image/png', pieces: [piece!.operationId] }
      const [blob] = valueOf(await api.publish([{ action: 'create', schema: blobs, fields }], call))
      const stream = valueOf(await api.getBlob(blob!.documentId, call))
      const parts: Uint8Array[] = []
      const read = async (): Promise<void> => {
        for await (const part of stream) parts.push(part)
      }
      await expect(read()).rejects.toEqual({ code: 'blob/length-mismatch', expected: length, found: 20 })
      expect(join(parts)).toHaveLength(given)
    }
    await api.close()
  })
})

describe('a picture', () => {
  /** Draws nothing, but as large as it was asked to. */
  const pictures = (drawn: number[], bytesPerEdge: number): Pictures => ({
    redraw: async (bytes, mimeType, edge) => {
      drawn.push(edge)
      if (bytes[0] !== 1) return undefined
      return { bytes: new Uint8Array(edge * bytesPerEdge), mimeType, width: edge, height: edge }
    },
  })

  test('gets its thumbnail made once, small enough, and kept on this device', async () => {
    const drawn: number[] = []
    const { api } = memoryEngine(78, { pictures: pictures(drawn, 200) })
    const id = valueOf(await api.putBlob(from([new Uint8Array([1, 2])]), { mimeType: 'image/png', length: 2 }, call))
    const made = valueOf(await api.thumbnail(id, 256))
    expect(made?.bytes.length).toBeLessThanOrEqual(30_000)
    expect(drawn).toEqual([256, 192, 144])
    expect(valueOf(await api.thumbnail(id, 256))).toEqual(made)
    expect(drawn).toHaveLength(3)
    await api.close()
  })

  test('that cannot be decoded here has none, and neither has what is no picture', async () => {
    const drawn: number[] = []
    const { api } = memoryEngine(79, { pictures: pictures(drawn, 1) })
    const heic = valueOf(await api.putBlob(from([new Uint8Array([9])]), { mimeType: 'image/heic', length: 1 }, call))
    const text = valueOf(await api.putBlob(from([new Uint8Array([1])]), { mimeType: 'text/plain', length: 1 }, call))
    for (const id of [heic, heic, text]) expect(valueOf(await api.thumbnail(id, 128))).toBeUndefined()
    expect(drawn).toEqual([128])
    expect(valueOf(await api.cleanPicture(new Uint8Array([9]), 'image/heic'))).toBeUndefined()
    expect(valueOf(await api.cleanPicture(new Uint8Array([1]), 'image/png'))?.bytes).toHaveLength(2560)
    await api.close()
  })
})
