import { encodeRanges } from '../../core/authority/ranges.ts'
import { type KeptLog, keepRows } from '../../core/identity/keep-rows.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Draft } from '../api.ts'

const limitSchema = systemSchemaId('key_group_membership_limit_v1')

/** Keeps logs of whoever has this place. `by`: who says so; this device where nobody is named. */
export const keepDrafts = (
  { membership, publicKey }: { readonly membership: DocumentId; readonly publicKey: PublicKey },
  logs: readonly KeptLog[],
  by?: PublicKey,
): readonly Draft[] =>
  keepRows(logs).map((rows) => {
    const fields = { membership, public_key: publicKey, mode: 'keep', ranges: encodeRanges(rows) }
    return { ...(by && { by }), action: 'create', schema: limitSchema, fields }
  })
