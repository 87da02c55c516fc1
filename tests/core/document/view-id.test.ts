import { describe, expect, test } from 'vitest'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import { documentViewId, hashViewId, viewIdParts } from '../../../src/core/document/view-id.ts'
import type { OperationId, SchemaId } from '../../../src/core/ids.ts'
import { encodeOperation } from '../../../src/core/operation/encode.ts'
import { parseDocumentViewId } from '../../../src/core/parse-ids.ts'
import vectors from '../../vectors/view-ids.json'

describe('document view ids', () => {
  test.each(vectors.vectors)('[DV1] of $input.length ids: $hashId', ({ input, viewId, cborPrevious, hashId }) => {
    const made = documentViewId(input as OperationId[])
    expect(made).toBe(viewId)
    expect(parseDocumentViewId(viewId)).toEqual({ ok: true, value: made })
    expect(documentViewId(viewIdParts(made))).toBe(viewId)
    expect(hashViewId(made)).toBe(hashId)
    const bytes = encodeOperation({ action: 'delete', schemaId: 'blob_v1' as SchemaId, previous: viewIdParts(made) })
    expect(bytes.ok && bytesToHex(bytes.value).endsWith(cborPrevious)).toBe(true)
  })
})
