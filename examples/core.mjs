// The protocol by hand, with takibi/core: an operation, the entry that signs it, and what anybody can check about them.
import {
  decodeEntry,
  decodeOperation,
  encodeOperation,
  hashBytes,
  publicKeyOf,
  signEntry,
  systemSchema,
  valuesToFields,
  verifyEntry,
  verifyPayload,
} from 'takibi/core'

/**
 * Data can be wrong, so every answer says whether it is; here it is not.
 * @template T @param {import('takibi/core').Result<T, { readonly code: string }>} result @returns {T}
 */
const must = (result) => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const seed = new Uint8Array(32).fill(7)
const schema = systemSchema('schema_field_definition_v1')
if (!schema) throw new Error('every release knows the system schemas')
const fields = must(valuesToFields({ name: 'title', type: 'str' }, schema, { partial: false }))
const operation = must(encodeOperation({ action: 'create', schemaId: schema.id, fields }))
const entry = signEntry(
  {
    logId: 0n,
    seqNum: 1n,
    isEndOfLog: false,
    payloadSize: BigInt(operation.length),
    payloadHash: hashBytes(operation),
  },
  seed,
)

const decoded = must(decodeEntry(entry))
must(verifyEntry(decoded))
must(verifyPayload(decoded, operation))
console.log(
  `${decoded.publicKey === publicKeyOf(seed) ? 'by us' : 'by somebody'}, log ${decoded.logId}, entry ${decoded.seqNum}`,
)
console.log(must(decodeOperation(operation)).action, must(decodeOperation(operation)).schemaId)
