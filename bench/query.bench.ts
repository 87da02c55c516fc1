import type { DocumentId } from '../src/core/ids.ts'
import type { Subject } from './harness/subject.ts'
import {
  call,
  defineThings,
  freshName,
  makeBundle,
  makeKeys,
  makeThings,
  openEngine,
  openStore,
  publishThings,
  stream,
  valueOf,
} from './support/engine.ts'

export const subject: Subject = {
  name: 'query',
  about: 'Reads from 10,000 things of five fields, three of them sortable. Each case has a bound of its own.',
  where: ['worker'],
  items: 1,
  rounds: 15,
  prepare: async () => {
    const name = freshName()
    const keys = await makeKeys()
    const api = openEngine(keys, await openStore(name))
    valueOf(await api.importBundle(stream(await makeBundle()), call))
    const schema = valueOf(await api.schemas()).find((known) => known.name === 'thing')?.id ?? (await defineThings(api))
    await publishThings(api, schema, makeThings(1))
    const ids: DocumentId[] = valueOf(await api.query({ schema, first: 1000 }, call)).documents.map(({ id }) => id)
    const byTitle = [{ by: 'title', direction: 'asc' }] as const
    let turn = 0
    valueOf(await api.search('w1', { limit: 10 }, call))
    return [
      {
        name: 'first 100 of a filtered, sorted list',
        withinMs: 20,
        run: async () =>
          valueOf(await api.query({ schema, where: { done: { eq: false } }, orderBy: byTitle, first: 100 }, call)),
      },
      {
        name: 'first 100 of a sorted list',
        withinMs: 20,
        run: async () => valueOf(await api.query({ schema, orderBy: byTitle, first: 100 }, call)),
      },
      {
        name: 'first 100 where no index can count',
        withinMs: 20,
        run: async () =>
          valueOf(await api.query({ schema, where: { note: { contains: 'w1' } }, orderBy: byTitle, first: 100 }, call)),
      },
      {
        name: 'get one',
        withinMs: 2,
        run: async () => valueOf(await api.document(ids[(turn += 7) % ids.length] as DocumentId)),
      },
      { name: 'search, warm', withinMs: 50, run: async () => valueOf(await api.search('w1a wb', { limit: 50 }, call)) },
      {
        name: 'open the store again, to the first row',
        withinMs: 250,
        run: async () => {
          const again = openEngine(keys, await openStore(name))
          valueOf(await again.query({ schema, orderBy: byTitle, first: 1 }, call))
          await again.close()
        },
      },
    ]
  },
}
