import { describe, expect, test } from 'vitest'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import { inviteKeys } from '../../../src/core/invite/invite-keys.ts'
import { signKnock } from '../../../src/core/invite/knock-proof.ts'
import { type KnockFacts, type KnockRefusal, judgeKnock } from '../../../src/core/invite/sound-knock.ts'

const id = (byte: string): DocumentId => `0020${byte.repeat(32)}` as DocumentId
const [group, other, request, person, membership] = ['61', '62', '63', '64', '65'].map(id) as [
  DocumentId,
  DocumentId,
  DocumentId,
  DocumentId,
  DocumentId,
]
const device = '0d'.repeat(32) as PublicKey
const { key, seed } = inviteKeys(new Uint8Array(16))
const now = 1_800_000_000

const invite = {
  group,
  key,
  role: 'member',
  uses: 10,
  expiresAt: now + 60,
  isLive: true,
  isMakerRemoved: false,
  arrivedAt: 50,
  used: 3,
} as const
const sound: KnockFacts = {
  now,
  group,
  invite,
  knock: { author: device, request, proof: signKnock(seed, { request, person }) },
  request: { author: device, group, member: person },
  isEverDevice: true,
  newestRemovalAt: 49,
  ownLevel: 2,
}

describe('a knock', () => {
  test('[IV7] that is sound lets its person in unasked, with the role of the invite', () => {
    expect(judgeKnock(sound)).toEqual({ verdict: 'let-in', role: 'member', person })
  })

  const forItself = { author: device, group }
  const refused: readonly (readonly [KnockRefusal, string, Partial<KnockFacts>])[] = [
    ['not-a-keeper', 'this person may let nobody in', { ownLevel: Infinity }],
    ['invite-unknown', 'its invite has not come', { invite: undefined }],
    ['wrong-group', 'its invite is of another group', { invite: { ...invite, group: other } }],
    ['withdrawn', 'its invite was withdrawn', { invite: { ...invite, isLive: false } }],
    ['expired', 'its invite ends now by this clock', { invite: { ...invite, expiresAt: now } }],
    ['used-up', 'as many were let in as the invite is for', { invite: { ...invite, used: 10 } }],
    ['request-unknown', 'its request has not come', { request: undefined }],
    ['wrong-group', 'its request asks another group', { request: { ...sound.request!, group: other } }],
    ['wrong-person', 'its request is for a key alone', { request: forItself }],
    ['wrong-person', "its request is somebody else's", { request: { ...sound.request!, author: key } }],
    ['bad-proof', 'its proof is for another person', { request: { ...sound.request!, member: other } }],
    ['bad-proof', 'its proof is by another invite', { invite: { ...invite, key: device } }],
    ['person-unresolved', 'its key was never a device of the person', { isEverDevice: false }],
    ['already-in', 'the person is a member already', { membership: { membership, isAccepted: true } }],
    [
      'lowered-from-above',
      'the person was put out from above',
      { membership: { membership, isAccepted: false, loweredAtLevel: 1 } },
    ],
  ]
  test.each(refused)('[IV8] is refused as %s where %s', (reason, _where, facts) => {
    expect(judgeKnock({ ...sound, ...facts })).toEqual({ verdict: 'refused', reason })
  })

  const asked = [
    ['role-needs-asking', 'it makes a keeper', { invite: { ...invite, role: 'keeper' } }],
    ['role-needs-asking', 'it makes a moderator', { invite: { ...invite, role: 'moderator' } }],
    ['made-before-removal', 'somebody was removed since', { newestRemovalAt: 50 }],
    ['inviter-removed', 'who made the invite is out', { invite: { ...invite, isMakerRemoved: true } }],
  ] as const
  test.each(asked)('[IV9] is asked about as %s where %s', (question, _where, facts) => {
    const verdict = judgeKnock({ ...sound, ...facts })
    expect(verdict).toMatchObject({ verdict: 'ask', questions: [question], person })
  })

  test('[IV9] of somebody put out at our level or below is asked about, and raises the same document', () => {
    const lowered = { membership, isAccepted: false, loweredAtLevel: 2 }
    const verdict = judgeKnock({ ...sound, membership: lowered })
    expect(verdict).toEqual({ verdict: 'ask', questions: ['was-removed'], role: 'member', person, raise: membership })
  })

  test('[IV7] where nobody was ever removed needs no newer invite', () => {
    const oldest = { ...invite, arrivedAt: 0 }
    expect(judgeKnock({ ...sound, newestRemovalAt: undefined, invite: oldest }).verdict).toBe('let-in')
  })
})
