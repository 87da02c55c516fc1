import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeField } from '../../src/app/data/field-kind.ts'
import { readFields, readViewConfig, startValues, writeFields } from '../../src/app/data/view-config.ts'
import type { KnownSchema } from '../../src/sdk/testing.ts'

const schemaOf = (fields: readonly { readonly name: string; readonly kind: string; readonly schemaId?: string }[]) =>
  ({ id: 'thing_1', name: 'thing', description: '', fields, version: 1, sortable: [] }) as unknown as KnownSchema

const things = schemaOf([
  { name: 'count', kind: 'int' },
  { name: 'photos', kind: 'relation_list', schemaId: 'blob_v1' },
  { name: 'secret', kind: 'bytes' },
  { name: 'site_acc', kind: 'float' },
  { name: 'site_lat', kind: 'float' },
  { name: 'site_lon', kind: 'float' },
  { name: 'title', kind: 'str' },
])

describe('the config of a form view', () => {
  test('comes back as it was written', () => {
    const fields = [
      makeField('title', 'text', 'Title', { isRequired: true, hint: 'A few words' }),
      makeField('site', 'place', 'Site', { fill: 'here' }),
      makeField('count', 'rating', 'Stars', { default: 3, isWhole: true }),
      makeField('photos', 'photo', 'Photos', { target: 'blob_v1' as never }),
    ]
    expect(readFields(writeFields(fields), [things])).toEqual(fields)
  })

  test('may be any text at all: every field of the schema that people can see is there once', () => {
    const config = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((fields) => JSON.stringify({ fields })),
    )
    fc.assert(
      fc.property(config, (text) => {
        const names = readFields(text, [things]).map(({ name }) => name)
        expect(names.toSorted()).toEqual(['count', 'photos', 'site_acc', 'site_lat', 'site_lon', 'title'])
        readViewConfig(text)
      }),
    )
  })

  test('cannot make a field of what the schema does not hold, nor show one as what it is not', () => {
    const config = JSON.stringify({
      fields: [
        { name: 'ghost', kind: 'text' },
        { name: '__proto__', kind: 'text' },
        { name: 'title', kind: 'photo', label: 7, options: [{ value: 'a' }, null, { value: 'a', tone: 'loud' }] },
        { name: 'title', kind: 'text' },
      ],
    })
    const fields = readFields(config, [things])
    expect(fields.map(({ name }) => name)).not.toContain('ghost')
    expect(fields.find(({ name }) => name === 'title')).toMatchObject({
      kind: 'text',
      label: 'Title',
      options: [{ value: 'a', label: 'a', tone: 'plain' }],
    })
  })

  test('spans all versions: what the newest lacks is kept, put aside', () => {
    const newer = schemaOf([{ name: 'title', kind: 'str' }])
    const fields = readFields('', [things, newer])
    expect(fields.filter(({ isRemoved }) => !isRemoved).map(({ name }) => name)).toEqual(['title'])
    expect(fields.find(({ name }) => name === 'count')).toMatchObject({
      isRemoved: true,
      kind: 'number',
      isWhole: true,
    })
  })

  test('that is longer than a quarter of a megabyte is not read', () => {
    const config = JSON.stringify({ fields: [{ name: 'title', kind: 'text', label: 'x'.repeat(300_000) }] })
    expect(readFields(config, [things]).at(-1)).toMatchObject({ name: 'title', label: 'Title' })
  })
})

describe('a view', () => {
  test('keeps what it can of sort, filter and layout', () => {
    const config = {
      order: 2,
      sort: [{ by: 'title', direction: 'desc' }, { by: 4 }, 'title'],
      filter: { state: ['Ready', true, 3, null], nothing: [] },
      layout: { title: 'title', cover: 5, hidden: ['count', {}] },
    }
    expect(readViewConfig(JSON.stringify(config))).toMatchObject({
      order: 2,
      sort: [{ by: 'title', direction: 'desc' }],
      filter: { state: ['Ready', true] },
      layout: { title: 'title', cover: undefined, hidden: ['count'] },
    })
  })
})

describe('a new thing', () => {
  test('starts with defaults where they fit the type, and with nothing elsewhere', () => {
    const fields = [
      makeField('title', 'text', 'Title', { default: 'Heron' }),
      makeField('count', 'number', 'Count', { default: 1.5 }),
    ]
    expect(startValues(fields, things)).toEqual({
      count: 0,
      photos: [],
      secret: new Uint8Array(),
      site_acc: -1,
      site_lat: 0,
      site_lon: 0,
      title: 'Heron',
    })
  })
})
