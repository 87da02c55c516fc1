import { expect, test } from 'vitest'
import { createAll, define, valueOf } from '../support.ts'
import { aWorld, titlesOf } from './world.ts'

test('[R1] what one device shares, another that follows it gets', async () => {
  await using world = aWorld()
  const [ada, bo] = [world.device('ada'), world.device('bo')]
  const schema = await define(ada.engine, { title: 'str' })
  await createAll(ada.engine, schema.id, [{ title: 'one' }, { title: 'two' }])
  valueOf(await ada.engine.share(schema.id))
  valueOf(await bo.engine.share(schema.id))
  await world.connect(ada, bo)
  await world.settle(ada, bo)
  expect(await titlesOf(bo, schema.id)).toEqual(['one', 'two'])
})
