import { assert } from '../assert.ts'
import type { SchemaId } from '../ids.ts'
import { maxEnvelopeBytes } from '../limits.ts'
import type { FieldFailure } from '../operation/failure.ts'
import type { Fields, PlainFields } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import { maySeal } from '../schema/system/index.ts'
import { ciphers } from './cipher.ts'
import { type Content, decodeContent, encodeContent } from './content.ts'
import { decodeEnvelope, encodeEnvelope } from './envelope.ts'
import type { SealFailure, SealedFault } from './failure.ts'
import type { GroupKeys, SealingKey } from './group-keys.ts'
import { pad, unpad } from './padding.ts'
import { type SealingPlace, encodePlace } from './place.ts'

/**
 * The one place where things are sealed: schema id and fields to the bytes of an envelope.
 *
 * @param nonce 24 bytes, random: never twice with one key
 * @returns the envelope, or `sealed/schema-refused`, `sealed/too-large`, `operation/field-invalid`.
 */
export function seal(
  schemaId: SchemaId,
  fields: Fields | PlainFields,
  place: SealingPlace,
  { suite, kid, key }: SealingKey,
  nonce: Uint8Array,
): Result<Uint8Array, SealFailure | FieldFailure> {
  if (!maySeal(schemaId)) return fail({ code: 'sealed/schema-refused', schemaId })
  const content = encodeContent(schemaId, fields)
  if (!content.ok) return content
  const cipher = ciphers.get(suite)
  assert(cipher, `there are keys of suite ${suite}, so there is its cipher`)
  const ciphertext = cipher.encrypt(key, nonce, encodePlace(place, kid), pad(content.value))
  const sealed = encodeEnvelope({ suite, kid, nonce, ciphertext })
  return sealed.length > maxEnvelopeBytes
    ? fail({ code: 'sealed/too-large', bytes: sealed.length, limit: maxEnvelopeBytes })
    : ok(sealed)
}

/** The one place where things are opened. `locked`: the key is not here (yet). What is wrong inside is the same for all who have the key. Never throws. */
export function unseal(
  sealed: Uint8Array,
  place: SealingPlace,
  keys: GroupKeys,
): Result<Content, SealedFault> | 'locked' {
  const envelope = decodeEnvelope(sealed)
  if (!envelope.ok) return envelope
  const { suite, kid, nonce, ciphertext } = envelope.value
  if (!keys.takes(suite)) return fail({ code: 'sealed/suite-refused', suite })
  const key = keys.find(suite, kid)
  const cipher = ciphers.get(suite)
  if (key === undefined || cipher === undefined) return 'locked'
  const padded = cipher.decrypt(key.key, nonce, encodePlace(place, kid), ciphertext)
  if (padded === undefined) return fail({ code: 'sealed/not-bound' })
  const plaintext = unpad(padded)
  if (plaintext === undefined)
    return fail({ code: 'sealed/malformed', at: padded.length, expected: 'a text padded as all are' })
  const content = decodeContent(plaintext)
  if (!content.ok || maySeal(content.value.schemaId)) return content
  return fail({ code: 'sealed/schema-refused', schemaId: content.value.schemaId })
}
