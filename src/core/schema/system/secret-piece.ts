import { maxBlobPieceBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atLeast, atMostBytes } from './define.ts'

/** A sealed piece of a file. The file's own document has its key (secret-groups.md §11). */
export const secretPiece = {
  description: 'A sealed piece of a file',
  fields: { group: 'owner(secret_group_v1)', data: 'bytes', 'expires_at?': 'int' },
  fixed: ['group', 'data', 'expires_at'],
  rules: { data: atMostBytes(maxBlobPieceBytes), expires_at: atLeast(0n) },
} as const satisfies SystemSchemaText
