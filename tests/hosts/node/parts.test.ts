import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { decodeBase58, encodeBase58 } from '../../../src/hosts/node/graphql/base58.ts'
import { createBudget } from '../../../src/hosts/node/server/budget.ts'
import { addressOf } from '../../../src/hosts/node/server/address.ts'

test('[N4] a cursor comes back from its base58, and what is none is not read', () => {
  const cursor = fc.string({ unit: 'grapheme' }).map((text) => `[${text}`)
  fc.assert(fc.property(cursor, (text) => decodeBase58(encodeBase58(text)) === text))
  fc.assert(fc.property(fc.string(), (text) => ['string', 'undefined'].includes(typeof decodeBase58(text))))
  expect(decodeBase58('0OIl')).toBeUndefined()
  expect(decodeBase58('1'.repeat(10_000))).toBeUndefined()
})

test('[N6] a supply lasts for its burst, refills with time, and says when it will do', async () => {
  const clock = memoryClock()
  const budget = createBudget(clock, 10, 5)
  expect([budget.take('a', 50), budget.take('a', 1), budget.take('b', 1)]).toEqual([0, 1, 0])
  await clock.advance(1_000)
  expect([budget.take('a', 10), budget.take('a', 25)]).toEqual([0, 3])
  await clock.advance(3_000)
  expect(budget.take('a', 25)).toBe(0)
  // More than all of it is let through once it is full, and paid for afterwards.
  await clock.advance(60_000)
  expect([budget.take('a', 80), budget.take('a', 1)]).toEqual([0, 4])
})

test('[N6] an address is one of IPv4, or the network of one of IPv6, however it is written', () => {
  const from = (remoteAddress: string, forwarded = ''): string =>
    addressOf({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as never, forwarded !== '')
  expect(from('::ffff:10.0.0.1')).toBe('10.0.0.1')
  expect(from('2001:db8::1')).toBe(from('2001:0db8:0:0:ffff::2'))
  expect(from('2001:db8::1')).not.toBe(from('2001:db8:0:1::1'))
  expect(from('::1')).toBe(from('::2'))
  expect(from('fe80::1%eth0')).toBe('fe80:0000:0000:0000')
  expect(from('10.0.0.1', '1.1.1.1, 2.2.2.2')).toBe('2.2.2.2')
})
