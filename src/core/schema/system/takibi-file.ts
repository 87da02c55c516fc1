import type { SystemSchemaText } from './define.ts'
import { atLeast, atMostItems, exactlyBytes } from './define.ts'

/** A file of a group: what opens its pieces, and what they come to (secret-groups.md §11). `hash`: SHA-256; `nonce`: what each chunk's begins with. */
export const takibiFile = {
  description: 'A file: its name, type and size, its pieces and what opens them, and a small picture of it',
  fields: {
    name: 'str',
    mime_type: 'str',
    size: 'int',
    hash: 'bytes',
    key: 'bytes',
    nonce: 'bytes',
    pieces: 'relation_list(secret_piece_v1)',
    preview: 'relation_list(takibi_file_v1)',
  },
  fixed: ['size', 'hash', 'key', 'nonce', 'pieces'],
  rules: {
    size: atLeast(0n),
    hash: exactlyBytes(32),
    key: exactlyBytes(32),
    nonce: exactlyBytes(7),
    preview: atMostItems(1),
  },
  rule: 'own',
} as const satisfies SystemSchemaText
