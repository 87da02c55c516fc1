import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openKeyFile } from '../../../src/adapters/node/key-file.ts'
import { openTransportKeyFile } from '../../../src/adapters/node/transport-key-file.ts'
import { transportKeyContract } from '../../contracts/transport-key.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-transport-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

transportKeyContract('a file', async (networkId) =>
  openTransportKeyFile(join(await aFolder(), 'transport-key'), networkId),
)

test('[K8] the key in a file is the same when it is opened again, and only its owner may read it', async () => {
  const path = join(await aFolder(), 'transport-key')
  const made = await Promise.all([openTransportKeyFile(path), openTransportKeyFile(path)])
  const keys = await Promise.all([...made, await openTransportKeyFile(path)].map((key) => key.publicKey()))
  expect(new Set(keys).size).toBe(1)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('[K8] a file that holds something else is left alone', async () => {
  const path = join(await aFolder(), 'transport-key')
  await writeFile(path, 'my diary', { mode: 0o600 })
  await expect(openTransportKeyFile(path)).rejects.toMatchObject({ code: 'host/key-file', path })
})

test('[K8] the transport key of a folder is not its device key', async () => {
  const folder = await aFolder()
  const [device] = await (await openKeyFile(join(folder, 'key'))).publicKeys()
  expect(await (await openTransportKeyFile(join(folder, 'transport-key'))).publicKey()).not.toBe(device)
})
