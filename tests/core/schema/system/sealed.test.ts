import { expect, test } from 'vitest'
import type { SchemaId } from '../../../../src/core/ids.ts'
import { innerRuleOf } from '../../../../src/core/schema/system/index.ts'
import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

const key = 'ab'.repeat(32)
const ids = [anId(1), anId(2), anId(3), anId(4), anId(5), anId(6), anId(7), anId(8), anId(9)].toSorted()

rulesOf('secret_v1', { group: anId(1), sealed: new Uint8Array(256 * 1024), own: true, expires_at: 1_800_000_000 }, [
  ['an envelope that is too large', { sealed: new Uint8Array(256 * 1024 + 1) }],
  ['`own` that says no', { own: false }],
  ['an end before 1970', { expires_at: -1 }],
])
rulesOf('secret_v1', { group: anId(1), sealed: new Uint8Array(0) }, [])
rulesOf('secret_piece_v1', { group: anId(1), data: new Uint8Array(256_000), expires_at: 0 }, [
  ['a piece that is too large', { data: new Uint8Array(256_001) }],
])

rulesOf('takibi_group_v1', { name: 'River Watch', about: '', colour: 'moss', letter: 'R', keep_days: 30 }, [
  ['messages that end before they begin', { keep_days: 0 }],
])
rulesOf('takibi_group_v1', { name: '', about: '', colour: '', letter: '', keep_until: 1_800_000_000 }, [])
rulesOf('takibi_invite_v1', { invite: anId(1), seal: new Uint8Array(32) }, [
  ['a key of 31 bytes', { seal: new Uint8Array(31) }],
])
rulesOf('takibi_person_v1', { person: anId(1), name: 'Oona', about: '', picture: [anId(2)] }, [
  ['two pictures', { picture: [anId(2), anId(3)] }],
])
for (const kind of ['phone', 'tablet', 'laptop', 'desktop', 'paper', 'bot', 'other'])
  rulesOf('takibi_device_v1', { key, transport_key: key, name: 'Oona’s phone', kind }, [
    ['a kind nobody knows', { kind: 'toaster' }],
    ['a key that is none', { key: 'ab' }],
  ])
const message = {
  text: 'Bring salt',
  sent_at: 1_800_000_000,
  after: ids.slice(0, 8),
  reply_to: [],
  things: [],
  files: [],
}
rulesOf('takibi_message_v1', message, [
  ['what comes after nine others', { after: ids }],
  ['a list out of order', { after: ids.slice(0, 2).toReversed() }],
  ['a time before 1970', { sent_at: -1 }],
])
rulesOf('takibi_reaction_v1', { message: anId(1), emoji: '👩‍👩‍👧‍👦' }, [
  ['a reaction that says nothing', { emoji: '' }],
  ['a reaction that is a letter', { emoji: '🔥'.repeat(33) }],
])
const file = {
  name: 'otter.jpg',
  mime_type: 'image/jpeg',
  size: 3_000_000,
  hash: new Uint8Array(32),
  key: new Uint8Array(32),
  nonce: new Uint8Array(7),
  pieces: ids.toReversed(),
  preview: [anId(2)],
}
rulesOf('takibi_file_v1', file, [
  ['a key of 16 bytes', { key: new Uint8Array(16) }],
  ['a size below nothing', { size: -1 }],
  ['two small pictures', { preview: [anId(1), anId(2)] }],
])
rulesOf('takibi_contact_v1', { person: anId(1), name: 'Leila', checked_at: 0 }, [
  ['keys compared before 1970', { checked_at: -1 }],
])
rulesOf('takibi_place_v1', { group: anId(1), hints: new Uint8Array() }, [['a group that is none', { group: '' }]])

test.each([
  [
    'keeper',
    [
      'schema_definition_v1',
      'schema_field_definition_v1',
      'takibi_group_v1',
      'takibi_collection_v1',
      'takibi_invite_v1',
    ],
  ],
  ['own', ['takibi_person_v1', 'takibi_device_v1', 'takibi_message_v1', 'takibi_reaction_v1', 'takibi_file_v1']],
  ['open', ['takibi_view_v1', 'takibi_contact_v1', 'takibi_place_v1', `otter_${anId(1)}`]],
])('[SD5] the rule is %s for what schemas.md names so', (rule, schemas) => {
  for (const id of schemas) expect(innerRuleOf(id as SchemaId)).toBe(rule)
})
