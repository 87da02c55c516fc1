import { roles } from '../../../../src/core/authority/entry.ts'
import { encodeRanges } from '../../../../src/core/authority/ranges.ts'
import type { LogId, SeqNum } from '../../../../src/core/ids.ts'
import { anId } from '../../operation/an-operation.ts'
import { rulesOf } from './rules.ts'

const key = 'ab'.repeat(32)
const pair = [anId(1), anId(2)].toSorted()
const row = { logId: 4n as LogId, from: 1n as SeqNum, to: 9n as SeqNum, tip: anId(1) }

rulesOf('key_group_v1', { name: '🐼'.repeat(128), members: pair, founder: pair.join('_') }, [
  ['no name', { name: '' }],
  ['a name of 129 characters', { name: 'g'.repeat(129) }],
  ['members out of order', { members: pair.toReversed() }],
  ['a member listed twice', { members: [anId(1), anId(1)] }],
  ['a founder that is no document', { founder: 'me' }],
])
rulesOf('key_group_v1', { name: 'g', members: [] }, [])

rulesOf('key_group_membership_request_v1', { key_group: anId(1), member: anId(2) }, [
  ['a group that is no document', { key_group: '' }],
])
rulesOf('key_group_membership_request_v1', { key_group: anId(1) }, [])

const flags = { accepted: true, can_authorise: false, can_create: true, can_update: true, can_delete: false }
const membership = { key_group: anId(1), request: anId(2), ...flags }
rulesOf('key_group_membership_v1', { ...membership, schema: `wiki_${anId(3)}` }, [
  ['two requests at once', { request: pair.join('_') }],
  ['no schema where one is named', { schema: '' }],
  ['a schema that is none', { schema: 'wiki' }],
])
rulesOf('key_group_membership_v1', membership, [])

rulesOf(
  'key_group_membership_limit_v1',
  { membership: anId(1), public_key: key, mode: 'keep', ranges: encodeRanges([row]) },
  [
    ['a key in upper case', { public_key: 'AB'.repeat(32) }],
    ['a mode nobody knows', { mode: 'drop' }],
    ['rows that are none', { ranges: Uint8Array.of(0x80, 0) }],
    ['a row that begins at 0', { ranges: encodeRanges([{ ...row, from: 0n as SeqNum }]) }],
    ['rows that overlap', { ranges: encodeRanges([row, { ...row, from: 9n as SeqNum }]) }],
  ],
)

for (const role of Object.keys(roles))
  rulesOf('group_invite_v1', { group: anId(1), key, role, uses: 1, expires_at: 1_800_000_000 }, [
    ['a key that is too short', { key: 'ab' }],
    ['a role nobody knows', { role: 'admin' }],
    ['an invite for nobody', { uses: 0 }],
  ])

rulesOf('group_node_v1', { group: anId(1), key, transport_key: key, address: 'wss://shed.example' }, [
  ['a key that is none', { key: '' }],
  ['an address of 301 characters', { address: 'w'.repeat(301) }],
])

rulesOf('group_knock_v1', { request: anId(1), invite: key, proof: new Uint8Array(64), note: new Uint8Array(512) }, [
  ['a key that is none', { invite: 'ab' }],
  ['a proof of 63 bytes', { proof: new Uint8Array(63) }],
  ['a long note', { note: new Uint8Array(513) }],
])

rulesOf('key_package_v1', { kp: new Uint8Array(400), not_after: 1_800_000_000 }, [
  ['a key package without end', { kp: new Uint8Array(16 * 1024 + 1) }],
])

rulesOf('secret_group_v1', { group: anId(1), mode: 'lts', suite: 0 }, [
  ['a mode nobody knows', { mode: 'ratchet' }],
  ['a suite nobody knows', { suite: 2 }],
])
