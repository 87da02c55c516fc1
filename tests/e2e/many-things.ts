import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromTemplate } from '../../src/app/data/templates.ts'
import { startValues } from '../../src/app/data/view-config.ts'
import { createCollection } from '../../src/app/data/write-collection.ts'
import { templates } from '../../src/app/messages/en/templates.ts'
import { openNode } from '../../src/sdk/node.ts'

/** A collection that somebody made and filled, as a file. */
export interface ManyThings {
  readonly file: string
  readonly schemaId: string
  readonly collection: string
}

const batch = 1_000

/** Makes the collection of the template "Inventory" and so many things in it, by one device; @param folder of the test's own */
export async function manyThings(folder: string, count: number): Promise<ManyThings> {
  const node = await openNode({ dataDir: join(folder, 'device') })
  const definition = fromTemplate('inventory', templates)
  const collection = await createCollection(node, definition)
  const schema = (await node.schemas().once()).schemas.find(({ name }) => name === 'inventory')
  if (schema === undefined) throw new Error('There is no schema "inventory"')
  const start = startValues(definition.fields, schema)
  for (let from = 0; from < count; from += batch)
    await node.publishBatch(
      Array.from({ length: Math.min(batch, count - from) }, (_, at) => ({
        action: 'create' as const,
        schema: schema.id,
        fields: { ...start, item: `Item ${from + at}` },
      })),
    )
  const pieces: Uint8Array[] = []
  for await (const piece of await node.export({ all: true })) pieces.push(piece)
  await node.close()
  const file = join(folder, 'many.takibi')
  await writeFile(file, Buffer.concat(pieces))
  return { file, schemaId: schema.id, collection }
}
