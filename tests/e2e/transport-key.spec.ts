import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { openScript } from './page-script.ts'

const assets = join(process.env['TAKIBI_APP'] ?? 'dist/app', 'assets')

interface Meeting {
  readonly publicKey: string
  readonly device: string
  readonly again: string
  readonly met: readonly string[]
  readonly kinds: readonly string[]
}

test("[K6] [K8] [K9] the built signer shakes hands with this browser's own keys, which stay and cannot be read", async ({
  page,
}) => {
  const signer = readdirSync(assets).find((file) => /^signer-.*\.js$/.test(file))
  await openScript(page, 'transport-key-page.ts')
  await page.waitForFunction('globalThis.meetTheSigner !== undefined')
  const meeting = await page.evaluate<Meeting>(`meetTheSigner('../assets/${signer}')`)
  expect(meeting.met).toEqual([meeting.publicKey, meeting.publicKey])
  expect(meeting.again).toBe(meeting.publicKey)
  expect(meeting.device).not.toBe(meeting.publicKey)
  expect(meeting.kinds.toSorted()).toEqual(['Ed25519, extractable: false', 'X25519, extractable: false'])
})
