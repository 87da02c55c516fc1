import type { SystemSchemaText } from './define.ts'
import { matches, notEmpty } from './define.ts'

/** `type/subtype`, as p2panda-rs reads it: the subtype in parts, separated by one of `. | + -` (wire.md §4.4). */
const mimeType = /^[a-z-]{1,12}\/(?:[a-z0-9]{1,18}[.+|-]){0,6}[a-z0-9]{1,16}$/

/** A file, cut into pieces. Whether the pieces are there and as long as `length` says is the reader's matter. */
export const blob = {
  description: 'A file in pieces',
  fields: { length: 'int', mime_type: 'str', pieces: 'pinned_relation_list(blob_piece_v1)' },
  rules: {
    mime_type: matches(mimeType, 'a media type like image/png'),
    pieces: notEmpty,
  },
} as const satisfies SystemSchemaText
