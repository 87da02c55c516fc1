import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openNode } from '../../src/sdk/node.ts'
import { openTestNode } from '../../src/sdk/testing.ts'
import type { LinkingView } from '../../src/sdk/identity-types.ts'

test('[LD11] a node shows its part of a linking from the code on, live, and forgets it when it is closed', async () => {
  const { node: fresh } = await openTestNode()
  const seen: LinkingView[] = []
  const stop = fresh.identity.linking.watch().subscribe((view) => seen.push(view))
  const ticket = await fresh.identity.linking.open({ role: 'new' })
  expect(ticket).toMatchObject({ shownBy: 'new', publicKey: fresh.publicKey })
  expect(ticket.secret).toHaveLength(16)
  await vi.waitFor(() => expect(seen.at(-1)?.linking).toEqual({ step: 'waiting' }))
  // Nothing to compare yet.
  await fresh.identity.linking.compare({ areEqual: true })
  await fresh.identity.linking.close()
  await vi.waitFor(() => expect(seen.at(-1)).toEqual({ status: 'ready', linking: undefined }))
  stop()
  await fresh.close()
})

test('[LD11] a node refuses a linking that can lead nowhere, and asks for its words first', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-linking-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const node = await openNode({ dataDir })
  const { linking } = node.identity
  await expect(linking.open({ role: 'known' })).rejects.toMatchObject({ failure: { code: 'person/none' } })
  await node.defineSchema('item', 'What we need', { title: 'str' })
  await expect(linking.open({ role: 'known' })).rejects.toMatchObject({ failure: { code: 'person/words-kept' } })
  await expect(linking.open({ role: 'new' })).rejects.toMatchObject({ failure: { code: 'person/exists' } })
  expect(await linking.open({ role: 'known', withoutWords: true })).toMatchObject({ shownBy: 'known' })
  await linking.close()
  await node.close()
})
