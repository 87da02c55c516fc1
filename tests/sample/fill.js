import { photoOf } from './scenes.js'
import { inventory, lending, observations, shopping, tasks } from './things.js'

/** Fills collections that the app has made, in a page that has the library. The driver is `sample.ts`. */

/**
 * @typedef {import('../../src/sdk/index.ts').TakibiNode} Node
 * @typedef {import('../../src/sdk/index.ts').KnownSchema} Schema
 * @typedef {import('../../src/sdk/index.ts').Values} Values
 * @typedef {import('../../src/sdk/index.ts').Draft} Draft
 */

const day = 86_400_000
/** Tells the engine how far back its clock is to stand: things were written down on other days than today. @param {number} milliseconds */
const setBack = (milliseconds) => {
  const channel = new BroadcastChannel('sample-clock')
  channel.postMessage(milliseconds)
  channel.close()
  return new Promise((resolve) => setTimeout(resolve, 20))
}

/** What nobody said anything about. @param {Schema} schema @returns {Values} */
const nothing = ({ fields }) =>
  Object.fromEntries(
    fields.map(({ name, kind }) => {
      if (kind === 'bool') return [name, false]
      if (kind === 'int' || kind === 'float') return [name, name.endsWith('_acc') ? -1 : 0]
      return [name, kind.endsWith('_list') ? [] : '']
    }),
  )

/** @param {Date} time */
const dayOf = (time) =>
  `${time.getFullYear()}-${String(time.getMonth() + 1).padStart(2, '0')}-${String(time.getDate()).padStart(2, '0')}`

/**
 * @param {Node} node
 * @param {number} now when all this is looked at
 */
export const fill = async (node, now) => {
  const { schemas } = await node.schemas().once()
  /** @type {Map<string, string>} */
  const photos = new Map()
  /** One photo may stand in several things. @param {string | undefined} scene @returns {Promise<readonly string[]>} */
  const photosOf = async (scene) => {
    if (scene === undefined) return []
    const known = photos.get(scene)
    if (known !== undefined) return [known]
    const blob = await node.blobs.put(await photoOf(scene), { mimeType: 'image/jpeg' })
    photos.set(scene, blob)
    return [blob]
  }
  /** @param {string} name */
  const schemaNamed = (name) => {
    const schema = schemas.find((candidate) => candidate.name === name)
    if (schema === undefined) throw new Error(`The app has made no collection ${name}`)
    return schema
  }
  /** @param {string} name @param {Values} fields */
  const create = (name, fields) => {
    const schema = schemaNamed(name)
    return node.create(schema, { ...nothing(schema), ...fields })
  }

  for (const { fields, photo, daysAgo } of observations.slice(0, -1)) {
    await setBack(daysAgo * day + 3 * 3_600_000)
    const seenAt = `${dayOf(new Date(now - daysAgo * day))}T07:${10 + (daysAgo % 45)}+02:00`
    await create('observations', { ...fields, photos: await photosOf(photo), seen_at: seenAt })
  }
  await setBack(2 * day)
  await node.publishBatch(
    await Promise.all(
      inventory.map(async ({ fields, photo, daysAgo }) => {
        const schema = schemaNamed('inventory')
        const checked = dayOf(new Date(now - daysAgo * day))
        return {
          action: /** @type {const} */ ('create'),
          schema: schema.id,
          fields: { ...nothing(schema), ...fields, checked, photo: await photosOf(photo) },
        }
      }),
    ),
  )
  await setBack(day)
  for (const { fields, photo } of lending) await create('lending_shelf', { ...fields, photo: await photosOf(photo) })
  await setBack(20 * 3_600_000)
  for (const { fields } of shopping) await create('shopping', fields)
  await setBack(5 * 3_600_000)
  for (const { fields, dueIn, photo } of tasks)
    await create('build_tasks', {
      ...fields,
      due: dueIn === undefined ? '' : dayOf(new Date(now + dueIn * day)),
      photos: await photosOf(photo),
    })

  // One thing with a history: written down, looked at again, counted anew, two photos more.
  const [heron] = observations.slice(-1)
  if (heron === undefined) throw new Error('There is no heron')
  await setBack(150 * 60_000)
  const thing = await create('observations', {
    ...heron.fields,
    note: '',
    status: 'Feeding',
    photos: await photosOf('heron'),
    seen_at: `${dayOf(new Date(now))}T07:42+02:00`,
  })
  for (const [minutes, fields] of /** @type {const} */ ([
    [148, { note: 'Pair, carrying sticks to the alder on the far bank' }],
    [146, { status: 'Nesting' }],
    [95, { count: 2 }],
    [40, { photos: [...(await photosOf('heron')), ...(await photosOf('ford')), ...(await photosOf('dusk'))] }],
    [12, { count: 3 }],
  ])) {
    await setBack(minutes * 60_000)
    await node.update(thing, fields)
  }
  await setBack(0)
  return thing
}
