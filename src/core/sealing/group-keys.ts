import { bytesToHex } from '../bytes/hex.ts'
import type { DocumentId } from '../ids.ts'
import { kidBytes } from './envelope.ts'

/** A key of a group, as envelopes name it. */
export interface SealingKey {
  readonly suite: number
  readonly kid: Uint8Array
  readonly key: Uint8Array
}

/** The keys that a device has of one secret group. */
export interface GroupKeys {
  /** The document id of the `secret_group_v1`. */
  readonly group: DocumentId
  /** Whether the group takes envelopes of a suite at all, whether their key is here or not. */
  readonly takes: (suite: number) => boolean
  /** What new things are sealed with; `undefined`: the keys have yet to come. */
  readonly current: SealingKey | undefined
  readonly find: (suite: number, kid: Uint8Array) => SealingKey | undefined
}

const openKey: SealingKey = { suite: 0, kid: new Uint8Array(kidBytes), key: new Uint8Array(0) }

/**
 * The keys of a group by its suite (decisions.md 15): without cipher there is one, that everybody has; a sealed group's have to come from its members,
 * and it takes nothing without cipher.
 */
export function groupKeys(group: DocumentId, suite: number, keys: readonly SealingKey[] = []): GroupKeys {
  const held = suite === 0 ? [openKey] : keys
  const byName = new Map(held.map((key) => [nameOf(key.suite, key.kid), key]))
  return {
    group,
    takes: (other) => (other === 0) === (suite === 0),
    current: held.at(-1),
    find: (other, kid) => byName.get(nameOf(other, kid)),
  }
}

const nameOf = (suite: number, kid: Uint8Array): string => `${suite}/${bytesToHex(kid)}`
