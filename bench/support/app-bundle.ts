import { writeFile } from 'node:fs/promises'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { installFastBlake3 } from '../../src/adapters/web/fast-blake3.ts'
import { fromTemplate } from '../../src/app/data/templates.ts'
import { createCollection } from '../../src/app/data/write-collection.ts'
import { templates } from '../../src/app/messages/en/templates.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { DocumentId, Draft, SchemaId } from '../../src/sdk/types.ts'
import { count, makeKeys, makeThings, openEngine, valueOf } from './engine.ts'

/** What the measured apps are filled with. */
export interface AppBundle {
  readonly file: string
  readonly collection: DocumentId
  /** Of its things. */
  readonly schemaId: SchemaId
}

/** Writes a bundle of one collection, a shopping list of so many things as the app's own template makes it. Runs in Node. */
export const writeAppBundle = async (file: string, things = count): Promise<AppBundle> => {
  await installFastBlake3()
  const api = openEngine(await makeKeys(), openMemoryStore())
  const node = await nodeOver(api, () => undefined)
  const collection = await createCollection(node, fromTemplate('shopping', templates))
  const schema = valueOf(await api.schemas()).find(({ definition }) => definition !== undefined)
  if (!schema) throw new Error('The collection has no schema')
  const drafts = makeThings(things).map(({ title, amount, done, note }): Draft => ({
    action: 'create',
    schema: schema.id,
    fields: {
      item: String(title),
      amount: `${String(amount)} g`,
      got: done === true,
      where: 'Market',
      note: String(note),
    },
  }))
  for (let at = 0; at < drafts.length; at += 500) await node.publishBatch(drafts.slice(at, at + 500))
  const chunks: Uint8Array[] = []
  for await (const chunk of await node.export({ all: true })) chunks.push(chunk)
  await writeFile(file, Buffer.concat(chunks))
  await node.close()
  return { file, collection, schemaId: schema.id }
}
