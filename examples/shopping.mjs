import { openNode } from 'takibi/node' // in a page: from 'takibi', and openNode({ name: 'shopping' })

const node = await openNode({ dataDir: 'shopping' })
const item = await node.defineSchema('item', 'What we need', { title: 'str', amount: 'int', done: 'bool' })

const oats = await node.create(item, { title: 'Oats', amount: 2, done: false })
await node.create(item, { title: 'Salt', amount: 1, done: false })
await node.update(oats, { done: true })

const { documents } = await node.query(item, { where: { done: { eq: false } }, orderBy: ['title'] }).once()
for (const { fields } of documents) console.log(fields.amount, fields.title)
await node.close()
