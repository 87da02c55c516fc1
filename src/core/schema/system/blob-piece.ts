import { maxBlobPieceBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostBytes } from './define.ts'

/** A piece of a file. */
export const blobPiece = {
  description: 'A piece of a file',
  fields: { data: 'bytes' },
  rules: { data: atMostBytes(maxBlobPieceBytes) },
} as const satisfies SystemSchemaText
