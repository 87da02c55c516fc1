import { describe, expect, test } from 'vitest'
import { type GuestFacts, type GuestState, guestState } from '../../../src/core/invite/guest-state.ts'

const nothing: GuestFacts = { keptBy: [], isControlComplete: false, hasKey: false }
const kept: GuestFacts = { ...nothing, keptBy: ["Oona's shed"] }
const letIn: GuestFacts = { ...kept, letInBy: 'Ravi', isGroupOfLink: true }
const complete: GuestFacts = { ...letIn, isControlComplete: true }

describe('a guest', () => {
  const states: readonly (readonly [string, GuestFacts, GuestState])[] = [
    ['looking while nobody has its knock', nothing, { state: 'looking' }],
    ['kept once somebody has it', kept, { state: 'kept', by: ["Oona's shed"] }],
    ['kept by one, though another refuses', { ...kept, refusedBecause: 'full' }, { state: 'kept', by: kept.keptBy }],
    [
      'refused where nobody keeps it',
      { ...nothing, refusedBecause: 'expired' },
      { state: 'refused', because: 'expired' },
    ],
    ['let in once its membership is found', letIn, { state: 'let-in', by: 'Ravi' }],
    ['getting the keys once it knows the group', complete, { state: 'getting-keys' }],
    ['here once it holds them', { ...complete, hasKey: true }, { state: 'here' }],
    ['not here by a key alone', { ...letIn, hasKey: true }, { state: 'let-in', by: 'Ravi' }],
    ['warned of another group under the id', { ...complete, isGroupOfLink: false }, { state: 'wrong-group' }],
    ['here, also when its invite ended', { ...complete, hasKey: true, refusedBecause: 'expired' }, { state: 'here' }],
  ]
  test.each(states)('[IV10] is %s', (_, facts, state) => {
    expect(guestState(facts)).toEqual(state)
  })
})
